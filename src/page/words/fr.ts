import { campaignsFr } from './campaigns/fr.ts'
import { countsFr } from './counts/fr.ts'
import { customerFr } from './customer/fr.ts'
import { distributionFr } from './distribution/fr.ts'
import { errorsFr } from './errors/fr.ts'
import { freshnessFr } from './freshness/fr.ts'
import { matrixFr } from './matrix/fr.ts'
import { numbersFr } from './numbers/fr.ts'
import { overTimeFr } from './over-time/fr.ts'
import { rejectsFr } from './rejects/fr.ts'
import { reportFr } from './report/fr.ts'
import { runsFr } from './runs/fr.ts'
import { segmentsFr } from './segments/fr.ts'
import { statementsFr } from './statements/fr.ts'
import { thresholdsFr } from './thresholds/fr.ts'
import type { Words } from './words.ts'

/** The page in French. */
export const fr: Words = {
  product: 'Scontrino',
  tagline: 'De quoi est fait le panier moyen de votre boutique',
  skip: 'Aller au contenu',
  nav: {
    label: 'Pages',
    numbers: 'Chiffres',
    thresholds: 'Seuils',
    segments: 'Segments',
    runs: 'Exécutions',
    customer: 'Client',
  },
  accounts: 'Compte',
  languages: 'Langue',
  logOut: 'Se déconnecter',
  policy: (currency, policy) => `${currency}, règle « ${policy} »`,
  quoted: (text) => `«\u00a0${text}\u00a0»`,
  technical: 'Détails pour la personne qui a installé Scontrino',
  explained: (what, meaning) => `${what} : ${meaning}`,
  policies: {
    net: 'une commande vaut son total moins les remboursements',
    gross: 'une commande vaut son total, les remboursements ne comptent pas',
    shopify: 'une commande vaut ses articles après remises, hors taxes et livraison',
    own: 'une commande vaut ce que dit la configuration',
  },
  show: 'Afficher',
  table: 'Les mêmes données en tableau',
  download: 'Télécharger en CSV',
  timezone: (zone) => `Les heures sont celles du fuseau ${zone}.`,

  login: {
    title: 'Se connecter',
    token: 'Jeton d’accès',
    hint: 'La personne qui a installé Scontrino l’a : c’est la valeur de SCONTRINO_API_TOKEN.',
    submit: 'Se connecter',
    wrong: 'Ce n’est pas le bon jeton. Vérifiez qu’il a été copié en entier.',
    tooMany: (seconds) => `Trop de jetons erronés. Réessayez dans ${seconds} secondes.`,
  },

  problem: {
    title: 'Cela n’a pas marché',
    back: 'Retour aux chiffres',
    form: 'Le formulaire était trop ancien, ou ne venait pas de cette page. Revenez en arrière, rechargez la page et réessayez.',
    unknownAccount: 'Aucun compte de ce nom n’est configuré.',
  },

  periods: {
    by: 'Par',
    week: 'semaine',
    month: 'mois',
    quarter: 'trimestre',
    weekOf: (date) => `semaine du ${date}`,
    quarterOf: (quarter, year) => `T${quarter} ${year}`,
  },
  freshness: freshnessFr,
  numbers: numbersFr,
  overTime: overTimeFr,
  says: statementsFr,
  distribution: distributionFr,
  matrix: matrixFr,
  customer: customerFr,
  runs: runsFr,
  jobs: {
    'ingest-webhook': 'Notifications de la boutique',
    'pull-orders': 'Lecture des commandes',
    'compute-aggregates': 'Calcul des clients',
    'compute-store': 'Calcul des chiffres de la boutique',
    'push-profiles': 'Envoi des profils à Klaviyo',
    'sync-segments': 'Contrôle des segments',
    sync: 'Synchronisation',
    'count-segments': 'Comptage des membres des segments',
  },
  steps: {
    pulling: (source) => `lecture de ${source}`,
    webhooks: (source) => `notifications de ${source}`,
    others: {
      computing: 'calcul des clients',
      'computing the store': 'calcul des chiffres de la boutique',
      'pushing profiles': 'envoi des profils',
      'comparing segments': 'comparaison des segments',
      'counting members of segments': 'comptage des membres des segments',
    },
  },
  counts: countsFr,
  errors: errorsFr,
  thresholds: thresholdsFr,
  rejects: rejectsFr,
  segments: segmentsFr,
  report: reportFr,
  campaigns: campaignsFr,
}
