import type { Words } from '../words.ts'

/** In French nothing and one are both singular. */
function many(one: string, more: string): (count: number, text: string) => string {
  return (count, text) => `${text} ${count < 2 ? one : more}`
}

/** What jobs count, in French. */
export const countsFr: Words['counts'] = {
  orders: many('commande', 'commandes'),
  refunds: many('remboursement', 'remboursements'),
  changed: many('changement', 'changements'),
  rejected: many('enregistrement illisible', 'enregistrements illisibles'),
  skipped: many('ignoré', 'ignorés'),
  pages: many('page', 'pages'),
  events: many('événement', 'événements'),
  customers: many('client', 'clients'),
  months: many('mois', 'mois'),
  periods: many('période', 'périodes'),
  confirmed: many('profil confirmé', 'profils confirmés'),
  refused: many('profil refusé', 'profils refusés'),
  absent: many('sans profil', 'sans profil'),
  imports: many('import', 'imports'),
  abandoned: many('import abandonné', 'imports abandonnés'),
  erased: many('oublié', 'oubliés'),
  pending: many('profil à envoyer', 'profils à envoyer'),
  created: many('segment créé', 'segments créés'),
  updated: many('segment mis à jour', 'segments mis à jour'),
  'put back': many('segment rétabli', 'segments rétablis'),
  adopted: many('segment adopté', 'segments adoptés'),
  deleted: many('segment supprimé', 'segments supprimés'),
  unchanged: many('inchangé', 'inchangés'),
  kept: many('conservé', 'conservés'),
  blocked: many('bloqué', 'bloqués'),
  held: many('retenu', 'retenus'),
  drifted: many('modifié dans Klaviyo', 'modifiés dans Klaviyo'),
  unfounded: many('sans chiffres de Klaviyo', 'sans chiffres de Klaviyo'),
  deferred: many('reporté', 'reportés'),
  counted: many('segment compté', 'segments comptés'),
  unanswered: many('sans réponse', 'sans réponse'),
  asExpected: many('de la taille attendue', 'de la taille attendue'),
  notYet: many('pas encore à juger', 'pas encore à juger'),
  empty: many('vide', 'vides'),
  off: many('au-delà de la tolérance', 'au-delà de la tolérance'),
  bytes: (_, text) => `${text} Mo`,
  profiles: many('profil', 'profils'),
}
