import type { Words } from '../words.ts'

/** What went wrong, in Italian. */
export const errorsIt: Words['errors'] = {
  E_CONFIG: {
    what: 'La configurazione non è utilizzabile così com’è.',
    advice: 'Deve correggerla chi ha installato Scontrino.',
  },
  E_AUTH: {
    what: 'Il negozio o Klaviyo ha rifiutato la nostra chiave.',
    advice: 'Serve una chiave nuova, o una con i permessi che mancano.',
  },
  E_RATE_LIMITED: {
    what: 'Il negozio o Klaviyo ci ha chiesto di tornare più tardi.',
    advice: 'Non c’è nulla da fare: continua da solo.',
  },
  E_REMOTE_UNAVAILABLE: {
    what: 'Il negozio o Klaviyo non ha risposto.',
    advice: 'Non c’è nulla da fare, a meno che non duri.',
  },
  E_REMOTE_REJECTED: {
    what: 'Il negozio o Klaviyo ha rifiutato ciò che abbiamo inviato.',
    advice: 'Mostra i dettagli a chi ha installato Scontrino.',
  },
  E_REMOTE_CONTRACT: {
    what: 'Il negozio o Klaviyo ha risposto in una forma che non conosciamo.',
    advice: 'Scontrino va aggiornato.',
  },
  E_CONFLICT: {
    what: 'La stessa richiesta è stata fatta due volte con contenuti diversi.',
    advice: 'Falla di nuovo.',
  },
  E_RECORD: {
    what: 'Alcuni dati non sono utilizzabili.',
    advice: 'Sono elencati in questa pagina, ognuno con il suo motivo.',
  },
  E_STORE: { what: 'Il database non ha risposto.', advice: 'Non c’è nulla da fare, a meno che non duri.' },
  E_TIMEOUT: { what: 'Ci è voluto troppo tempo.', advice: 'Riprova tra un minuto.' },
  E_FORBIDDEN: {
    what: 'Questa pagina è aperta solo a un browser sulla stessa macchina.',
    advice: 'Chi ha installato Scontrino può impostare un token con cui accedere.',
  },
  E_TOO_MANY_REQUESTS: { what: 'La pagina è stata chiesta troppe volte.', advice: 'Aspetta un minuto e riprova.' },
  E_ABORTED: { what: 'È stata interrotta.', advice: 'Non c’è nulla da fare: la prossima esecuzione riparte da lì.' },
  E_BUG: { what: 'Un errore nostro.', advice: 'Mostra i dettagli a chi ha installato Scontrino.' },
}
