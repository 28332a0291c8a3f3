import type { Words } from '../words.ts'

/** New against recurring, in Italian. */
export const overTimeIt: Words['overTime'] = {
  title: 'Nuovi e ricorrenti a confronto',
  definition: 'Nuovo significa',
  definitions: {
    period: 'primo acquisto nel periodo',
    rank: 'primo ordine',
  },
  sentences: {
    period:
      'È nuovo in un periodo il cliente il cui primo ordine in assoluto cade in esso, con tutti i suoi ordini del periodo; ogni altro è ricorrente.',
    rank: 'Il primo ordine di ogni cliente è nuovo; ogni ordine successivo è ricorrente, anche lo stesso giorno.',
  },
  new: 'Nuovi',
  recurring: 'Ricorrenti',
  orders: 'Ordini',
  chart: 'Scontrino medio dei clienti nuovi e ricorrenti nel tempo, con sotto il numero di ordini',
  allNew: 'tutti nuovi',
  begins: 'inizio dei dati',
  runs: 'in corso',
  uncomputed: 'in aggiornamento',
  cut: 'solo in parte',
  columns: {
    period: 'Periodo',
    newAov: 'Nuovi, medio',
    newOrders: 'Nuovi, ordini',
    recurringAov: 'Ricorrenti, medio',
    recurringOrders: 'Ricorrenti, ordini',
    gap: 'Differenza',
    interval: 'Intervallo al 95%',
  },
  interval: (low, high) => `da ${low} a ${high}`,
  tooFew: 'troppo pochi ordini',
}
