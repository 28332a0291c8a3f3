import type { Words } from '../words.ts'

/** What can be said of a shop, in Italian. */
export const statementsIt: Words['says'] = {
  title: 'Che cosa ci dice',
  noOrders: 'Nessun ordine è ancora stato contato.',
  nothingOver: (period) => `${period}: è il primo periodo ed è ancora in corso; non c’è ancora nulla da confrontare.`,
  running: (period) => `${period}: è ancora in corso e non entra in nessun confronto.`,
  unread: (period, count, text) =>
    count === 1
      ? `${period}: non entra in nessun confronto, perché il negozio non è stato letto fino alla sua fine.`
      : `${period} e ciò che segue (${text} periodi in tutto): non entrano in nessun confronto, perché il negozio non è stato letto fino alla loro fine.`,
  uncomputed: (period, count, text) =>
    count === 1
      ? `${period}: si sta aggiornando e fino ad allora non entra in nessun confronto.`
      : `${period}: è il primo di ${text} periodi conclusi che si stanno aggiornando e fino ad allora non entrano in nessun confronto.`,
  allNew: (period) => `${period}: qui cominciano i dati. Tutti risultano nuovi, perché di prima non si sa nulla.`,
  historyBegins: (period) =>
    `${period}: qui cominciano i dati. Il primo ordine che si conosce di qualcuno può non essere stato il suo primo.`,
  gap: {
    more: (f) =>
      `${f.period}: i clienti ricorrenti hanno speso ${f.gap} in più per ordine rispetto ai nuovi (${f.recurringAov} contro ${f.newAov}). Non è un caso: la differenza vera sta molto probabilmente tra ${f.low} e ${f.high}.`,
    less: (f) =>
      `${f.period}: i clienti ricorrenti hanno speso ${f.gap} in meno per ordine rispetto ai nuovi (${f.recurringAov} contro ${f.newAov}). Non è un caso: la differenza vera sta molto probabilmente tra ${f.low} e ${f.high}.`,
    noise: (f) =>
      `${f.period}: i clienti ricorrenti hanno speso ${f.recurringAov} per ordine, i nuovi ${f.newAov}. La differenza può essere un caso: sta molto probabilmente tra ${f.low} e ${f.high}.`,
    'too-few': (f) =>
      `${f.period}: non ci sono abbastanza ordini per dire se i clienti ricorrenti spendono più dei nuovi (${f.recurringOrders} e ${f.newOrders} ordini).`,
  },
  spans: {
    week: (count, text) => (count === 1 ? 'Nell’ultima settimana conclusa' : `Nelle ultime ${text} settimane concluse`),
    month: (count, text) => (count === 1 ? 'Nell’ultimo mese concluso' : `Negli ultimi ${text} mesi conclusi`),
    quarter: (count, text) =>
      count === 1 ? 'Nell’ultimo trimestre concluso' : `Negli ultimi ${text} trimestri conclusi`,
  },
  gaps: {
    more: (f) =>
      `${f.span} i clienti ricorrenti hanno di solito speso di più per ordine: di più in ${f.more}, di meno in ${f.less}, troppo vicini per dirlo in ${f.unclear}.`,
    less: (f) =>
      `${f.span} i clienti ricorrenti hanno di solito speso di meno per ordine: di meno in ${f.less}, di più in ${f.more}, troppo vicini per dirlo in ${f.unclear}.`,
    noise: (f) => `${f.span} nessuna differenza tra clienti ricorrenti e nuovi è stata più che un caso.`,
    mixed: (f) =>
      `${f.span} è andata in entrambi i sensi: i clienti ricorrenti hanno speso di più in ${f.more}, di meno in ${f.less}, troppo vicini per dirlo in ${f.unclear}.`,
    'too-few': (f) =>
      `${f.span} non ci sono mai stati abbastanza ordini per distinguere i clienti ricorrenti dai nuovi.`,
  },
  advice: {
    'low-first-orders': (count, customers) =>
      `Che cosa fare: bassi sono i primi ordini. Proponi un upsell ${count === 1 ? 'al cliente' : `ai ${customers} clienti`} con un solo ordine sotto la media: pacchetti, «aggiungine uno»; prima la fiducia, poi gli sconti.`,
    'high-first-orders': (count, customers) =>
      `Che cosa fare: alti sono i primi ordini. Conserva la fiducia ${count === 1 ? 'del cliente che ha cominciato' : `dei ${customers} clienti che hanno cominciato`} sopra la media: un percorso curato dopo l’acquisto, senza sconti.`,
  },
  technical: (count, customers) =>
    `Per i beni tecnici, dove a un primo acquisto caro seguono i ricambi, è normale che ${count === 1 ? 'il cliente ricorrente sotto la media spenda' : `i ${customers} clienti ricorrenti sotto la media spendano`} meno: non è un difetto.`,
  change: {
    up: (f) => `${f.period}: lo scontrino medio è salito da ${f.from} (${f.other}) a ${f.to}, e non è un caso.`,
    down: (f) => `${f.period}: lo scontrino medio è sceso da ${f.from} (${f.other}) a ${f.to}, e non è un caso.`,
    noise: (f) =>
      `${f.period}: lo scontrino medio è ${f.to}, era ${f.from} (${f.other}); la differenza può essere un caso.`,
    'too-few': (f) =>
      `${f.period}: lo scontrino medio è ${f.to}, era ${f.from} (${f.other}); non ci sono abbastanza ordini per dire se significhi qualcosa.`,
  },
  changeMore: (customers, frequency, revenue) =>
    `Clienti ${customers}, ordini per cliente ${frequency}, ricavi ${revenue}.`,
  nothingToCompare: {
    uncomputed: (period) => `${period}: nessun confronto, perché i numeri dell’altro periodo si stanno aggiornando.`,
    before: (period) => `${period}: non si può confrontare con il periodo prima, che non è per intero nei dati.`,
    'year-before': (period) => `${period}: non si può confrontare con un anno prima, che non è per intero nei dati.`,
  },
  largest: {
    large: (f) =>
      `${f.period}: ${f.topCount === 1 ? `l’ordine più grande su ${f.orders} fa` : `i ${f.topOrders} ordini più grandi su ${f.orders} fanno`} il ${f.share} dello scontrino medio; senza è ${f.without} invece di ${f.aov}. Guarda l’ordine mediano, e se si tratta di rivenditori.`,
    common: (f) =>
      `${f.period}: ${f.topCount === 1 ? `l’ordine più grande su ${f.orders} fa` : `i ${f.topOrders} ordini più grandi su ${f.orders} fanno`} il ${f.share} dello scontrino medio, ed è comune; senza è ${f.without} invece di ${f.aov}.`,
  },
  tooFewForLargest: (period, count, orders) =>
    `${period}: ${count === 1 ? `${orders} ordine è troppo poco` : `${orders} ordini sono troppo pochi`} per dire quanto pesino i più grandi sullo scontrino medio.`,
  fewAbove: (share, above, customers, aov) =>
    `Solo il ${share} dei clienti (${above} su ${customers}) è alla media del negozio, ${aov}, o sopra: pochi grandi la tirano su. Il cliente mediano dice che cosa è tipico.`,
  anonymous: (period, share, orders) =>
    `${period}: il ${share} degli ordini (${orders}) non ha indirizzo e-mail e non è né nuovo né ricorrente.`,
}
