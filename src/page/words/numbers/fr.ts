import type { Words } from '../words.ts'

/** The three numbers, in French. */
export const numbersFr: Words['numbers'] = {
  none: 'Aucune commande n’a encore été comptée. Dès qu’une synchronisation aura lu la boutique, ses chiffres seront ici.',
  soon: 'Les chiffres dans le temps sont en cours de calcul ; rechargez la page dans un instant.',
  computed: (instant) => `État du ${instant}.`,
  stale: 'Quelque chose a changé depuis ; les chiffres sont en cours de mise à jour.',
  period: 'Période',
  customers: 'Clients',
  frequency: 'Commandes par client',
  aov: 'Panier moyen',
  median: (amount) => `commande médiane ${amount}`,
  revenue: 'Chiffre d’affaires',
  times: 'fois',
  equals: 'égale',
  ofOrders: (count, text) => `sur ${text} ${count < 2 ? 'commande' : 'commandes'}`,
  rounded: ', arrondi',
  change: (change, from, period) => `${change} par rapport à ${from}, ${period}`,
  notCompared: {
    'before-the-data': (period) => `${period} : pas de données`,
    uncomputed: (period) => `pas de comparaison avec ${period}, dont les chiffres sont en cours de mise à jour`,
    'first-period': (period) => `pas de comparaison avec ${period}, qui n’est pas entièrement dans les données`,
  },
  running: 'Cette période est encore en cours : elle n’est pas comparée à des périodes entières.',
  uncomputed:
    'Des commandes ou des réglages ont changé : les chiffres de cette période sont en cours de mise à jour et, d’ici là, ne sont comparés à aucun autre.',
  firstPeriod: 'C’est la première période des données : on ne sait rien d’avant.',
  anonymous: (count, orders, revenue) =>
    `S’y ajoutent ${orders} ${count < 2 ? 'commande' : 'commandes'} sans adresse e-mail, pour ${revenue}.`,
  leftOut: 'Les commandes de cette période qui ne comptent pas, avec le montant facturé.',
  unrated: (count, orders, currencies) =>
    `${orders} ${count < 2 ? 'commande' : 'commandes'} en ${currencies} sans taux : ${count < 2 ? 'elle ne compte' : 'elles ne comptent'} pas tant que « rates » dans la configuration n’en a pas.`,
}
