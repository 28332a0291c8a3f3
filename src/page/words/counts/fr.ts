import type { Words } from '../words.ts'

/** In French nothing and one are both singular. */
function many(one: string, more: string): (count: number, text: string) => string {
  return (count, text) => `${text} ${count < 2 ? one : more}`
}

/** What jobs count, in French. */
export const countsFr: Words['counts'] = {
  orders: many('commande', 'commandes'),
  refunds: many('remboursement', 'remboursements'),
  changed: many('nouveau ou différent', 'nouveaux ou différents'),
  gone: many('commande supprimée dans la boutique', 'commandes supprimées dans la boutique'),
  tasks: many('tâche pour une personne', 'tâches pour une personne'),
  forgotten: many('personne à oublier', 'personnes à oublier'),
  merged: many('client fusionné', 'clients fusionnés'),
  thresholds: many('seuil fixé ou déplacé', 'seuils fixés ou déplacés'),
  rebanded: many('client dans une autre tranche', 'clients dans une autre tranche'),
  left: many('période encore à calculer', 'périodes encore à calculer'),
  rejected: many('enregistrement illisible', 'enregistrements illisibles'),
  skipped: many('enregistrement écarté par la configuration', 'enregistrements écartés par la configuration'),
  pages: many('page lue', 'pages lues'),
  events: many('changement signalé', 'changements signalés'),
  customers: many('client', 'clients'),
  months: many('mois', 'mois'),
  periods: many('période', 'périodes'),
  confirmed: many('profil confirmé', 'profils confirmés'),
  refused: many('profil refusé', 'profils refusés'),
  absent: many('client sans profil dans Klaviyo', 'clients sans profil dans Klaviyo'),
  imports: many('envoi à Klaviyo', 'envois à Klaviyo'),
  abandoned: many('envoi abandonné', 'envois abandonnés'),
  erased: many('profil vidé', 'profils vidés'),
  pending: many('profil à envoyer', 'profils à envoyer'),
  created: many('segment créé', 'segments créés'),
  updated: many('segment mis à jour', 'segments mis à jour'),
  'put back': many('segment rétabli', 'segments rétablis'),
  adopted: many('segment adopté', 'segments adoptés'),
  deleted: many('segment supprimé', 'segments supprimés'),
  unchanged: many('segment inchangé', 'segments inchangés'),
  kept: many('segment plus voulu, conservé', 'segments plus voulus, conservés'),
  blocked: many('segment dont le nom est déjà pris', 'segments dont le nom est déjà pris'),
  held: many('segment à confirmer par vous', 'segments à confirmer par vous'),
  drifted: many('segment modifié dans Klaviyo par quelqu’un', 'segments modifiés dans Klaviyo par quelqu’un'),
  unfounded: many(
    'segment pour lequel Klaviyo n’a pas de chiffres',
    'segments pour lesquels Klaviyo n’a pas de chiffres',
  ),
  deferred: many(
    'segment reporté jusqu’à ce que Klaviyo en permette d’autres',
    'segments reportés jusqu’à ce que Klaviyo en permette d’autres',
  ),
  counted: many('segment compté', 'segments comptés'),
  unanswered: many('segment dont Klaviyo n’a pas donné le nombre', 'segments dont Klaviyo n’a pas donné le nombre'),
  asExpected: many('segment de la taille attendue', 'segments de la taille attendue'),
  notYet: many('segment trop récent pour être compté', 'segments trop récents pour être comptés'),
  empty: many('segment vide dans Klaviyo', 'segments vides dans Klaviyo'),
  off: many('segment d’une autre taille que prévu', 'segments d’une autre taille que prévu'),
  create: many('segment à créer', 'segments à créer'),
  update: many('segment à mettre à jour', 'segments à mettre à jour'),
  adopt: many('segment à adopter', 'segments à adopter'),
  unwanted: many('segment plus voulu', 'segments plus voulus'),
  bytes: (_, text) => `${text} Mo`,
  profiles: many('profil', 'profils'),
}
