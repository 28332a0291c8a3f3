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
  allNew: (period) =>
    `${period} : les données commencent ici. Tout le monde y est nouveau, car on ne sait rien d’avant.`,
  historyBegins: (period) =>
    `${period} : les données commencent ici. La première commande connue d’un client n’est pas forcément sa première.`,
  gap: {
    more: (f) =>
      `${f.period} : les clients récurrents ont dépensé ${f.gap} de plus par commande que les nouveaux (${f.recurringAov} contre ${f.newAov}). Ce n’est pas du bruit : le véritable écart se situe très probablement entre ${f.low} et ${f.high}.`,
    less: (f) =>
      `${f.period} : les clients récurrents ont dépensé ${f.gap} de moins par commande que les nouveaux (${f.recurringAov} contre ${f.newAov}). Ce n’est pas du bruit : le véritable écart se situe très probablement entre ${f.low} et ${f.high}.`,
    noise: (f) =>
      `${f.period} : les clients récurrents ont dépensé ${f.recurringAov} par commande, les nouveaux ${f.newAov}. L’écart peut être dû au hasard : il se situe très probablement entre ${f.low} et ${f.high}.`,
    'too-few': (f) =>
      `${f.period} : pas assez de commandes pour dire si les clients récurrents dépensent plus que les nouveaux (${f.recurringOrders} et ${f.newOrders} commandes).`,
  },
  gaps: {
    more: (f) =>
      `Sur les ${f.total} dernières périodes terminées, les clients récurrents ont le plus souvent dépensé plus par commande : plus dans ${f.more}, moins dans ${f.less}, indécidable dans ${f.unclear}.`,
    less: (f) =>
      `Sur les ${f.total} dernières périodes terminées, les clients récurrents ont le plus souvent dépensé moins par commande : moins dans ${f.less}, plus dans ${f.more}, indécidable dans ${f.unclear}.`,
    noise: (f) =>
      `Sur les ${f.total} dernières périodes terminées, aucun écart entre clients récurrents et nouveaux n’a dépassé le bruit.`,
    mixed: (f) =>
      `Sur les ${f.total} dernières périodes terminées, cela a varié : les clients récurrents ont dépensé plus dans ${f.more}, moins dans ${f.less}, indécidable dans ${f.unclear}.`,
    'too-few': (f) =>
      `Aucune des ${f.total} dernières périodes terminées n’a assez de commandes pour distinguer les clients récurrents des nouveaux.`,
  },
  advice: {
    'low-first-orders': (customers) =>
      `Que faire : ce sont les premières commandes qui sont basses. Proposez une vente additionnelle aux ${customers} clients qui n’ont qu’une commande, sous la moyenne : lots, « ajoutez-en un » ; la confiance avant les remises.`,
    'high-first-orders': (customers) =>
      `Que faire : ce sont les premières commandes qui sont hautes. Gardez la confiance des ${customers} clients qui ont commencé au-dessus de la moyenne : un suivi soigné après l’achat, sans remise.`,
  },
  technical: (customers) =>
    `Pour des biens techniques, où un premier achat cher est suivi de consommables, il est normal que les ${customers} clients récurrents sous la moyenne dépensent moins : ce n’est pas un défaut.`,
  change: {
    up: (f) =>
      `${f.period} : le panier moyen est passé de ${f.from} (${f.other}) à ${f.to}, une hausse qui dépasse le bruit.`,
    down: (f) =>
      `${f.period} : le panier moyen est passé de ${f.from} (${f.other}) à ${f.to}, une baisse qui dépasse le bruit.`,
    noise: (f) =>
      `${f.period} : le panier moyen est de ${f.to}, contre ${f.from} (${f.other}) ; l’écart peut être dû au hasard.`,
    'too-few': (f) =>
      `${f.period} : le panier moyen est de ${f.to}, contre ${f.from} (${f.other}) ; pas assez de commandes pour dire si cela signifie quelque chose.`,
  },
  changeMore: (customers, frequency, revenue) =>
    `Clients ${customers}, commandes par client ${frequency}, chiffre d’affaires ${revenue}.`,
  nothingToCompare: {
    before: (period) =>
      `${period} : pas de comparaison avec la période précédente, qui n’est pas entièrement dans les données.`,
    'year-before': (period) =>
      `${period} : pas de comparaison avec l’année précédente, qui n’est pas entièrement dans les données.`,
  },
  largest: {
    large: (f) =>
      `${f.period} : les ${f.topOrders} plus grandes commandes sur ${f.orders} font ${f.share} du panier moyen ; sans elles il est de ${f.without} au lieu de ${f.aov}. Regardez la médiane, et s’il s’agit de revendeurs.`,
    common: (f) =>
      `${f.period} : les ${f.topOrders} plus grandes commandes sur ${f.orders} font ${f.share} du panier moyen, ce qui est courant ; sans elles il est de ${f.without} au lieu de ${f.aov}.`,
  },
  tooFewForLargest: (period, orders) =>
    `${period} : avec ${orders} commandes, il y en a trop peu pour dire ce que pèsent les plus grandes dans le panier moyen.`,
  fewAbove: (share, above, customers, aov) =>
    `Seuls ${share} des clients (${above} sur ${customers}) sont à la moyenne de la boutique, ${aov}, ou au-dessus : quelques gros paniers la tirent vers le haut. La médiane dit ce qui est typique.`,
  anonymous: (period, share, orders) =>
    `${period} : ${share} des commandes (${orders}) n’ont pas d’adresse e-mail et ne sont ni nouvelles ni récurrentes.`,
}
