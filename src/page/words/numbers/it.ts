import type { Words } from '../words.ts'

/** The three numbers, in Italian. */
export const numbersIt: Words['numbers'] = {
  none: 'Nessun ordine è ancora stato contato. Quando una sincronizzazione avrà letto il negozio, i numeri saranno qui.',
  soon: 'I numeri nel tempo si stanno calcolando; ricarica la pagina tra un momento.',
  computed: (instant) => `Aggiornato: ${instant}.`,
  stale: 'Da allora qualcosa è cambiato; i numeri si stanno aggiornando.',
  period: 'Periodo',
  customers: 'Clienti',
  frequency: 'Ordini per cliente',
  aov: 'Scontrino medio',
  median: (amount) => `ordine mediano ${amount}`,
  revenue: 'Ricavi',
  times: 'per',
  equals: 'uguale',
  ofOrders: (count, text) => `di ${text} ${count === 1 ? 'ordine' : 'ordini'}`,
  rounded: ', arrotondato',
  change: (change, from, period) => `${change} da ${from}, ${period}`,
  notCompared: {
    'before-the-data': (period) => `${period}: nessun dato`,
    uncomputed: (period) => `nessun confronto con ${period}, i cui numeri si stanno aggiornando`,
    'first-period': (period) => `nessun confronto con ${period}, che non è per intero nei dati`,
  },
  running: 'Questo periodo è ancora in corso: non si confronta con periodi interi.',
  uncomputed:
    'Ordini o impostazioni sono cambiati: i numeri di questo periodo si stanno aggiornando e fino ad allora non si confrontano con altri.',
  firstPeriod: 'Questo è il primo periodo dei dati: di prima non si sa nulla.',
  anonymous: (count, orders, revenue) =>
    `Oltre a questi, ${orders} ${count === 1 ? 'ordine' : 'ordini'} senza indirizzo e-mail, per ${revenue}.`,
  leftOut: 'Gli ordini di questo periodo che non contano, con l’importo addebitato.',
  unrated: (count, orders, currencies) =>
    `${orders} ${count === 1 ? 'ordine' : 'ordini'} in ${currencies} senza cambio: ${count === 1 ? 'non conta' : 'non contano'} finché «rates» nella configurazione non ne ha uno.`,
}
