import type { ChangeFigures, GapFigures, GapsFigures, LargestFigures } from '../figures.ts'

/** What can be said of a shop, in English. */
export const statementsEn = {
  title: 'What it says',
  noOrders: 'No order has been counted yet.',
  nothingOver: (period: string) => `${period} is the first period and still runs: there is nothing to compare yet.`,
  running: (period: string) => `${period} still runs and is part of no comparison.`,
  unread: (period: string, count: number, text: string) =>
    count === 1
      ? `${period} is part of no comparison: the shop was not read to its end.`
      : `${period} and what follows (${text} periods in all) are part of no comparison: the shop was not read to their end.`,
  uncomputed: (period: string, count: number, text: string) =>
    count === 1
      ? `${period} is being updated, and part of no comparison until then.`
      : `${text} finished periods, the first of them ${period}, are being updated, and part of no comparison until then.`,
  allNew: (period: string) =>
    `${period} is where the data begins: everybody in it is new, because nothing is known of before.`,
  historyBegins: (period: string) =>
    `${period} is where the data begins: the first order known of somebody in it need not be their first.`,
  gap: {
    more: (f: GapFigures) =>
      `${f.period}: recurring customers spent ${f.gap} more per order than new ones (${f.recurringAov} against ${f.newAov}). That is more than chance: the true difference most likely lies between ${f.low} and ${f.high}.`,
    less: (f: GapFigures) =>
      `${f.period}: recurring customers spent ${f.gap} less per order than new ones (${f.recurringAov} against ${f.newAov}). That is more than chance: the true difference most likely lies between ${f.low} and ${f.high}.`,
    noise: (f: GapFigures) =>
      `${f.period}: recurring customers spent ${f.recurringAov} per order, new ones ${f.newAov}. The difference may be chance: it most likely lies between ${f.low} and ${f.high}.`,
    'too-few': (f: GapFigures) =>
      `${f.period}: not enough orders to tell whether recurring customers spend more than new ones (${f.recurringOrders} and ${f.newOrders} orders).`,
  },
  /** How the finished periods of late are named at the beginning of a sentence. */
  spans: {
    week: (count: number, text: string) =>
      count === 1 ? 'In the last finished week' : `Over the last ${text} finished weeks`,
    month: (count: number, text: string) =>
      count === 1 ? 'In the last finished month' : `Over the last ${text} finished months`,
    quarter: (count: number, text: string) =>
      count === 1 ? 'In the last finished quarter' : `Over the last ${text} finished quarters`,
  },
  gaps: {
    more: (f: GapsFigures) =>
      `${f.span} recurring customers usually spent more per order: more in ${f.more} of them, less in ${f.less}, too close to tell in ${f.unclear}.`,
    less: (f: GapsFigures) =>
      `${f.span} recurring customers usually spent less per order: less in ${f.less} of them, more in ${f.more}, too close to tell in ${f.unclear}.`,
    noise: (f: GapsFigures) => `${f.span} no difference between recurring and new customers was more than chance.`,
    mixed: (f: GapsFigures) =>
      `${f.span} it went both ways: recurring customers spent more in ${f.more} of them, less in ${f.less}, too close to tell in ${f.unclear}.`,
    'too-few': (f: GapsFigures) =>
      `${f.span} there were never enough orders to tell recurring customers from new ones.`,
  },
  advice: {
    'low-first-orders': (count: number, customers: string) =>
      `What to do: first orders are the low ones. Offer the ${customers} ${count === 1 ? 'customer' : 'customers'} with one order below the average an upsell: bundles, “add one more”; build trust before giving discounts.`,
    'high-first-orders': (count: number, customers: string) =>
      `What to do: first orders are the high ones. Keep the trust of the ${customers} ${count === 1 ? 'customer' : 'customers'} who began above the average: a careful path after the purchase, without a discount.`,
  },
  technical: (count: number, customers: string) =>
    count === 1
      ? 'For technical goods, where a dear first purchase is followed by supplies, it is normal that the one recurring customer below the average spends less, and no fault.'
      : `For technical goods, where a dear first purchase is followed by supplies, it is normal that the ${customers} recurring customers below the average spend less, and no fault.`,
  change: {
    up: (f: ChangeFigures) =>
      `${f.period}: AOV rose from ${f.from} (${f.other}) to ${f.to}, which is more than chance.`,
    down: (f: ChangeFigures) =>
      `${f.period}: AOV fell from ${f.from} (${f.other}) to ${f.to}, which is more than chance.`,
    noise: (f: ChangeFigures) =>
      `${f.period}: AOV was ${f.to}, and ${f.from} in ${f.other}; the difference may be chance.`,
    'too-few': (f: ChangeFigures) =>
      `${f.period}: AOV was ${f.to}, and ${f.from} in ${f.other}; there are not enough orders to tell whether that means anything.`,
  },
  changeMore: (customers: string, frequency: string, revenue: string) =>
    `Customers ${customers}, orders per customer ${frequency}, revenue ${revenue}.`,
  nothingToCompare: {
    uncomputed: (period: string) => `${period} is not compared: the numbers of the other period are being updated.`,
    before: (period: string) => `${period} cannot be compared with the period before: it is not fully in the data.`,
    'year-before': (period: string) => `${period} cannot be compared with a year before: it is not fully in the data.`,
  },
  largest: {
    large: (f: LargestFigures) =>
      `${f.period}: the ${f.topCount === 1 ? 'largest' : `${f.topOrders} largest`} of ${f.orders} orders ${f.topCount === 1 ? 'makes' : 'make'} ${f.share} of the AOV; without ${f.topCount === 1 ? 'it the AOV' : 'them it'} is ${f.without} instead of ${f.aov}. Look at the median order, and whether these are resellers.`,
    common: (f: LargestFigures) =>
      `${f.period}: the ${f.topCount === 1 ? 'largest' : `${f.topOrders} largest`} of ${f.orders} orders ${f.topCount === 1 ? 'makes' : 'make'} ${f.share} of the AOV, which is common; without ${f.topCount === 1 ? 'it the AOV' : 'them it'} is ${f.without} instead of ${f.aov}.`,
  },
  tooFewForLargest: (period: string, count: number, orders: string) =>
    `${period}: ${orders} ${count === 1 ? 'order is' : 'orders are'} too few to say what the largest make of the AOV.`,
  fewAbove: (share: string, above: string, customers: string, aov: string) =>
    `Only ${share} of customers (${above} of ${customers}) are at or above the shop’s average of ${aov}: few large ones pull it up. The median customer says what is typical.`,
  anonymous: (period: string, share: string, orders: string) =>
    `${period}: ${share} of orders (${orders}) carry no e-mail address and are neither new nor recurring.`,
}
