import type { Words } from '../words.ts'

/** What could not be used, in Italian. */
export const rejectsIt: Words['rejects'] = {
  title: 'Ciò che non si è potuto usare',
  none: 'Ogni dato era leggibile e Klaviyo ha accettato ogni profilo.',
  deadLetters: 'Dati del negozio che non si sono potuti leggere',
  refused: 'Profili rifiutati da Klaviyo',
  columns: {
    place: 'Dove',
    reason: 'Che cosa non va',
    seen: 'Visto l’ultima volta',
    profile: 'Profilo',
    klaviyo: 'Il motivo di Klaviyo, con le sue parole',
    at: 'Rifiutato',
  },
  tasks: 'Da fare da una persona',
  task: 'Che cosa chiede il negozio',
  asked: 'Chiesto',
  personalData:
    'Un cliente vuole sapere che cosa il negozio sa di lui. La sua richiesta è nel negozio: bisogna rispondergli.',
  shopLeft:
    'Scontrino è stato tolto da questo negozio: entro 30 giorni deve dimenticarne i clienti. Lo fa chi l’ha installato.',
  otherTask: 'Il negozio chiede qualcosa che può fare solo una persona.',
  close: 'Chiudere',
  confirmDone: 'Sì, è stato fatto',
  done: 'Fatto',
  closed: 'Il compito è chiuso.',
  notOpen: 'Non c’è nessun compito aperto come questo: era già stato chiuso.',
  places: {
    order: (id) => `ordine ${id}`,
    event: (id) => `notifica ${id} del negozio`,
    line: (file, line) => `${file}, riga ${line}`,
    of: (place, source) => `${place} di ${source}`,
  },
  kinds: {
    date: 'La sua data è illeggibile, o non può essere quella di un ordine.',
    amount: 'Contiene un importo illeggibile, o che un ordine non può avere.',
    currency: 'La sua valuta non è conosciuta, o ne contiene più di una.',
    state: 'Non si sa che cosa significhi il suo stato. Chi ha installato Scontrino può dirlo nella configurazione.',
    person: 'L’indirizzo o il cliente che contiene è illeggibile.',
    lines: 'Contraddice un’altra riga dello stesso ordine, o compare due volte.',
    file: 'In questo punto il file non è scritto come previsto.',
    missing: 'Manca, o è illeggibile, qualcosa di cui ogni ordine ha bisogno.',
    other: 'Contiene qualcosa di illeggibile.',
  },
  more: (limit) => `Sono mostrati solo i primi ${limit}.`,
  retry: 'Riprova',
  retryHint:
    'I profili rifiutati vengono inviati di nuovo e i negozi con dati illeggibili vengono riletti dall’inizio, in una nuova sincronizzazione.',
  busy: 'In questo momento si sta leggendo il negozio. Riprova quando avrà finito.',
}
