import { describe, expect, test } from 'vitest'
import { conditionText, distanceText, propertyText } from '../../src/cli/render/condition.ts'
import type { SegmentDistance } from '../../src/core/explanation/segment-distance.ts'
import type { SegmentCondition } from '../../src/core/segments/segment.ts'

const VIEW = { currency: 'GBP', timezone: 'Europe/London' }
const AT = new Date('2026-07-02T08:00:00Z')

describe('a condition in words', () => {
  test.each<[SegmentCondition, string]>([
    [{ property: 'aov', operator: 'gt', value: 1200 }, 'aov > £1,200.00'],
    [{ property: 'aov_12m', operator: 'gte', value: 9.5 }, 'aov_12m ≥ £9.50'],
    [{ property: 'net_revenue', operator: 'lt', value: 0 }, 'net_revenue < £0.00'],
    [{ property: 'aov', operator: 'lte', value: 99.995 }, 'aov ≤ 99.995 GBP'],
    [{ property: 'order_count', operator: 'eq', value: 3 }, 'order_count = 3'],
    [{ property: 'aov', operator: 'between', value: [60, 120] }, 'aov from £60.00 to £120.00'],
    [
      { property: 'avg_days_between_orders', operator: 'between', value: [7, 30] },
      'avg_days_between_orders from 7 to 30',
    ],
    [{ property: 'customer_type', operator: 'eq', value: 'new' }, 'customer_type = new'],
    [{ property: 'aov_band', operator: 'in', value: ['low', 'mid'] }, 'aov_band one of low, mid'],
    [{ property: 'first_order_at', operator: 'before', value: '2026-03-01' }, 'first_order_at before 2026-03-01'],
    [{ property: 'first_order_at', operator: 'after', value: '2026-03-01' }, 'first_order_at from 2026-03-01'],
    [{ property: 'last_order_at', operator: 'inLastDays', value: 1 }, 'last_order_at in the last 1 day'],
    [{ property: 'last_order_at', operator: 'inLastDays', value: 90 }, 'last_order_at in the last 90 days'],
  ])('%o', (condition, words) => {
    expect(conditionText(condition, 'GBP')).toBe(words)
  })
})

describe('a value in words', () => {
  test.each([
    ['aov', 72.67, '£72.67'],
    ['order_count', 3, '3'],
    ['aov_band', 'high', 'high'],
    ['last_order_at', AT.toISOString(), '2026-07-02 09:00 +01:00'],
    ['aov_12m', null, 'none'],
  ] as const)('%s %s', (property, value, words) => {
    expect(propertyText(property, value, VIEW)).toBe(words)
  })
})

describe('a distance in words', () => {
  test.each<[SegmentDistance, string]>([
    [{ kind: 'order', fromMinor: 6_200, toMinor: null }, 'one more order of £62.00 or more'],
    [{ kind: 'order', fromMinor: 1, toMinor: 6_200 }, 'one more order of at most £62.00'],
    [{ kind: 'order', fromMinor: 6_200, toMinor: 6_300 }, 'one more order of £62.00 to £63.00'],
    [{ kind: 'order', fromMinor: 6_200, toMinor: 6_200 }, 'one more order of exactly £62.00'],
    [{ kind: 'order', fromMinor: 1, toMinor: null }, 'one more order, of whatever worth'],
    [{ kind: 'orders', count: 1 }, 'one more order'],
    [{ kind: 'orders', count: 3 }, '3 more orders'],
    [{ kind: 'orders', count: 3, each: { fromMinor: 6_200, toMinor: null } }, '3 more orders of £62.00 or more each'],
    [{ kind: 'timed-order', from: AT, until: null }, 'one more order, from 2026-07-02 09:00:00 +01:00 on'],
    [{ kind: 'timed-order', from: null, until: AT }, 'one more order, until 2026-07-02 09:00:00 +01:00'],
    [
      { kind: 'timed-order', from: AT, until: AT },
      'one more order from 2026-07-02 09:00:00 +01:00 to 2026-07-02 09:00:00 +01:00',
    ],
    [{ kind: 'revenue', fromMinor: 10_000, toMinor: null }, 'orders of £100.00 or more in all'],
    [{ kind: 'revenue', fromMinor: 10_000, toMinor: 20_000 }, 'orders of £100.00 to £200.00 in all'],
    [{ kind: 'enters', at: AT }, 'from 2026-07-02 09:00:00 +01:00 on, by itself'],
    [{ kind: 'leaves', at: AT }, 'until 2026-07-02 09:00:00 +01:00'],
  ])('%o', (distance, words) => {
    expect(distanceText(distance, VIEW)).toBe(words)
  })
})
