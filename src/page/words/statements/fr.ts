import type { Words } from '../words.ts'

/** What can be said of a shop, in French. */
export const statementsFr: Words['says'] = {
  title: 'Ce que cela dit',
  noOrders: 'Aucune commande n’a encore été comptée.',
  nothingOver: (period) => `${period} : c’est la première période, encore en cours ; il n’y a encore rien à comparer.`,
  running: (period) => `${period} : encore en cours, n’entre dans aucune comparaison.`,
  unread: (period, count, text) =>
    count < 2
      ? `${period} : n’entre dans aucune comparaison, car la boutique n’a pas été lue jusqu’à sa fin.`
      : `${period} et la suite (${text} périodes en tout) : n’entrent dans aucune comparaison, car la boutique n’a pas été lue jusqu’à leur fin.`,
  uncomputed: (period, count, text) =>
    count < 2
      ? `${period} : en cours de mise à jour, n’entre d’ici là dans aucune comparaison.`
      : `${period} : première de ${text} périodes terminées en cours de mise à jour, qui n’entrent d’ici là dans aucune comparaison.`,
  allNew: (period) =>
    `${period} : les données commencent ici. Tout le monde y est nouveau, car on ne sait rien d’avant.`,
  historyBegins: (period) =>
    `${period} : les données commencent ici. La première commande connue d’un client n’est pas forcément sa première.`,
  gap: {
    more: (f) =>
      `${f.period} : les clients récurrents ont dépensé ${f.gap} de plus par commande que les nouveaux (${f.recurringAov} contre ${f.newAov}). Ce n’est pas le hasard : le véritable écart se situe très probablement entre ${f.low} et ${f.high}.`,
    less: (f) =>
      `${f.period} : les clients récurrents ont dépensé ${f.gap} de moins par commande que les nouveaux (${f.recurringAov} contre ${f.newAov}). Ce n’est pas le hasard : le véritable écart se situe très probablement entre ${f.low} et ${f.high}.`,
    noise: (f) =>
      `${f.period} : les clients récurrents ont dépensé ${f.recurringAov} par commande, les nouveaux ${f.newAov}. L’écart peut être dû au hasard : il se situe très probablement entre ${f.low} et ${f.high}.`,
    'too-few': (f) =>
      `${f.period} : pas assez de commandes pour dire si les clients récurrents dépensent plus que les nouveaux (${f.recurringOrders} et ${f.newOrders} commandes).`,
  },
  spans: {
    week: (count, text) =>
      count < 2 ? 'Sur la dernière semaine terminée' : `Sur les ${text} dernières semaines terminées`,
    month: (count, text) => (count < 2 ? 'Sur le dernier mois terminé' : `Sur les ${text} derniers mois terminés`),
    quarter: (count, text) =>
      count < 2 ? 'Sur le dernier trimestre terminé' : `Sur les ${text} derniers trimestres terminés`,
  },
  gaps: {
    more: (f) =>
      `${f.span}, les clients récurrents ont le plus souvent dépensé plus par commande : plus dans ${f.more}, moins dans ${f.less}, trop proche pour le dire dans ${f.unclear}.`,
    less: (f) =>
      `${f.span}, les clients récurrents ont le plus souvent dépensé moins par commande : moins dans ${f.less}, plus dans ${f.more}, trop proche pour le dire dans ${f.unclear}.`,
    noise: (f) => `${f.span}, aucun écart entre clients récurrents et nouveaux n’a dépassé ce que fait le hasard.`,
    mixed: (f) =>
      `${f.span}, cela a varié : les clients récurrents ont dépensé plus dans ${f.more}, moins dans ${f.less}, trop proche pour le dire dans ${f.unclear}.`,
    'too-few': (f) =>
      `${f.span}, il n’y a jamais eu assez de commandes pour distinguer les clients récurrents des nouveaux.`,
  },
  advice: {
    'low-first-orders': (count, customers) =>
      `Que faire : ce sont les premières commandes qui sont basses. Proposez une vente additionnelle ${count < 2 ? 'au client qui n’a' : `aux ${customers} clients qui n’ont`} qu’une commande, sous la moyenne : lots, « ajoutez-en un » ; la confiance avant les remises.`,
    'high-first-orders': (count, customers) =>
      `Que faire : ce sont les premières commandes qui sont hautes. Gardez la confiance ${count < 2 ? 'du client qui a commencé' : `des ${customers} clients qui ont commencé`} au-dessus de la moyenne : un suivi soigné après l’achat, sans remise.`,
  },
  technical: (count, customers) =>
    `Pour des biens techniques, où un premier achat cher est suivi de consommables, il est normal que ${count < 2 ? 'le client récurrent sous la moyenne dépense' : `les ${customers} clients récurrents sous la moyenne dépensent`} moins : ce n’est pas un défaut.`,
  change: {
    up: (f) =>
      `${f.period} : le panier moyen est passé de ${f.from} (${f.other}) à ${f.to}, une hausse qui n’est pas due au hasard.`,
    down: (f) =>
      `${f.period} : le panier moyen est passé de ${f.from} (${f.other}) à ${f.to}, une baisse qui n’est pas due au hasard.`,
    noise: (f) =>
      `${f.period} : le panier moyen est de ${f.to}, contre ${f.from} (${f.other}) ; l’écart peut être dû au hasard.`,
    'too-few': (f) =>
      `${f.period} : le panier moyen est de ${f.to}, contre ${f.from} (${f.other}) ; pas assez de commandes pour dire si cela signifie quelque chose.`,
  },
  changeMore: (customers, frequency, revenue) =>
    `Clients ${customers}, commandes par client ${frequency}, chiffre d’affaires ${revenue}.`,
  nothingToCompare: {
    uncomputed: (period) =>
      `${period} : pas de comparaison, car les chiffres de l’autre période sont en cours de mise à jour.`,
    before: (period) =>
      `${period} : pas de comparaison avec la période précédente, qui n’est pas entièrement dans les données.`,
    'year-before': (period) =>
      `${period} : pas de comparaison avec l’année précédente, qui n’est pas entièrement dans les données.`,
  },
  largest: {
    large: (f) =>
      `${f.period} : ${f.topCount < 2 ? `la plus grande commande sur ${f.orders} fait` : `les ${f.topOrders} plus grandes commandes sur ${f.orders} font`} ${f.share} du panier moyen ; sans elle${f.topCount < 2 ? '' : 's'} il est de ${f.without} au lieu de ${f.aov}. Regardez la commande médiane, et s’il s’agit de revendeurs.`,
    common: (f) =>
      `${f.period} : ${f.topCount < 2 ? `la plus grande commande sur ${f.orders} fait` : `les ${f.topOrders} plus grandes commandes sur ${f.orders} font`} ${f.share} du panier moyen, ce qui est courant ; sans elle${f.topCount < 2 ? '' : 's'} il est de ${f.without} au lieu de ${f.aov}.`,
  },
  tooFewForLargest: (period, count, orders) =>
    `${period} : ${orders} ${count < 2 ? 'commande, c’est' : 'commandes, c’est'} trop peu pour dire ce que pèsent les plus grandes dans le panier moyen.`,
  fewAbove: (share, above, customers, aov) =>
    `Seuls ${share} des clients (${above} sur ${customers}) sont à la moyenne de la boutique, ${aov}, ou au-dessus : quelques gros paniers la tirent vers le haut. Le client médian dit ce qui est typique.`,
  anonymous: (period, share, orders) =>
    `${period} : ${share} des commandes (${orders}) n’ont pas d’adresse e-mail et ne sont ni nouvelles ni récurrentes.`,
}
