import type { Words } from '../words.ts'

/** What only a report says, in Italian. */
export const reportIt: Words['report'] = {
  title: 'Il negozio in numeri',
  range: {
    all: 'tutti gli ordini',
    until: (to) => `fino al ${to}`,
    since: (from) => `dal ${from}`,
    between: (from, to) => `dal ${from} al ${to}`,
  },
  written: (instant) => `Scritto: ${instant}, direttamente dagli ordini.`,
  stale:
    'Quando è stato scritto c’erano ordini non ancora calcolati; dopo la prossima sincronizzazione conviene riscriverlo.',
  total: (range) => `Clienti, ordini e il loro valore: ${range}`,
  kinds: {
    identified: 'tutti quelli con indirizzo e-mail',
    new: 'nuovi',
    recurring: 'ricorrenti',
    anonymous: 'senza indirizzo e-mail',
  },
  columns: {
    period: 'Periodo',
    kind: 'Quali clienti',
    customers: 'Clienti',
    orders: 'Ordini',
    frequency: 'Ordini per cliente',
    revenue: 'Ricavi',
    aov: 'Scontrino medio',
    median: 'Ordine mediano',
  },
  totalTable: 'Tutto l’intervallo per tipo di cliente',
  allNew:
    'Su tutti gli ordini ognuno è nuovo, perché il suo primo acquisto è tra essi: chi è tornato si vede per periodo, più sotto.',
  compared: (period) => `A confronto: ${period}`,
  nothingWhole: 'Nessun periodo concluso sta per intero in questo intervallo: non si confronta nulla.',
  table: (title) => `Tabella: ${title}`,
  periods: 'Tutti i periodi',
  noPeriods: 'Nessun ordine conta in questo intervallo.',
  lifetime: 'Su tutti gli ordini di ogni cliente, qualunque sia l’intervallo del rapporto.',
  leftOut: {
    title: 'Che cosa è rimasto fuori',
    lead: 'Gli ordini dell’intervallo che non contano, con l’importo addebitato.',
    none: 'Non è rimasto fuori nulla.',
    reason: 'Motivo',
    orders: 'Ordini',
    charged: 'Addebitato',
  },
}
