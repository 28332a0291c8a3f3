import type { Words } from '../words.ts'

/** How fresh the numbers of a shop are, in Italian. */
export const freshnessIt: Words['freshness'] = {
  lastOrder: (instant) => `Ultimo ordine: ${instant}.`,
  lastRead: (instant) => `Ultima lettura completa del negozio: ${instant}.`,
  neverRead: (source) => `${source} non è ancora stato letto fino in fondo: non si conoscono tutti i suoi ordini.`,
  failed: (source, instant) => `L’ultima lettura di ${source} è fallita (${instant}).`,
  behind: 'Da allora il negozio non è più stato letto: di ciò che è successo dopo non si sa nulla.',
  unread: {
    week: (count, text) =>
      count === 1
        ? 'Una settimana conclusa può essere incompleta.'
        : `${text} settimane concluse possono essere incomplete.`,
    month: (count, text) =>
      count === 1 ? 'Un mese concluso può essere incompleto.' : `${text} mesi conclusi possono essere incompleti.`,
    quarter: (count, text) =>
      count === 1
        ? 'Un trimestre concluso può essere incompleto.'
        : `${text} trimestri conclusi possono essere incompleti.`,
  },
  quiet: {
    week: (count, text) =>
      count === 1
        ? 'Il negozio è stato letto: nell’ultima settimana conclusa non c’è nessun ordine.'
        : `Il negozio è stato letto: nelle ultime ${text} settimane concluse non c’è nessun ordine.`,
    month: (count, text) =>
      count === 1
        ? 'Il negozio è stato letto: nell’ultimo mese concluso non c’è nessun ordine.'
        : `Il negozio è stato letto: negli ultimi ${text} mesi conclusi non c’è nessun ordine.`,
    quarter: (count, text) =>
      count === 1
        ? 'Il negozio è stato letto: nell’ultimo trimestre concluso non c’è nessun ordine.'
        : `Il negozio è stato letto: negli ultimi ${text} trimestri conclusi non c’è nessun ordine.`,
  },
  partly:
    'Il negozio non è stato letto fino alla fine di questo periodo: può essere incompleto e non si confronta con altri.',
  mark: 'non letto per intero',
  runs: 'Le esecuzioni',
}
