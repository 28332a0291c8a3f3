/** New against recurring, in English. */
export const overTimeEn = {
  title: 'New against recurring',
  definition: 'New means',
  definitions: {
    period: 'first bought in this period',
    rank: 'first order',
  },
  sentences: {
    period:
      'A customer whose first order ever lies in the period is new in it, with all their orders; everybody else is recurring.',
    rank: 'The first order of every customer is new; every later one is recurring, also on the same day.',
  },
  new: 'New',
  recurring: 'Recurring',
  orders: 'Orders',
  chart: 'Average order value of new and recurring customers over time, with the number of orders below',
  allNew: 'all new',
  begins: 'data begins',
  runs: 'still running',
  uncomputed: 'being updated',
  cut: 'in part',
  columns: {
    period: 'Period',
    newAov: 'New, AOV',
    newOrders: 'New, orders',
    recurringAov: 'Recurring, AOV',
    recurringOrders: 'Recurring, orders',
    gap: 'Difference',
    interval: '95% interval',
  },
  interval: (low: string, high: string) => `${low} to ${high}`,
  tooFew: 'too few orders',
}
