import type { Words } from '../words.ts'

/** What only a report says, in French. */
export const reportFr: Words['report'] = {
  title: 'La boutique en chiffres',
  range: {
    all: 'toutes les commandes',
    until: (to) => `jusqu’au ${to}`,
    since: (from) => `depuis le ${from}`,
    between: (from, to) => `du ${from} au ${to}`,
  },
  written: (instant) => `Écrit le ${instant}, directement d’après les commandes.`,
  stale:
    'Des commandes n’étaient pas encore calculées au moment d’écrire ; après la prochaine synchronisation, mieux vaut l’écrire à nouveau.',
  total: (range) => `Clients, commandes et leur valeur : ${range}`,
  kinds: {
    identified: 'tous ceux avec une adresse e-mail',
    new: 'nouveaux',
    recurring: 'récurrents',
    anonymous: 'sans adresse e-mail',
  },
  columns: {
    period: 'Période',
    kind: 'Quels clients',
    customers: 'Clients',
    orders: 'Commandes',
    frequency: 'Commandes par client',
    revenue: 'Chiffre d’affaires',
    aov: 'Panier moyen',
    median: 'Commande médiane',
  },
  totalTable: 'Tout l’intervalle par sorte de client',
  allNew:
    'Sur toutes les commandes, chacun est nouveau, car son premier achat en fait partie : qui est revenu se lit par période, plus bas.',
  compared: (period) => `Comparaison : ${period}`,
  nothingWhole: 'Aucune période terminée ne tient entièrement dans cet intervalle : rien n’est comparé.',
  table: (title) => `Tableau : ${title}`,
  periods: 'Toutes les périodes',
  noPeriods: 'Aucune commande ne compte dans cet intervalle.',
  lifetime: 'Sur toutes les commandes de chaque client, quel que soit l’intervalle du rapport.',
  leftOut: {
    title: 'Ce qui n’a pas été compté',
    lead: 'Les commandes de l’intervalle qui ne comptent pas, avec le montant facturé.',
    none: 'Tout a été compté.',
    reason: 'Raison',
    orders: 'Commandes',
    charged: 'Facturé',
  },
}
