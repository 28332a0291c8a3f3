import type { Words } from '../words.ts'

/** What went wrong, in French. */
export const errorsFr: Words['errors'] = {
  E_CONFIG: {
    what: 'La configuration n’est pas utilisable telle quelle.',
    advice: 'La personne qui a installé Scontrino doit la corriger.',
  },
  E_AUTH: {
    what: 'La boutique ou Klaviyo a refusé notre clé.',
    advice: 'Il faut une nouvelle clé, ou une clé avec les droits qui manquent.',
  },
  E_RATE_LIMITED: {
    what: 'La boutique ou Klaviyo nous a demandé de revenir plus tard.',
    advice: 'Il n’y a rien à faire : la suite se fait toute seule.',
  },
  E_REMOTE_UNAVAILABLE: {
    what: 'La boutique ou Klaviyo n’a pas répondu.',
    advice: 'Il n’y a rien à faire, sauf si cela dure.',
  },
  E_REMOTE_REJECTED: {
    what: 'La boutique ou Klaviyo a refusé ce que nous avons envoyé.',
    advice: 'Montrez les détails à la personne qui a installé Scontrino.',
  },
  E_REMOTE_CONTRACT: {
    what: 'La boutique ou Klaviyo a répondu sous une forme inconnue.',
    advice: 'Scontrino doit être mis à jour.',
  },
  E_CONFLICT: { what: 'La même demande a été faite deux fois avec des contenus différents.', advice: 'Refaites-la.' },
  E_RECORD: {
    what: 'Certains enregistrements sont inutilisables.',
    advice: 'Ils figurent ci-dessous, chacun avec son motif.',
  },
  E_STORE: { what: 'La base de données n’a pas répondu.', advice: 'Il n’y a rien à faire, sauf si cela dure.' },
  E_TIMEOUT: { what: 'Cela a pris trop de temps.', advice: 'Réessayez dans une minute.' },
  E_FORBIDDEN: {
    what: 'Cette page n’est ouverte qu’à un navigateur de la même machine.',
    advice: 'La personne qui a installé Scontrino peut définir un jeton pour se connecter.',
  },
  E_TOO_MANY_REQUESTS: { what: 'La page a été demandée trop souvent.', advice: 'Attendez une minute et réessayez.' },
  E_ABORTED: {
    what: 'Elle a été interrompue.',
    advice: 'Il n’y a rien à faire : la prochaine exécution reprend à cet endroit.',
  },
  E_BUG: { what: 'Une erreur de notre part.', advice: 'Montrez les détails à la personne qui a installé Scontrino.' },
}
