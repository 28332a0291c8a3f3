import type { Words } from '../words.ts'

/** What could not be used, in French. */
export const rejectsFr: Words['rejects'] = {
  title: 'Ce qui n’a pas pu être utilisé',
  none: 'Tous les enregistrements étaient lisibles et Klaviyo a accepté tous les profils.',
  deadLetters: 'Enregistrements de la boutique qui n’ont pas pu être lus',
  refused: 'Profils refusés par Klaviyo',
  columns: {
    source: 'Source',
    place: 'Endroit',
    field: 'Champ',
    reason: 'Motif',
    seen: 'Vu en dernier',
    profile: 'Profil',
    at: 'Refusé',
  },
  more: (limit) => `Seuls les ${limit} premiers sont affichés.`,
  retry: 'Réessayer',
  retryHint:
    'Les profils refusés sont renvoyés, et les sources qui ont des enregistrements illisibles sont relues depuis le début, lors d’une nouvelle synchronisation.',
  busy: 'La boutique est en cours de lecture. Réessayez quand ce sera terminé.',
}
