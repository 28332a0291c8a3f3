import type { Words } from '../words.ts'

/** What could not be used, in Italian. */
export const rejectsIt: Words['rejects'] = {
  title: 'Ciò che non si è potuto usare',
  none: 'Ogni record era leggibile e Klaviyo ha accettato ogni profilo.',
  deadLetters: 'Record del negozio che non si sono potuti leggere',
  refused: 'Profili rifiutati da Klaviyo',
  columns: {
    source: 'Fonte',
    place: 'Posto',
    field: 'Campo',
    reason: 'Motivo',
    seen: 'Visto l’ultima volta',
    profile: 'Profilo',
    at: 'Rifiutato',
  },
  more: (limit) => `Sono mostrati solo i primi ${limit}.`,
  retry: 'Riprova',
  retryHint:
    'I profili rifiutati vengono inviati di nuovo e le fonti con record illeggibili vengono rilette dall’inizio, in una nuova sincronizzazione.',
  busy: 'In questo momento si sta leggendo il negozio. Riprova quando avrà finito.',
}
