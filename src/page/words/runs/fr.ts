import type { Words } from '../words.ts'

/** What runs and has run, in French. */
export const runsFr: Words['runs'] = {
  title: 'Exécutions',
  intro: 'Tout ce que Scontrino a fait : lire la boutique, calculer, mettre Klaviyo à jour.',
  syncNow: 'Synchroniser maintenant',
  queued: 'Une synchronisation va commencer ; vous pouvez la suivre ci-dessous.',
  live: 'En ce moment',
  idle: 'Rien n’est en cours.',
  offline: 'La connexion est interrompue ; ce que vous voyez n’est peut-être plus à jour.',
  history: 'Historique',
  none: 'Rien n’a encore été exécuté.',
  columns: { started: 'Début', job: 'Quoi', state: 'État', took: 'Durée', outcome: 'Résultat' },
  states: {
    running: 'en cours',
    interrupted: 'interrompue',
    waiting: 'en attente',
    done: 'réussie',
    failed: 'échouée',
  },
  triggers: {
    cron: 'selon le calendrier',
    cli: 'depuis la ligne de commande',
    http: 'à la demande',
    webhook: 'à l’appel de la boutique',
  },
  attempt: (attempt) => `tentative ${attempt}`,
  goesOn: (instant) => `reprend le ${instant}`,
  progress: (done, total) => (total === null ? done : `${done} sur ${total}`),
  nothing: 'rien à faire',
  interrupted: 'Son processus a été arrêté ; la suite se fait à la prochaine synchronisation.',
  technical: 'Détails',
  paused: (connector, since) => `${connector} est en pause depuis le ${since} : sa clé a été refusée.`,
  pausedAdvice:
    'La reprise a lieu dès que la configuration contient une nouvelle clé, ou que « scontrino check » réussit.',
}
