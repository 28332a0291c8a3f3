import type { Words } from '../words.ts'

/** What runs and has run, in Italian. */
export const runsIt: Words['runs'] = {
  title: 'Esecuzioni',
  intro: 'Tutto quello che Scontrino ha fatto: leggere il negozio, calcolare, aggiornare Klaviyo.',
  syncNow: 'Sincronizza ora',
  queued: 'Una sincronizzazione è in partenza; puoi seguirla qui sotto.',
  live: 'Adesso',
  idle: 'Non c’è nulla in corso.',
  offline: 'Il collegamento si è interrotto; quello che vedi può non essere aggiornato.',
  history: 'Cronologia',
  none: 'Non è ancora stato eseguito nulla.',
  columns: { started: 'Inizio', job: 'Che cosa', state: 'Stato', took: 'Durata', outcome: 'Risultato' },
  states: {
    running: 'in corso',
    interrupted: 'interrotta',
    waiting: 'in attesa',
    done: 'riuscita',
    failed: 'fallita',
  },
  triggers: {
    cron: 'da programma',
    cli: 'dalla riga di comando',
    http: 'su richiesta',
    webhook: 'chiamata dal negozio',
  },
  attempt: (attempt) => `tentativo ${attempt}`,
  goesOn: (instant) => `continua ${instant}`,
  progress: (done, total) => (total === null ? done : `${done} di ${total}`),
  nothing: 'nulla da fare',
  interrupted: 'Il suo processo è stato fermato; continua con la prossima sincronizzazione.',
  technical: 'Dettagli',
  paused: (connector, since) => `${connector} è in pausa da ${since}: la sua chiave è stata rifiutata.`,
  pausedAdvice: 'Riprende quando nella configurazione c’è una chiave nuova, o quando «scontrino check» riesce.',
}
