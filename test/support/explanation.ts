import type { RecordedOrder } from '../../src/core/customers/customer-record.ts'
import {
  explainOrder,
  explainRefund,
  startOf12Months,
  sumExplained,
} from '../../src/core/explanation/explained-orders.ts'
import type { CustomerExplanation, ForgottenExplanation } from '../../src/core/explanation/explanation.ts'
import { POLICIES } from '../../src/core/orders/policy.ts'
import { compareProperties } from '../../src/core/profiles/property-comparison.ts'
import type { SegmentCondition } from '../../src/core/segments/segment.ts'
import { judgeSegment } from '../../src/core/segments/segment-membership.ts'

const NOW = new Date('2026-07-02T08:00:00Z')
const SETTINGS = {
  currency: 'GBP',
  timezone: 'Europe/London',
  policy: { ...POLICIES.net, shipping: 'exclude' as const },
  rates: [{ currency: 'EUR', validFrom: '2026-01-01', rate: { units: 85n, scale: 2 } }],
}

function order(externalId: string, changes: Partial<RecordedOrder> = {}): RecordedOrder {
  return {
    source: 'shop',
    externalId,
    placedAt: new Date('2026-05-04T11:30:00Z'),
    currency: 'GBP',
    totalMinor: 10_000,
    refundedMinor: 0,
    state: 'placed',
    test: false,
    channel: null,
    refunds: [],
    ...changes,
  }
}

const refundedAt = new Date('2026-06-01T09:00:00Z')
const orders = [
  order('1001', { placedAt: new Date('2025-01-02T03:04:05Z'), totalMinor: 5_000 }),
  order('1002', {
    shippingMinor: 500,
    refundedMinor: 1_000,
    refunds: [{ externalId: 'r1', refundedAt, amountMinor: 1_000 }],
  }),
  order('1003', { currency: 'EUR' }),
  order('1004', { state: 'cancelled' }),
  order('gid://shopify/Order/5123456789012', { currency: 'USD' }),
].map((one) => explainOrder(one, SETTINGS, NOW))
const refunds = [
  explainRefund({ source: 'shop', externalId: 'c7', refundedAt, amountMinor: 250, currency: 'GBP' }, SETTINGS, NOW),
]

const STORED = {
  orderCount: 3,
  revenueMinor: 21_800,
  aovMinor: 7_267,
  orderCount12m: 2,
  revenue12mMinor: 16_800,
  aov12mMinor: 8_400,
  firstOrderAt: new Date('2025-01-02T03:04:05Z'),
  lastOrderAt: new Date('2026-05-04T11:30:00Z'),
  avgDaysBetweenOrdersTenths: 2437,
  recomputeAfter: new Date('2027-05-04T11:30:00Z'),
  changedAt: new Date('2026-06-01T09:05:00Z'),
  band: null,
  bandSince: null,
}

/** A segment of groups of alternatives, judged by what is stored. */
function written(key: string, groups: readonly (readonly SegmentCondition[])[]) {
  const all = groups.map((any) => ({ any }))
  const judgement = judgeSegment({ all }, STORED, { ...SETTINGS, bands: null }, NOW)
  return { key, name: `AOV | ${key}`, basis: 'property' as const, judgement }
}

/** Two addresses, five orders of which three count, and a property that somebody has changed in Klaviyo. */
export const EXPLANATION: CustomerExplanation = {
  kind: 'customer',
  account: 'main',
  currency: 'GBP',
  timezone: 'Europe/London',
  policy: SETTINGS.policy,
  at: NOW,
  email: 'anna@example.com',
  profileEmail: 'anna@example.com',
  emails: ['anna@example.com', 'anna@old.example'],
  phones: [],
  shopIds: [{ source: 'shop', externalId: '71' }],
  orders,
  refunds,
  sums: {
    lifetime: sumExplained(orders, refunds),
    last12Months: {
      since: startOf12Months(NOW),
      ...sumExplained(orders, refunds, ({ isIn12Months }) => isIn12Months),
    },
  },
  stored: STORED,
  waitingFor: null,
  isStoredCurrent: true,
  klaviyo: { isRead: true, at: NOW },
  profiles: [
    {
      email: 'anna@example.com',
      isCurrent: true,
      push: { state: 'confirmed' },
      remote: { id: '01ANNA', updatedAt: new Date('2026-06-01T09:06:00Z') },
      properties: compareProperties(
        {
          aov: 72.67,
          aov_12m: 84,
          customer_type: 'recurring',
          avg_days_between_orders: 243.7,
          first_order_at: '2025-01-02T03:04:05.000Z',
        },
        {
          aov: 99,
          aov_12m: 84,
          customer_type: 'recurring',
          avg_days_between_orders: 243.7,
          first_order_at: '2025-01-02T03:04:05+00:00',
        },
      ),
    },
    { email: 'anna@old.example', isCurrent: false, push: null, remote: null, properties: [] },
  ],
  segments: [
    {
      ...written('high', [[{ property: 'aov', operator: 'gt', value: 50 }]]),
      standing: 'unchanged',
      remoteId: 'S1',
      lastChange: { kind: 'create', at: new Date('2026-03-01T10:00:00Z') },
    },
    {
      ...written('vip', [
        [{ property: 'aov', operator: 'between', value: [120, 300] }],
        [
          { property: 'order_count', operator: 'gte', value: 5 },
          { property: 'customer_type', operator: 'in', value: ['recurring'] },
        ],
      ]),
      standing: 'drifted',
      remoteId: 'S2',
      lastChange: { kind: 'update', at: new Date('2026-03-02T10:00:00Z') },
    },
    {
      ...written('active', [[{ property: 'last_order_at', operator: 'inLastDays', value: 90 }]]),
      standing: 'create',
      remoteId: null,
      lastChange: null,
    },
    {
      ...written('theirs', [[{ property: 'aov', operator: 'gt', value: 50 }]]),
      basis: 'predictive',
      standing: 'update',
      remoteId: 'S3',
      lastChange: { kind: 'adopt', at: new Date('2026-03-03T10:00:00Z') },
      judgement: null,
    },
  ],
}

/** Somebody who was forgotten. */
export const FORGOTTEN: ForgottenExplanation = { kind: 'forgotten', account: 'main', forgottenAt: NOW }
