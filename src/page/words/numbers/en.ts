/** The three numbers, in English. */
export const numbersEn = {
  none: 'No order has been counted yet. Once a sync has read the shop, its numbers stand here.',
  soon: 'The numbers over time are being computed; reload the page in a moment.',
  computed: (instant: string) => `As of ${instant}.`,
  stale: 'Something has changed since; the numbers are being brought up to date.',
  period: 'Period',
  customers: 'Customers',
  frequency: 'Orders per customer',
  aov: 'Average order value',
  median: (amount: string) => `median order ${amount}`,
  revenue: 'Revenue',
  times: 'times',
  equals: 'equals',
  ofOrders: (count: number, text: string) => `of ${text} ${count === 1 ? 'order' : 'orders'}`,
  rounded: ', rounded',
  change: (change: string, from: string, period: string) => `${change} from ${from}, ${period}`,
  notCompared: {
    'before-the-data': (period: string) => `${period}: no data`,
    uncomputed: (period: string) => `not compared with ${period}, whose numbers are being updated`,
    'first-period': (period: string) => `not compared with ${period}, which is not fully in the data`,
  },
  running: 'This period still runs, so it is not compared with whole ones.',
  uncomputed:
    'Orders or settings have changed: the numbers of this period are being updated, and are not compared with others until then.',
  firstPeriod: 'This is the first period of the data: nothing is known of before.',
  anonymous: (count: number, orders: string, revenue: string) =>
    `Beside these, ${orders} ${count === 1 ? 'order' : 'orders'} without an e-mail address, worth ${revenue}.`,
  leftOut: 'Orders of this period that do not count, with what was charged for them.',
  unrated: (count: number, orders: string, currencies: string) =>
    `${orders} ${count === 1 ? 'order' : 'orders'} in ${currencies} ${count === 1 ? 'has no rate: it counts' : 'have no rate: they count'} for nothing until “rates” in the configuration has one.`,
}
