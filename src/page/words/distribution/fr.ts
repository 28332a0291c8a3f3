import type { Words } from '../words.ts'

/** How customers spread, in French. */
export const distributionFr: Words['distribution'] = {
  title: 'Comment se répartissent les clients',
  lead: 'Chaque client selon la moyenne de toutes ses commandes, en échelle logarithmique.',
  drag: 'Faites glisser les deux limites, ou déplacez-les avec les flèches.',
  chart: 'Nombre de clients selon leur panier moyen, en échelle logarithmique',
  lower: 'Limite entre bas et moyen',
  upper: 'Limite entre moyen et haut',
  apply: 'Afficher ces limites',
  configured: 'Les limites sont celles de la configuration.',
  example: 'Aucune tranche n’est configurée : ces limites sont un exemple qui coupe les clients en tiers.',
  chosen: 'Ces limites sont seulement regardées : ce qui est dans la configuration reste tel quel.',
  bands: 'Tranches',
  band: { low: 'Basse', mid: 'Moyenne', high: 'Haute' },
  ranges: {
    low: (price) => `moins de ${price}`,
    mid: (low, high) => `de ${low} à ${high}`,
    high: (price) => `plus de ${price}`,
  },
  columns: {
    band: 'Tranche',
    range: 'Commande moyenne',
    customers: 'Clients',
    customerShare: 'Part',
    orders: 'Commandes',
    orderShare: 'Part',
    revenue: 'Chiffre d’affaires',
    revenueShare: 'Part',
  },
  from: 'De',
  below: 'Moins de',
  storeAov: (amount) => `boutique ${amount}`,
  median: (amount) => `médiane ${amount}`,
  none: 'Aucun client n’a encore de commande comptée.',
}
