import type { Words } from '../words.ts'

/** What could not be used, in French. */
export const rejectsFr: Words['rejects'] = {
  title: 'Ce qui n’a pas pu être utilisé',
  none: 'Tous les enregistrements étaient lisibles et Klaviyo a accepté tous les profils.',
  deadLetters: 'Enregistrements de la boutique qui n’ont pas pu être lus',
  refused: 'Profils refusés par Klaviyo',
  columns: {
    place: 'Enregistrement',
    reason: 'Ce qui ne va pas',
    seen: 'Vu en dernier',
    profile: 'Profil',
    klaviyo: 'Le motif de Klaviyo, dans ses mots',
    at: 'Refusé',
  },
  tasks: 'À faire par une personne',
  task: 'Ce que demande la boutique',
  asked: 'Demandé',
  personalData:
    'Un client veut savoir ce que la boutique sait de lui. Sa demande est dans la boutique : il faut lui répondre.',
  shopLeft:
    'Scontrino a été retiré de cette boutique : il doit en oublier les clients sous 30 jours. La personne qui l’a installé s’en charge.',
  otherTask: 'La boutique demande quelque chose que seule une personne peut faire.',
  close: 'Clore',
  confirmDone: 'Oui, cela a été fait',
  done: 'Fait',
  closed: 'La tâche est close.',
  notOpen: 'Il n’y a pas de tâche ouverte de ce genre : elle avait déjà été close.',
  places: {
    order: (id) => `commande ${id}`,
    event: (id) => `notification ${id} de la boutique`,
    line: (file, line) => `${file}, ligne ${line}`,
    of: (place, source) => `${place} de ${source}`,
  },
  kinds: {
    date: 'Sa date est illisible, ou ne peut pas être celle d’une commande.',
    amount: 'Il contient un montant illisible, ou qu’une commande ne peut pas avoir.',
    currency: 'Sa devise n’est pas connue, ou il en contient plusieurs.',
    state:
      'On ne sait pas ce que signifie son état. La personne qui a installé Scontrino peut le dire dans la configuration.',
    person: 'L’adresse ou le client qu’il contient est illisible.',
    lines: 'Il contredit une autre ligne de la même commande, ou apparaît deux fois.',
    file: 'À cet endroit, le fichier n’est pas écrit comme prévu.',
    missing: 'Quelque chose dont toute commande a besoin manque ou est illisible.',
    other: 'Il contient quelque chose d’illisible.',
  },
  more: (limit) => `Seuls les ${limit} premiers sont affichés.`,
  retry: 'Réessayer',
  retryHint:
    'Les profils refusés sont renvoyés, et les boutiques qui ont des enregistrements illisibles sont relues depuis le début, lors d’une nouvelle synchronisation.',
  busy: 'La boutique est en cours de lecture. Réessayez quand ce sera terminé.',
}
