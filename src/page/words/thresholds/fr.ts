import type { Words } from '../words.ts'

/** Where to cut, in French. */
export const thresholdsFr: Words['thresholds'] = {
  title: 'Seuils',
  intro:
    'Ce que vos clients dépensent par commande, et comment deux seuils les répartissent. Déplacez les lignes à la souris ou avec les flèches : les chiffres suivent aussitôt, et essayer ne change rien.',
  none: 'Aucun client n’a encore de commande qui compte : il n’y a rien à répartir.',
  bands: { low: 'Basse', mid: 'Moyenne', high: 'Haute' },
  below: (price) => `moins de ${price}`,
  between: (low, high) => `${low} – ${high}`,
  above: (price) => `plus de ${price}`,
  chart: 'Clients selon leur panier moyen',
  axis: 'Panier moyen d’un client ; à distances égales, proportions égales.',
  median: (amount) => `Client médian : la moitié dépensent ${amount} ou moins par commande`,
  mean: (amount) => `Le panier moyen de la boutique est de ${amount}`,
  nothing: (customers) =>
    `Un panier moyen nul ou négatif n’a pas de place sur cet axe (clients : ${customers}). Il compte dans la tranche la plus basse.`,
  lowThreshold: 'Seuil inférieur',
  highThreshold: 'Seuil supérieur',
  lowValue: (price, customers, share) => `${price} ; clients en dessous : ${customers}, ${share}`,
  highValue: (price, customers, share) => `${price} ; clients au-dessus : ${customers}, ${share}`,
  apply: 'Afficher',
  rounded: (low, high) =>
    `Vos tranches se séparent à ${low} et ${high}. Les lignes sont au plus près : sur cet axe, à des prix à trois chiffres, où l’on peut compter les clients exactement.`,
  remarks: {
    noAmount: (typed, price) => `« ${typed} » n’est pas un montant comme 60 ou 49,90. La ligne reste à ${price}.`,
    notPositive: (typed, price) =>
      `Un seuil est au-dessus de zéro, « ${typed} » ne l’est pas. La ligne reste à ${price}.`,
    ambiguous: (typed, price) =>
      `« ${typed} » peut se lire de deux façons : écrivez les milliers sans signe entre eux. La ligne reste à ${price}.`,
    beyond: (typed, price) => `« ${typed} » est hors de cet axe. La ligne est à son bout, ${price}.`,
    swapped: (typed, price) =>
      `« ${typed} » était à la place de l’autre ligne : les deux ont été échangées, et celle-ci est à ${price}.`,
    rounded: (typed, price) =>
      `« ${typed} » est devenu ${price} : les lignes sont à des prix à trois chiffres, où l’on peut compter les clients exactement.`,
    read: (typed, price) => `« ${typed} » a été lu comme ${price}.`,
    gaveWay: (_typed, price) => `Déplacée à ${price}, car la ligne inférieure doit être sous la ligne supérieure.`,
  },
  figures: {
    title: 'Ce que contient chaque tranche',
    range: 'Panier moyen',
    customers: 'Clients',
    customerShare: 'Part des clients',
    orders: 'Commandes',
    revenue: 'Chiffre d’affaires',
    revenueShare: 'Part du chiffre d’affaires',
    aov: 'Panier moyen de la tranche',
  },
  shares: { customers: 'Clients', revenue: 'Chiffre d’affaires' },
  table: {
    title: 'Clients selon leur panier moyen',
    range: 'Panier moyen d’un client',
    customers: 'Clients',
    share: 'Part',
    orders: 'Commandes',
    revenue: 'Chiffre d’affaires',
  },
  advice: {
    title: 'Où couper',
    intro:
      'Quatre façons de couper, calculées sur vos clients. Avec plus de classes, toute façon convient mieux : comparez celles qui en ont autant.',
    show: 'Afficher les conseils',
    waiting: 'Les conseils sont en cours de calcul…',
    failed: 'Les conseils n’ont pas pu être calculés pour le moment.',
    methods: {
      store_aov: 'Au panier moyen de la boutique',
      store_median: 'Au client médian',
      quantiles: 'Classes de même taille',
      natural_breaks: 'Ruptures naturelles',
    },
    means: {
      store_aov:
        'La coupe habituelle. Quelques grosses commandes la tirent vers le haut, si bien que la plupart des clients sont d’ordinaire en dessous.',
      store_median: 'La moitié des clients de chaque côté.',
      quantiles: 'Le même nombre de clients dans chaque classe.',
      natural_breaks: 'Là où les clients sont rares, pour que ceux d’une classe se ressemblent le plus possible.',
    },
    current: 'Vos tranches actuelles',
    and: (first, second) => `${first} et ${second}`,
    fit: (share) => `Les classes expliquent ${share} des différences entre clients.`,
    cut: (price, raw, low, high, share) =>
      `${price}, arrondi de ${raw}. Si d’autres clients étaient venus par hasard, il serait entre ${low} et ${high} dans 95 cas sur 100, et à moins de 10 % de ${price} dans ${share} des cas.`,
    details: 'À quel point c’est sûr',
    classRange: 'Classe',
    put: 'Placer les lignes ici',
    putLow: 'Comme ligne inférieure',
    putHigh: 'Comme ligne supérieure',
    from: (price) => `à partir de ${price}`,
    fromBelow: (low, high) => `de ${low} à moins de ${high}`,
    all: 'tous',
    warnings: {
      fewCustomers: (customers) => `Il y a si peu de clients (${customers}) que chaque part repose sur quelques-uns.`,
      fewValues: (classes) => `Il n’y a que ${classes} paniers moyens différents.`,
      samePrice: (price) => `Deux coupes tombent à ${price} : moins de classes suffiraient.`,
      edge: (price) => `${price} est le plus petit ou le plus grand panier moyen qui soit.`,
      emptyClass: (range) => `Personne n’est dans « ${range} ».`,
      smallClass: (range, share) => `« ${range} » ne contient que ${share} des clients.`,
      largeClass: (range, share) => `« ${range} » contient ${share} des clients : elle en distingue peu.`,
      unstable: (price, share) =>
        `${price} tient au hasard : seuls ${share} des rééchantillonnages en sont à moins de 10 %.`,
    },
  },
  yaml: {
    title: 'En faire vos tranches',
    intro: (account) =>
      `Scontrino fait ce que dit sa configuration, et cette page ne l’écrit pas. Ces lignes sont pour le compte « ${account} » de scontrino.yaml : changez-les là, ou envoyez-les à qui l’a installé ; la prochaine synchronisation fera le reste.`,
    add: 'Rien n’y est encore dit de tranches. Ajoutez :',
    replace: (line) => `Des tranches y sont déjà configurées. À la place de « ${line} », mettez :`,
    fix: (line, low, high) =>
      `Vos tranches suivent la boutique : « ${line} », aujourd’hui ${low} et ${high}. À sa place, ceci les fixerait, et elles ne bougeraient plus avec la boutique :`,
    follow:
      'Ou, à sa place, ceci : cela continue de suivre la boutique, et tombe aujourd’hui à peu près où sont les lignes :',
    same: 'Les lignes sont là où vos tranches sont configurées : il n’y a rien à changer.',
    addEntry: 'Pour un segment de chaque tranche, ajoutez cette entrée aux segments qui y sont :',
    addSegments: 'Pour un segment de chaque tranche, ajoutez :',
    family: 'Les segments des tranches changent avec elles, d’eux-mêmes.',
    ownSegments: (names) =>
      `Des segments de certaines tranches sont déjà configurés : ${names}. N’en ajoutez pas d’autres pour les mêmes clients. Les montants qui y sont écrits ne suivent pas les tranches : changez-les aussi.`,
    copy: 'Copier',
    copied: 'Copié.',
  },
}
