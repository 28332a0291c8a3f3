import { campaignsIt } from './campaigns/it.ts'
import { countsIt } from './counts/it.ts'
import { customerIt } from './customer/it.ts'
import { distributionIt } from './distribution/it.ts'
import { errorsIt } from './errors/it.ts'
import { freshnessIt } from './freshness/it.ts'
import { matrixIt } from './matrix/it.ts'
import { numbersIt } from './numbers/it.ts'
import { overTimeIt } from './over-time/it.ts'
import { rejectsIt } from './rejects/it.ts'
import { reportIt } from './report/it.ts'
import { runsIt } from './runs/it.ts'
import { segmentsIt } from './segments/it.ts'
import { statementsIt } from './statements/it.ts'
import { thresholdsIt } from './thresholds/it.ts'
import type { Words } from './words.ts'

/** The page in Italian. */
export const it: Words = {
  product: 'Scontrino',
  tagline: 'Di che cosa è fatto lo scontrino medio del tuo negozio',
  skip: 'Vai al contenuto',
  nav: {
    label: 'Pagine',
    numbers: 'Numeri',
    thresholds: 'Soglie',
    segments: 'Segmenti',
    runs: 'Esecuzioni',
    customer: 'Cliente',
  },
  accounts: 'Account',
  languages: 'Lingua',
  logOut: 'Esci',
  policy: (currency, policy) => `${currency}, regola «${policy}»`,
  quoted: (text) => `«${text}»`,
  technical: 'Dettagli per chi ha installato Scontrino',
  explained: (what, meaning) => `${what}: ${meaning}`,
  policies: {
    net: 'un ordine vale il suo totale meno i rimborsi',
    gross: 'un ordine vale il suo totale, i rimborsi non contano',
    shopify: 'un ordine vale la merce dopo gli sconti, senza imposte né spedizione',
    own: 'un ordine vale quanto dice la configurazione',
  },
  show: 'Mostra',
  table: 'Gli stessi dati in tabella',
  download: 'Scarica CSV',
  timezone: (zone) => `Gli orari sono quelli di ${zone}.`,

  login: {
    title: 'Accedi',
    token: 'Token di accesso',
    hint: 'Lo conosce chi ha installato Scontrino: è il valore di SCONTRINO_API_TOKEN.',
    submit: 'Accedi',
    wrong: 'Il token non è questo. Controlla di averlo copiato per intero.',
    tooMany: (seconds) => `Troppi token sbagliati. Riprova tra ${seconds} secondi.`,
  },

  problem: {
    title: 'Non ha funzionato',
    back: 'Torna ai numeri',
    form: 'Il modulo era troppo vecchio, o non veniva da questa pagina. Torna indietro, ricarica la pagina e riprova.',
    unknownAccount: 'Nessun account con questo nome è configurato.',
  },

  periods: {
    by: 'Per',
    week: 'settimana',
    month: 'mese',
    quarter: 'trimestre',
    weekOf: (date) => `settimana dal ${date}`,
    quarterOf: (quarter, year) => `${quarter}º trim. ${year}`,
  },
  freshness: freshnessIt,
  numbers: numbersIt,
  overTime: overTimeIt,
  says: statementsIt,
  distribution: distributionIt,
  matrix: matrixIt,
  customer: customerIt,
  runs: runsIt,
  jobs: {
    'ingest-webhook': 'Notifiche del negozio',
    'pull-orders': 'Lettura degli ordini',
    'compute-aggregates': 'Calcolo dei clienti',
    'compute-store': 'Calcolo dei numeri del negozio',
    'push-profiles': 'Invio dei profili a Klaviyo',
    'sync-segments': 'Controllo dei segmenti',
    sync: 'Sincronizzazione',
    'count-segments': 'Conteggio dei membri dei segmenti',
  },
  steps: {
    pulling: (source) => `lettura di ${source}`,
    webhooks: (source) => `notifiche di ${source}`,
    others: {
      computing: 'calcolo dei clienti',
      'computing the store': 'calcolo dei numeri del negozio',
      'pushing profiles': 'invio dei profili',
      'comparing segments': 'confronto dei segmenti',
      'counting members of segments': 'conteggio dei membri dei segmenti',
    },
  },
  counts: countsIt,
  errors: errorsIt,
  thresholds: thresholdsIt,
  rejects: rejectsIt,
  segments: segmentsIt,
  report: reportIt,
  campaigns: campaignsIt,
}
