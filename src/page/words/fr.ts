import { thresholdsFr } from './thresholds/fr.ts'
import type { Words } from './words.ts'

/** In French nothing and one are both singular. */
function many(one: string, more: string): (count: number, text: string) => string {
  return (count, text) => `${text} ${count < 2 ? one : more}`
}

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
  policies: {
    net: 'une commande vaut son total moins les remboursements',
    gross: 'une commande vaut son total, les remboursements ne comptent pas',
    shopify: 'une commande vaut ses articles après remises, hors taxes et livraison',
    own: 'une commande vaut ce que dit la configuration',
  },
  show: 'Afficher',
  table: 'Les mêmes données en tableau',
  download: 'Télécharger en CSV',
  timezone: (zone) => `Les heures sont celles de ${zone}.`,

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

  numbers: {
    none: 'Aucune commande n’a encore été comptée. Dès qu’une synchronisation aura lu la boutique, ses chiffres seront ici.',
    soon: 'Les chiffres dans le temps sont en cours de calcul ; rechargez la page dans un instant.',
    computed: (instant) => `État du ${instant}.`,
    stale: 'Quelque chose a changé depuis ; les chiffres sont en cours de mise à jour.',
    period: 'Période',
    customers: 'Clients',
    frequency: 'Commandes par client',
    aov: 'Panier moyen',
    median: (amount) => `médiane ${amount}`,
    revenue: 'Chiffre d’affaires',
    times: 'fois',
    equals: 'égale',
    ofOrders: (_, count) => `sur ${count} commandes`,
    change: (change, from, period) => `${change} par rapport à ${from}, ${period}`,
    noData: (period) => `${period} : pas de données`,
    running: 'Cette période est encore en cours : elle n’est pas comparée à des périodes entières.',
    firstPeriod: 'C’est la première période des données : on ne sait rien d’avant.',
    anonymous: (count, orders, revenue) =>
      `S’y ajoutent ${orders} ${count < 2 ? 'commande' : 'commandes'} sans adresse e-mail, pour ${revenue}.`,
  },
  overTime: {
    title: 'Nouveaux et récurrents',
    lead: 'Le panier moyen des nouveaux clients et des clients récurrents.',
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
    gap: 'Écart',
    orders: 'Commandes',
    chart:
      'Panier moyen des nouveaux clients et des clients récurrents dans le temps, avec le nombre de commandes en dessous',
    allNew: 'tous nouveaux',
    begins: 'début des données',
    runs: 'en cours',
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
  },
  says: {
    title: 'Ce que cela dit',
    noOrders: 'Aucune commande n’a encore été comptée.',
    nothingOver: (period) =>
      `${period} : c’est la première période, encore en cours ; il n’y a encore rien à comparer.`,
    running: (period) => `${period} : encore en cours, n’entre dans aucune comparaison.`,
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
  },
  distribution: {
    title: 'Comment se répartissent les clients',
    lead: 'Chaque client selon la moyenne de toutes ses commandes, en échelle logarithmique. Faites glisser les deux limites, ou déplacez-les avec les flèches.',
    chart: 'Nombre de clients selon leur panier moyen, en échelle logarithmique',
    lower: 'Limite entre bas et moyen',
    upper: 'Limite entre moyen et haut',
    apply: 'Afficher ces limites',
    configured: 'Les limites sont celles de la configuration.',
    example: 'Aucune tranche n’est configurée : ces limites sont un exemple qui coupe les clients en tiers.',
    chosen: 'Ces limites sont seulement regardées : ce qui est dans la configuration reste tel quel.',
    bands: 'Tranches',
    band: { low: 'Basse', mid: 'Moyenne', high: 'Haute' },
    ranges: {
      low: (price) => `moins de ${price}`,
      mid: (low, high) => `de ${low} à ${high}`,
      high: (price) => `plus de ${price}`,
    },
    columns: {
      band: 'Tranche',
      range: 'Commande moyenne',
      customers: 'Clients',
      customerShare: 'Part',
      orders: 'Commandes',
      orderShare: 'Part',
      revenue: 'Chiffre d’affaires',
      revenueShare: 'Part',
    },
    from: 'De',
    below: 'Moins de',
    storeAov: (amount) => `boutique ${amount}`,
    median: (amount) => `médiane ${amount}`,
    none: 'Aucun client n’a encore de commande comptée.',
  },
  matrix: {
    title: 'Quatre sortes de clients',
    lead: (aov) => `Les clients selon leur statut d’aujourd’hui et la moyenne de la boutique, ${aov}.`,
    new: 'Nouveaux',
    recurring: 'Récurrents',
    newNote: 'une commande',
    recurringNote: 'deux commandes ou plus',
    below: (aov) => `moins de ${aov}`,
    above: (aov) => `${aov} ou plus`,
    customers: many('client', 'clients'),
    aov: (aov) => `panier ${aov}`,
    plays: {
      upsell: {
        name: 'Vente additionnelle',
        text: 'Lots et « ajoutez-en un » sur le premier panier ; la confiance avant les remises.',
      },
      'careful-post-purchase': {
        name: 'Suivi soigné',
        text: 'Un parcours soigné après l’achat, sans remise : gardez leur confiance.',
      },
      bundles: {
        name: 'Lots',
        text: 'Lots, livraison offerte à partir d’un montant. Pour des biens techniques, c’est normal et ce n’est pas un défaut.',
      },
      vip: { name: 'VIP', text: 'Accès en avant-première, nouveautés et articles plus chers ; peu ou pas de remises.' },
    },
    segment: (name, members) => `Segment « ${name} » : ${members} dans Klaviyo`,
    noSegment: 'Aucun segment n’est configuré pour eux.',
    table: {
      type: 'Clients',
      side: 'Leur commande moyenne',
      customers: 'Combien',
      orders: 'Commandes',
      revenue: 'Chiffre d’affaires',
      aov: 'Panier moyen',
      play: 'Action',
    },
  },

  runs: {
    title: 'Exécutions',
    intro: 'Tout ce que Scontrino a fait : lire la boutique, calculer, mettre Klaviyo à jour.',
    syncNow: 'Synchroniser maintenant',
    queued: 'Une synchronisation va commencer ; vous pouvez la suivre ci-dessous.',
    live: 'En ce moment',
    idle: 'Rien n’est en cours.',
    offline: 'La connexion est interrompue ; ce que vous voyez n’est peut-être plus à jour.',
    history: 'Historique',
    none: 'Rien n’a encore été exécuté.',
    columns: { started: 'Début', job: 'Quoi', state: 'État', took: 'Durée', outcome: 'Résultat' },
    states: { running: 'en cours', waiting: 'en attente', done: 'réussie', failed: 'échouée' },
    triggers: {
      cron: 'selon le calendrier',
      cli: 'depuis la ligne de commande',
      http: 'à la demande',
      webhook: 'à l’appel de la boutique',
    },
    attempt: (attempt) => `tentative ${attempt}`,
    goesOn: (instant) => `reprend le ${instant}`,
    progress: (done, total) => (total === null ? done : `${done} sur ${total}`),
    nothing: 'rien à faire',
    technical: 'Détails',
    paused: (connector, since) => `${connector} est en pause depuis le ${since} : sa clé a été refusée.`,
    pausedAdvice:
      'La reprise a lieu dès que la configuration contient une nouvelle clé, ou que « scontrino check » réussit.',
  },
  jobs: {
    'ingest-webhook': 'Recevoir les notifications de la boutique',
    'pull-orders': 'Lire les commandes',
    'compute-aggregates': 'Calculer les clients',
    'compute-store': 'Calculer les chiffres de la boutique',
    'push-profiles': 'Envoyer les profils à Klaviyo',
    'sync-segments': 'Tenir les segments',
    sync: 'Synchronisation',
    'count-segments': 'Compter les membres des segments',
  },
  steps: {
    pulling: (source) => `lecture de ${source}`,
    webhooks: (source) => `notifications de ${source}`,
    others: {
      computing: 'calcul',
      'pushing profiles': 'envoi des profils',
      'comparing segments': 'comparaison des segments',
    },
  },
  counts: {
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
  },
  errors: {
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
    E_ABORTED: {
      what: 'Elle a été interrompue.',
      advice: 'Il n’y a rien à faire : la prochaine exécution reprend à cet endroit.',
    },
    E_BUG: { what: 'Une erreur de notre part.', advice: 'Montrez les détails à la personne qui a installé Scontrino.' },
  },

  thresholds: thresholdsFr,

  rejects: {
    title: 'Ce qui n’a pas pu être utilisé',
    none: 'Tous les enregistrements étaient lisibles et Klaviyo a accepté tous les profils.',
    deadLetters: 'Enregistrements de la boutique qui n’ont pas pu être lus',
    refused: 'Profils refusés par Klaviyo',
    columns: {
      source: 'Source',
      place: 'Endroit',
      field: 'Champ',
      reason: 'Motif',
      seen: 'Vu en dernier',
      profile: 'Profil',
      at: 'Refusé',
    },
    more: (limit) => `Seuls les ${limit} premiers sont affichés.`,
    retry: 'Réessayer',
    retryHint:
      'Les profils refusés sont renvoyés, et les sources qui ont des enregistrements illisibles sont relues depuis le début, lors d’une nouvelle synchronisation.',
    busy: 'La boutique est en cours de lecture. Réessayez quand ce sera terminé.',
  },

  segments: {
    title: 'Segments',
    intro: 'Les groupes de Klaviyo que Scontrino tient : ce qu’ils contiendront, avant qu’ils existent et après.',
    none: 'Aucun segment n’est configuré.',
    known: 'Ce que Scontrino tient dans Klaviyo',
    standings: {
      create: 'n’est pas encore dans Klaviyo',
      update: 'est à mettre à jour dans Klaviyo',
      drifted: 'a été modifié dans Klaviyo',
      unchanged: 'est comme il doit être',
      unwanted: 'n’est plus configuré',
    },
    findings: {
      fits: 'correspond',
      'not-yet': 'trop tôt pour le dire',
      empty: 'est vide',
      off: 'n’a pas la taille prévue',
    },
    causes: {
      'just-changed': () => 'il a changé depuis si peu que Klaviyo ne l’a pas encore rempli',
      processing: () => 'Klaviyo y travaille encore',
      'just-pushed': (text) => `${text} profils ont été envoyés il y a quelques minutes ; ils suivront`,
      'not-counted': () => 'il n’a pas encore été compté',
      drifted: () => 'quelqu’un l’a modifié dans Klaviyo',
      'not-applied': () => 'la configuration demande désormais autre chose, qui n’est pas encore appliqué',
      'no-profile': (text) => `${text} clients n’ont pas de profil dans Klaviyo, et il n’en est pas créé`,
      refused: (text) => `Klaviyo a refusé les profils de ${text} clients`,
      pending: (text) => `les profils de ${text} clients restent à envoyer`,
      'prefix-changed': (text) =>
        `les propriétés s’appelaient ${text}… auparavant ; des profils peuvent encore les porter`,
      'to-be-cleared': (text) => `${text} profils de personnes qui ne sont plus clientes portent encore nos propriétés`,
      'not-pushed-by-us': (text) => `${text} profils portent la propriété sans que Scontrino l’ait envoyée`,
      'looked-at-daily': () => 'il demande depuis combien de temps, ce que Klaviyo regarde une fois par jour',
      'own-figures': () => 'il suit les chiffres de Klaviyo, selon les règles de Klaviyo',
      slow: () => 'rien ne l’explique ; Klaviyo a déjà été aussi lent',
      unknown: () => 'rien de connu ne l’explique',
    },
    fewerMembers: (count) =>
      `attendus là-bas : ${count}, car seuls les clients qui ont un profil peuvent en être membres`,
    countedAt: (instant) => `compté le ${instant}`,
    lastChange: (kind, instant) => `${kind} le ${instant}`,
    changes: { create: 'créé', update: 'mis à jour', adopt: 'adopté' },
    theirFigures: 'Il suit les chiffres de Klaviyo ; clients et chiffre d’affaires sont ici selon les nôtres.',
    missingFigures: 'Il suit les chiffres de Klaviyo, et aucun profil examiné n’en a : il resterait vide.',
    look: 'Comparer avec Klaviyo',
    lookHint: 'Regarde dans Klaviyo et montre ce qui changerait. Regarder ne change rien.',
    plan: 'Plan',
    columns: {
      segment: 'Segment',
      customers: 'Clients',
      orders: 'Commandes',
      revenue: 'Chiffre d’affaires',
      state: 'État',
      members: 'Dans Klaviyo',
      action: 'Ce qui se passe',
    },
    actions: {
      create: 'sera créé',
      update: 'sera mis à jour',
      drifted: 'a été modifié dans Klaviyo ; sera rétabli',
      unchanged: 'est comme il doit être',
      adopt: 'existe déjà et devient le nôtre',
      unwanted: 'n’est plus configuré ; reste tel quel',
      blocked: 'ne peut être créé : un autre segment porte ce nom',
    },
    differences: 'Ce qui diffère',
    difference: (path, from, to) => `${path} : ${from} → ${to}`,
    nothingThere: 'rien',
    flow: (flow, status) => `Le flux « ${flow} » (${status}) en part : qui y entre peut recevoir des e-mails.`,
    flowsUnseen: 'Notre clé ne peut pas lire les flux : l’un d’eux peut en partir sans que nous le voyions.',
    apply: 'Appliquer le plan',
    confirm: 'Oui, modifier ces segments dans Klaviyo',
    quota: (creates, createsLeft, updates, updatesLeft) =>
      `Cela prend ${creates} des ${createsLeft} segments que Klaviyo nous laisse créer aujourd’hui, et ${updates} des ${updatesLeft} qu’il nous laisse modifier.`,
    quotaShort: 'C’est plus qu’il n’en reste aujourd’hui : le reste doit attendre, appliquez de nouveau demain.',
    nothingToApply: 'Il n’y a rien à appliquer.',
    changed:
      'Quelque chose a changé depuis que vous avez regardé. Voici le plan tel qu’il est ; rien n’a été appliqué.',
    busy: 'Une synchronisation travaille sur les segments en ce moment. Réessayez quand elle aura fini.',
    applied: 'Ce qui a été fait',
    outcomes: {
      created: 'créé',
      updated: 'mis à jour',
      'put back': 'rétabli',
      adopted: 'adopté',
      deleted: 'supprimé',
      unchanged: 'inchangé',
      kept: 'conservé',
      blocked: 'bloqué : un autre segment porte ce nom',
      held: 'retenu : un flux en part',
      drifted: 'laissé tel que modifié dans Klaviyo',
      unfounded: 'pas écrit : Klaviyo n’a pas de chiffres sur lesquels se fonder',
      deferred: 'doit attendre que Klaviyo en permette davantage',
    },
    confirmMissing: 'Cochez la case pour confirmer.',
  },
}
