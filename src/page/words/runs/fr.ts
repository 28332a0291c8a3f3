import type { Words } from '../words.ts'

/** What runs and has run, in French. */
export const runsFr: Words['runs'] = {
  title: 'Exécutions',
  intro: 'Tout ce que Scontrino a fait : lire la boutique, calculer, mettre Klaviyo à jour.',
  syncNow: 'Synchroniser maintenant',
  queued: 'Une synchronisation va commencer ; vous pouvez la suivre ci-dessous.',
  live: 'En ce moment',
  idle: 'Rien n’est en cours.',
  begins: 'La synchronisation va commencer.',
  offline: 'La connexion est interrompue ; ce que vous voyez n’est peut-être plus à jour.',
  history: 'Historique',
  none: 'Rien n’a encore été exécuté.',
  columns: { started: 'Début', job: 'Quoi', state: 'État', took: 'Durée', outcome: 'Résultat' },
  states: {
    running: 'en cours',
    interrupted: 'interrompue',
    superseded: 'relayée',
    waiting: 'en attente',
    done: 'réussie',
    failed: 'échouée',
  },
  triggers: {
    cron: 'selon le calendrier',
    cli: 'depuis la ligne de commande',
    http: 'à la demande',
    webhook: 'après une notification de la boutique',
  },
  attempt: (attempt) => `tentative ${attempt}`,
  goesOn: (instant) => `Reprise le ${instant}.`,
  progress: (done, total) => `${done} sur ${total}`,
  nothing: 'rien de nouveau',
  interrupted: 'Arrêtée en cours de route ; la suite se fait à la prochaine synchronisation.',
  superseded: 'Arrêtée en cours de route ; une synchronisation ultérieure a fait son travail.',
  skipped: {
    earlier: 'laissé de côté, car une étape précédente de la même synchronisation a échoué',
    unread: 'laissé de côté, car aucune commande de la boutique n’a jamais été lue',
  },
  older: 'Exécutions plus anciennes',
  latest: 'Dernières exécutions',
  pages: 'Pages de l’historique',
  webhooks: {
    sum: (count, text) =>
      count < 2
        ? `Ces dernières 24 heures, la boutique a signalé ${text} changement.`
        : `Ces dernières 24 heures, la boutique a signalé ${text} changements.`,
    failed: (count, text) =>
      count < 2 ? `${text} des tâches qui en sont nées a échoué.` : `${text} des tâches qui en sont nées ont échoué.`,
    show: 'Afficher aussi ces tâches',
    shown: 'Les notifications de la boutique figurent parmi les exécutions.',
    hide: 'Les masquer',
  },
  paused: (connector, since) => `${connector} est en pause depuis le ${since} : sa clé a été refusée.`,
  pausedAdvice:
    'La reprise a lieu dès que la configuration contient une nouvelle clé, ou que « scontrino check » réussit.',
}
