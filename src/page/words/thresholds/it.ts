import type { Words } from '../words.ts'

/** Where to cut, in Italian. */
export const thresholdsIt: Words['thresholds'] = {
  title: 'Soglie',
  intro:
    'Quanto spendono i tuoi clienti per ordine, e come li dividono due soglie. Trascina le linee o spostale con i tasti freccia: i numeri seguono subito, e provare non cambia nulla.',
  none: 'Nessun cliente ha ancora un ordine che conta: non c’è nulla da dividere.',
  bands: { low: 'Bassa', mid: 'Media', high: 'Alta' },
  below: (price) => `sotto ${price}`,
  between: (low, high) => `${low} – ${high}`,
  above: (price) => `sopra ${price}`,
  chart: 'Clienti per scontrino medio',
  axis: 'Scontrino medio di un cliente; a distanze uguali corrispondono proporzioni uguali.',
  median: (amount) => `Cliente mediano: metà spende al massimo ${amount} per ordine`,
  mean: (amount) => `Lo scontrino medio del negozio è ${amount}`,
  nothing: (customers) =>
    `Uno scontrino medio pari o inferiore a zero non trova posto su questo asse (clienti: ${customers}). Conta nella fascia più bassa.`,
  lowThreshold: 'Soglia inferiore',
  highThreshold: 'Soglia superiore',
  lowValue: (price, customers, share) => `${price}; clienti sotto: ${customers}, ${share}`,
  highValue: (price, customers, share) => `${price}; clienti sopra: ${customers}, ${share}`,
  apply: 'Mostra',
  rounded: (low, high) =>
    `Le tue fasce si dividono a ${low} e ${high}. Le linee stanno il più vicino possibile: su questo asse, a prezzi di tre cifre, dove i clienti si possono contare con esattezza.`,
  remarks: {
    noAmount: (typed, price) => `«${typed}» non è un importo come 60 o 49,90. La linea resta a ${price}.`,
    notPositive: (typed, price) => `Una soglia sta sopra lo zero, e «${typed}» no. La linea resta a ${price}.`,
    ambiguous: (typed, price) =>
      `«${typed}» si può leggere in due modi: scrivi le migliaia senza segni in mezzo. La linea resta a ${price}.`,
    beyond: (typed, price) => `«${typed}» è fuori da questo asse. La linea sta alla sua fine, ${price}.`,
    swapped: (typed, price) =>
      `«${typed}» era scritto al posto dell’altra linea: le due sono state scambiate, e questa sta a ${price}.`,
    rounded: (typed, price) =>
      `«${typed}» è diventato ${price}: le linee stanno a prezzi di tre cifre, dove i clienti si possono contare con esattezza.`,
    read: (typed, price) => `«${typed}» è stato letto come ${price}.`,
    gaveWay: (_typed, price) => `Spostata a ${price}, perché la linea inferiore deve stare sotto quella superiore.`,
  },
  figures: {
    title: 'Che cosa contiene ogni fascia',
    range: 'Scontrino medio',
    customers: 'Clienti',
    customerShare: 'Quota dei clienti',
    orders: 'Ordini',
    revenue: 'Ricavi',
    revenueShare: 'Quota dei ricavi',
    aov: 'Scontrino medio della fascia',
  },
  shares: { customers: 'Clienti', revenue: 'Ricavi' },
  table: {
    title: 'Clienti per scontrino medio',
    range: 'Scontrino medio di un cliente',
    customers: 'Clienti',
    share: 'Quota',
    orders: 'Ordini',
    revenue: 'Ricavi',
  },
  advice: {
    title: 'Dove dividere',
    intro:
      'Quattro modi di dividere, calcolati sui tuoi clienti. Con più classi ogni modo si adatta meglio: confronta modi con le stesse classi.',
    show: 'Mostra i consigli',
    waiting: 'Sto calcolando i consigli…',
    failed: 'In questo momento non è stato possibile calcolare i consigli.',
    methods: {
      store_aov: 'Allo scontrino medio del negozio',
      store_median: 'Al cliente mediano',
      quantiles: 'Classi di uguale grandezza',
      natural_breaks: 'Interruzioni naturali',
    },
    means: {
      store_aov:
        'La divisione abituale. Pochi ordini grandi la spingono in alto, così che di solito la maggior parte dei clienti sta sotto.',
      store_median: 'Metà dei clienti da ogni parte.',
      quantiles: 'Lo stesso numero di clienti in ogni classe.',
      natural_breaks: 'Dove i clienti sono pochi, così che quelli di una classe si somiglino il più possibile.',
    },
    current: 'Le tue fasce di oggi',
    and: (first, second) => `${first} e ${second}`,
    fit: (share) => `Le classi spiegano il ${share} delle differenze fra i clienti.`,
    cut: (price, raw, low, high, share) =>
      `${price}, arrotondato da ${raw}. Se per caso fossero venuti altri clienti, starebbe fra ${low} e ${high} in 95 casi su 100, ed entro il 10% da ${price} nel ${share} dei casi.`,
    details: 'Quanto è sicuro',
    classRange: 'Classe',
    put: 'Metti qui le linee',
    putLow: 'Come linea inferiore',
    putHigh: 'Come linea superiore',
    from: (price) => `da ${price}`,
    fromBelow: (low, high) => `da ${low}, sotto ${high}`,
    all: 'tutti',
    warnings: {
      fewCustomers: (customers) => `I clienti sono così pochi (${customers}) che ogni quota si regge su una manciata.`,
      fewValues: (classes) => `Ci sono soltanto ${classes} scontrini medi diversi.`,
      samePrice: (price) => `Due divisioni cadono a ${price}: basterebbero meno classi.`,
      edge: (price) => `${price} è lo scontrino medio più basso o più alto che ci sia.`,
      emptyClass: (range) => `Nessuno è in «${range}».`,
      smallClass: (range, share) => `«${range}» contiene solo il ${share} dei clienti.`,
      largeClass: (range, share) => `«${range}» contiene il ${share} dei clienti: ne distingue pochi.`,
      unstable: (price, share) =>
        `${price} è frutto del caso: solo il ${share} dei ricampionamenti ci arriva entro il 10%.`,
    },
  },
  yaml: {
    title: 'Farne le tue fasce',
    intro: (account) =>
      `Scontrino fa ciò che dice la sua configurazione, e questa pagina non la scrive. Queste righe sono per l’account «${account}» di scontrino.yaml: cambiale lì, o mandale a chi lo ha installato; al resto pensa la prossima sincronizzazione.`,
    add: 'Lì non si dice ancora nulla di fasce. Aggiungi:',
    replace: (line) => `Lì le fasce sono già configurate. Al posto di «${line}» metti:`,
    fix: (line, low, high) =>
      `Le tue fasce seguono il negozio: «${line}», oggi ${low} e ${high}. Al suo posto questo le fisserebbe, e non si muoverebbero più con il negozio:`,
    follow:
      'Oppure, al suo posto, questo: continua a seguire il negozio, e oggi cade all’incirca dove stanno le linee:',
    same: 'Le linee stanno dove sono configurate le tue fasce: non c’è nulla da cambiare.',
    addEntry: 'Per un segmento di ogni fascia, aggiungi questa voce ai segmenti che ci sono:',
    addSegments: 'Per un segmento di ogni fascia, aggiungi:',
    family: 'I segmenti delle fasce cambiano con loro, da soli.',
    ownSegments: (names) =>
      `Segmenti di singole fasce sono già configurati: ${names}. Non aggiungerne altri per gli stessi clienti. Gli importi scritti lì non seguono le fasce: cambiali anche lì.`,
    copy: 'Copia',
    copied: 'Copiato.',
  },
}
