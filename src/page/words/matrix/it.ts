import type { Words } from '../words.ts'

function many(one: string, more: string): (count: number, text: string) => string {
  return (count, text) => `${text} ${count === 1 ? one : more}`
}

/** Four kinds of customers, in Italian. */
export const matrixIt: Words['matrix'] = {
  title: 'Quattro tipi di clienti',
  lead: (aov) => `I clienti secondo lo stato di oggi e la media del negozio, ${aov}.`,
  new: 'Nuovi',
  recurring: 'Ricorrenti',
  newNote: 'un ordine',
  recurringNote: 'due ordini o più',
  below: (aov) => `sotto ${aov}`,
  above: (aov) => `${aov} o più`,
  customers: many('cliente', 'clienti'),
  aov: (aov) => `medio ${aov}`,
  plays: {
    upsell: {
      name: 'Upsell',
      text: 'Pacchetti e «aggiungine uno» sul primo carrello; la fiducia prima degli sconti.',
    },
    'careful-post-purchase': {
      name: 'Seguito curato',
      text: 'Un percorso curato dopo l’acquisto, senza sconti: conserva la loro fiducia.',
    },
    bundles: {
      name: 'Pacchetti',
      text: 'Pacchetti, spedizione gratuita oltre una soglia. Per i beni tecnici è normale e non è un difetto.',
    },
    vip: { name: 'VIP', text: 'Accesso anticipato, novità e prodotti più cari; pochi sconti o nessuno.' },
  },
  segment: (name, members) => `Segmento «${name}»: ${members} in Klaviyo`,
  partsAt: (price) => `(il segmento divide a ${price})`,
  noSegment: 'Per loro non è configurato nessun segmento.',
  table: {
    type: 'Clienti',
    side: 'Il loro ordine medio',
    customers: 'Quanti',
    orders: 'Ordini',
    revenue: 'Ricavi',
    aov: 'Scontrino medio',
    play: 'Azione',
  },
}
