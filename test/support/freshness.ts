import type { Freshness } from '../../src/core/orders/shop-reading.ts'

/** Of a shop that was read a moment ago and had an order before that. */
export const FRESH: Freshness = {
  ...{ state: 'current', by: 'month', emptyPeriods: 0, unreadPeriods: 0, failures: [], neverRead: [] },
  lastOrderAt: new Date('2026-07-31T21:14:00Z'),
  lastReadAt: new Date('2026-07-31T22:00:00Z'),
}
