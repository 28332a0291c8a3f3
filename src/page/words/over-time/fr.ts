import type { Words } from '../words.ts'

/** New against recurring, in French. */
export const overTimeFr: Words['overTime'] = {
  title: 'Nouveaux et récurrents',
  definition: 'Nouveau veut dire',
  definitions: {
    period: 'premier achat dans la période',
    rank: 'première commande',
  },
  sentences: {
    period:
      'Un client dont la toute première commande tombe dans la période y est nouveau, avec toutes ses commandes ; tous les autres sont récurrents.',
    rank: 'La première commande de chaque client est nouvelle ; toute commande suivante est récurrente, même le même jour.',
  },
  new: 'Nouveaux',
  recurring: 'Récurrents',
  orders: 'Commandes',
  chart:
    'Panier moyen des nouveaux clients et des clients récurrents dans le temps, avec le nombre de commandes en dessous',
  allNew: 'tous nouveaux',
  begins: 'début des données',
  runs: 'en cours',
  uncomputed: 'mise à jour en cours',
  cut: 'en partie',
  columns: {
    period: 'Période',
    newAov: 'Nouveaux, panier',
    newOrders: 'Nouveaux, commandes',
    recurringAov: 'Récurrents, panier',
    recurringOrders: 'Récurrents, commandes',
    gap: 'Écart',
    interval: 'Intervalle à 95 %',
  },
  interval: (low, high) => `de ${low} à ${high}`,
  tooFew: 'trop peu de commandes',
}
