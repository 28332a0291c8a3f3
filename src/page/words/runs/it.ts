import type { Words } from '../words.ts'

/** What runs and has run, in Italian. */
export const runsIt: Words['runs'] = {
  title: 'Esecuzioni',
  intro: 'Tutto quello che Scontrino ha fatto: leggere il negozio, calcolare, aggiornare Klaviyo.',
  syncNow: 'Sincronizza ora',
  queued: 'Una sincronizzazione è in partenza; puoi seguirla qui sotto.',
  live: 'Adesso',
  idle: 'Non c’è nulla in corso.',
  begins: 'La sincronizzazione sta per cominciare.',
  offline: 'Il collegamento si è interrotto; quello che vedi può non essere aggiornato.',
  history: 'Cronologia',
  none: 'Non è ancora stato eseguito nulla.',
  columns: { started: 'Inizio', job: 'Che cosa', state: 'Stato', took: 'Durata', outcome: 'Risultato' },
  states: {
    running: 'in corso',
    interrupted: 'interrotta',
    superseded: 'ripresa',
    waiting: 'in attesa',
    done: 'riuscita',
    failed: 'fallita',
  },
  triggers: {
    cron: 'secondo il calendario',
    cli: 'dalla riga di comando',
    http: 'su richiesta',
    webhook: 'dopo una notifica del negozio',
  },
  attempt: (attempt) => `tentativo ${attempt}`,
  goesOn: (instant) => `Riprende alle ${instant}.`,
  progress: (done, total) => `${done} su ${total}`,
  nothing: 'nessuna novità',
  interrupted: 'È stata fermata a metà; continua con la prossima sincronizzazione.',
  superseded: 'È stata fermata a metà; una sincronizzazione successiva ha fatto il suo lavoro.',
  skipped: {
    earlier: 'tralasciato, perché un passo precedente della stessa sincronizzazione è fallito',
    unread: 'tralasciato, perché non è mai stato letto nessun ordine del negozio',
  },
  older: 'Esecuzioni precedenti',
  latest: 'Ultime esecuzioni',
  pages: 'Pagine della cronologia',
  webhooks: {
    sum: (count, text) =>
      count === 1
        ? `Nelle ultime 24 ore il negozio ha segnalato ${text} modifica.`
        : `Nelle ultime 24 ore il negozio ha segnalato ${text} modifiche.`,
    failed: (count, text) =>
      count === 1
        ? `${text} dei lavori che ne sono nati è fallito.`
        : `${text} dei lavori che ne sono nati sono falliti.`,
    show: 'Mostra anche questi lavori',
    shown: 'Tra le esecuzioni ci sono anche le notifiche del negozio.',
    hide: 'Nascondile',
  },
  paused: (connector, since) => `${connector} è in pausa da ${since}: la sua chiave è stata rifiutata.`,
  pausedAdvice: 'Riprende quando nella configurazione c’è una chiave nuova, o quando «scontrino check» riesce.',
}
