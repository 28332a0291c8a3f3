import type { Words } from '../words.ts'

/** In French nothing and one are both singular. */
function many(one: string, more: string): (count: number, text: string) => string {
  return (count, text) => `${text} ${count < 2 ? one : more}`
}

/** Four kinds of customers, in French. */
export const matrixFr: Words['matrix'] = {
  title: 'Quatre sortes de clients',
  lead: (aov) => `Les clients selon leur statut d’aujourd’hui et la moyenne de la boutique, ${aov}.`,
  new: 'Nouveaux',
  recurring: 'Récurrents',
  newNote: 'une commande',
  recurringNote: 'deux commandes ou plus',
  below: (aov) => `moins de ${aov}`,
  above: (aov) => `${aov} ou plus`,
  customers: many('client', 'clients'),
  aov: (aov) => `panier ${aov}`,
  plays: {
    upsell: {
      name: 'Vente additionnelle',
      text: 'Lots et « ajoutez-en un » sur le premier panier ; la confiance avant les remises.',
    },
    'careful-post-purchase': {
      name: 'Suivi soigné',
      text: 'Un parcours soigné après l’achat, sans remise : gardez leur confiance.',
    },
    bundles: {
      name: 'Lots',
      text: 'Lots, livraison offerte à partir d’un montant. Pour des biens techniques, c’est normal et ce n’est pas un défaut.',
    },
    vip: { name: 'VIP', text: 'Accès en avant-première, nouveautés et articles plus chers ; peu ou pas de remises.' },
  },
  segment: (name, members) => `Segment « ${name} » : ${members} dans Klaviyo`,
  partsAt: (price) => `(le segment sépare à ${price})`,
  noSegment: 'Aucun segment n’est configuré pour eux.',
  table: {
    type: 'Clients',
    side: 'Leur commande moyenne',
    customers: 'Combien',
    orders: 'Commandes',
    revenue: 'Chiffre d’affaires',
    aov: 'Panier moyen',
    play: 'Action',
  },
}
