function many(one: string, more: string): (count: number, text: string) => string {
  return (count, text) => `${text} ${count === 1 ? one : more}`
}

/** Four kinds of customers, in English. */
export const matrixEn = {
  title: 'Four kinds of customers',
  lead: (aov: string) => `Customers by today’s status and by the shop’s average of ${aov}.`,
  new: 'New',
  recurring: 'Recurring',
  newNote: 'one order',
  recurringNote: 'two orders or more',
  below: (aov: string) => `below ${aov}`,
  above: (aov: string) => `${aov} or more`,
  customers: many('customer', 'customers'),
  aov: (aov: string) => `AOV ${aov}`,
  plays: {
    upsell: { name: 'Upsell', text: 'Bundles and “add one more” on the first basket; trust before discounts.' },
    'careful-post-purchase': {
      name: 'Careful follow-up',
      text: 'A careful path after the purchase, no discount: keep their trust.',
    },
    bundles: {
      name: 'Bundles',
      text: 'Bundles, free shipping from a value on. For technical goods this is normal and no fault.',
    },
    vip: { name: 'VIP', text: 'Early access, new and dearer releases; little or no discount.' },
  },
  segment: (name: string, members: string) => `Segment “${name}”: ${members} in Klaviyo`,
  partsAt: (price: string) => `(the segment parts at ${price})`,
  noSegment: 'No segment for them is configured.',
  table: {
    type: 'Customers',
    side: 'Their average order',
    customers: 'How many',
    orders: 'Orders',
    revenue: 'Revenue',
    aov: 'AOV',
    play: 'Play',
  },
}
