import type { Words } from '../words.ts'

/** How customers spread, in Italian. */
export const distributionIt: Words['distribution'] = {
  title: 'Come si distribuiscono i clienti',
  lead: 'Ogni cliente secondo la media di tutti i suoi ordini, in scala logaritmica.',
  drag: 'Trascina i due confini, o spostali con le frecce.',
  chart: 'Numero di clienti per scontrino medio, in scala logaritmica',
  lower: 'Confine tra basso e medio',
  upper: 'Confine tra medio e alto',
  apply: 'Mostra questi confini',
  configured: 'I confini sono quelli della configurazione.',
  example: 'Nessuna fascia è configurata: questi confini sono un esempio che divide i clienti in terzi.',
  chosen: 'Questi confini sono solo guardati: ciò che sta nella configurazione resta com’è.',
  bands: 'Fasce',
  band: { low: 'Bassa', mid: 'Media', high: 'Alta' },
  ranges: {
    low: (price) => `sotto ${price}`,
    mid: (low, high) => `da ${low} a ${high}`,
    high: (price) => `sopra ${price}`,
  },
  columns: {
    band: 'Fascia',
    range: 'Ordine medio',
    customers: 'Clienti',
    customerShare: 'Quota',
    orders: 'Ordini',
    orderShare: 'Quota',
    revenue: 'Ricavi',
    revenueShare: 'Quota',
  },
  from: 'Da',
  below: 'Sotto',
  storeAov: (amount) => `negozio ${amount}`,
  median: (amount) => `mediana ${amount}`,
  none: 'Nessun cliente ha ancora un ordine che conta.',
}
