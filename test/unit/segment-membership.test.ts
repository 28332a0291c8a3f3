import { describe, expect, it } from 'vitest'
import { aggregateCustomer } from '../../src/core/customers/aggregates.ts'
import { POLICIES } from '../../src/core/orders/policy.ts'
import type { SegmentCondition } from '../../src/core/segments/segment.ts'
import { judgeSegment } from '../../src/core/segments/segment-membership.ts'
import { SETTINGS } from '../support/ledger.ts'
import { toStored } from '../support/stored-aggregate.ts'

const NOW = new Date('2026-06-15T12:00:00Z')
const account = { ...SETTINGS, bands: { at: [60, 120], margin: null, minStayDays: null } as const }

type Account = Pick<typeof SETTINGS, 'currency' | 'timezone' | 'policy' | 'bands'>

/** A customer with one order of each amount, in minor units, a day apart, the last one a day before now. */
function customer(totals: readonly number[], settings: Account = account) {
  const orders = totals.map((totalMinor, index) => ({
    placedAt: new Date(NOW.getTime() - (totals.length - index) * 86_400_000),
    currency: settings.currency,
    totalMinor,
    refundedMinor: 0,
    state: 'placed' as const,
    test: false,
  }))
  const aggregate = aggregateCustomer(orders, [], { ...settings, rates: [] }, NOW)
  return toStored(aggregate, settings, NOW)
}

function judge(condition: SegmentCondition, totals: readonly number[], settings: Account = account) {
  const { groups } = judgeSegment({ all: [{ any: [condition] }] }, customer(totals, settings), settings, NOW)
  return groups[0]?.any[0]
}

describe('a customer judged for a segment', () => {
  it('is in it when each group holds by any of its conditions', () => {
    const all = [
      {
        any: [
          { property: 'aov', operator: 'gt', value: 100 },
          { property: 'order_count', operator: 'gte', value: 2 },
        ],
      },
      { any: [{ property: 'customer_type', operator: 'eq', value: 'recurring' }] },
    ] as const
    const { isIn, groups } = judgeSegment({ all }, customer([5_000, 5_000]), account, NOW)
    expect(isIn).toBe(true)
    expect(groups.map(({ holds, any }) => [holds, any.map((condition) => condition.holds)])).toEqual([
      [true, [false, true]],
      [true, [true]],
    ])
  })

  it('is out as soon as one group does not hold', () => {
    const all = [
      { any: [{ property: 'aov', operator: 'gt', value: 10 }] },
      { any: [{ property: 'aov_currency', operator: 'eq', value: 'GBP' }] },
    ] as const
    expect(judgeSegment({ all }, customer([5_000]), account, NOW).isIn).toBe(false)
  })

  it('is told the values that are on the profile', () => {
    const { groups } = judgeSegment(
      {
        all: [
          {
            any: [
              { property: 'aov', operator: 'gt', value: 0 },
              { property: 'customer_type', operator: 'eq', value: 'new' },
              { property: 'last_order_at', operator: 'inLastDays', value: 9 },
              { property: 'avg_days_between_orders', operator: 'gt', value: 0 },
            ],
          },
        ],
      },
      customer([4_999]),
      account,
      NOW,
    )
    expect(groups[0]?.any.map(({ actual }) => actual)).toEqual([49.99, 'new', '2026-06-14T12:00:00.000Z', null])
  })

  it('meets nothing at all without an order', () => {
    for (const condition of [
      { property: 'aov', operator: 'lt', value: 1e9 },
      { property: 'order_count', operator: 'eq', value: 0 },
      { property: 'net_revenue', operator: 'gte', value: 0 },
      { property: 'first_order_at', operator: 'before', value: '2999-01-01' },
      { property: 'customer_type', operator: 'in', value: ['new', 'recurring'] },
      { property: 'aov_currency', operator: 'eq', value: 'EUR' },
    ] satisfies SegmentCondition[]) {
      expect(judge(condition, [])).toMatchObject({ actual: null, holds: false })
    }
  })
})

describe('the distance to a border', () => {
  const distance = (condition: SegmentCondition, totals: readonly number[], settings?: Account) =>
    judge(condition, totals, settings)?.distance

  it('is the least that one more order must be worth, to the cent', () => {
    const above = { property: 'aov', operator: 'gt', value: 60 } as const
    // (58.00 + 62.01) / 2 = 60.005, which is rounded up to 60.01.
    expect(distance(above, [5_800])).toEqual({ kind: 'order', fromMinor: 6_201, toMinor: null })
    expect(distance({ ...above, operator: 'gte' }, [5_800])).toEqual({ kind: 'order', fromMinor: 6_199, toMinor: null })
  })

  it('is in whole yen where there are no cents', () => {
    const settings = { ...account, currency: 'JPY' }
    const above = { property: 'aov', operator: 'gte', value: 6_000 } as const
    expect(distance(above, [5_800], settings)).toEqual({ kind: 'order', fromMinor: 6_199, toMinor: null })
  })

  it('is the most that one more order may be worth, for whoever spends too much', () => {
    expect(distance({ property: 'aov', operator: 'lt', value: 60 }, [7_000])).toEqual({
      kind: 'order',
      fromMinor: 1,
      toMinor: 4_998,
    })
  })

  it('has two ends between two borders', () => {
    expect(distance({ property: 'aov', operator: 'between', value: [60, 120] }, [2_000, 2_000])).toEqual({
      kind: 'order',
      fromMinor: 13_999,
      toMinor: 32_001,
    })
  })

  it('is nothing where one order cannot do it', () => {
    const below = { property: 'aov', operator: 'lt', value: 60 } as const
    expect(distance(below, [30_000])).toBeNull()
    expect(distance({ property: 'aov', operator: 'eq', value: 60.001 }, [1_000])).toBeNull()
  })

  it('begins at nothing where orders of no value count', () => {
    const below = { property: 'aov', operator: 'lt', value: 60 } as const
    expect(distance(below, [7_000], { ...account, policy: POLICIES.gross })).toMatchObject({ fromMinor: 0 })
  })

  it('is an order into the nearest band that was asked for', () => {
    expect(distance({ property: 'aov_band', operator: 'in', value: ['mid', 'high'] }, [5_000])).toEqual({
      kind: 'order',
      fromMinor: 6_999,
      toMinor: null,
    })
    expect(distance({ property: 'aov_segment', operator: 'eq', value: 'recurring_mid' }, [5_000])).toEqual({
      kind: 'order',
      fromMinor: 6_999,
      toMinor: 19_000,
    })
    expect(distance({ property: 'aov_segment', operator: 'eq', value: 'new_mid' }, [5_000])).toBeNull()
  })

  it('counts the orders that are missing', () => {
    expect(distance({ property: 'order_count', operator: 'gt', value: 4 }, [1, 1])).toEqual({
      kind: 'orders',
      count: 3,
    })
    expect(distance({ property: 'order_count', operator: 'lt', value: 2 }, [1, 1])).toBeNull()
    expect(distance({ property: 'customer_type', operator: 'eq', value: 'recurring' }, [1])).toEqual({
      kind: 'orders',
      count: 1,
    })
  })

  it('is the revenue that is missing', () => {
    expect(distance({ property: 'net_revenue', operator: 'gte', value: 1_000 }, [40_000])).toEqual({
      kind: 'revenue',
      fromMinor: 60_000,
      toMinor: null,
    })
  })

  it('is when time ends what holds, and one more order for what has ended', () => {
    const within = (value: number) => ({ property: 'last_order_at', operator: 'inLastDays', value }) as const
    expect(distance(within(30), [1_000])).toEqual({ kind: 'leaves', at: new Date('2026-07-14T12:00:00Z') })
    const late = customer([1_000])
    const inAutumn = new Date('2026-10-01T00:00:00Z')
    const { groups } = judgeSegment({ all: [{ any: [within(30)] }] }, late, account, inAutumn)
    expect(groups[0]?.any[0]).toMatchObject({ holds: false, distance: { kind: 'orders', count: 1 } })
  })

  describe('in a segment that asks for more', () => {
    const NEW = { property: 'customer_type', operator: 'eq', value: 'new' } as const
    const HIGH = { property: 'aov', operator: 'gte', value: 100 } as const
    const distances = (all: readonly SegmentCondition[], totals: readonly number[]) =>
      judgeSegment({ all: all.map((one) => ({ any: [one] })) }, customer(totals), account, NOW).groups.flatMap(
        ({ any }) => any.map((one) => one.distance),
      )

    it('is no order that another rule undoes', () => {
      expect(distances([HIGH, NEW], [5_000])).toEqual([null, null])
      expect(distances([HIGH, { property: 'order_count', operator: 'lte', value: 2 }], [5_000, 5_000])).toEqual([
        null,
        null,
      ])
      expect(
        distances([HIGH, { property: 'last_order_at', operator: 'before', value: '2026-06-15' }], [5_000]),
      ).toEqual([null, null])
    })

    it('is the order that is first and high at once', () => {
      expect(distances([HIGH, NEW], [])).toEqual([
        { kind: 'order', fromMinor: 10_000, toMinor: null },
        { kind: 'order', fromMinor: 10_000, toMinor: null },
      ])
    })

    it('is as many orders as all rules need, and what each must be worth', () => {
      const both = { kind: 'orders', count: 3, each: { fromMinor: 11_666, toMinor: null } }
      expect(distances([HIGH, { property: 'order_count', operator: 'gte', value: 4 }], [5_000])).toEqual([both, both])
    })

    it('is one order where revenue must come without the average falling', () => {
      const revenue = { property: 'net_revenue', operator: 'gte', value: 300 } as const
      expect(distances([HIGH, revenue], [12_000])).toEqual([null, { kind: 'order', fromMinor: 18_000, toMinor: null }])
    })

    it('is nothing for an alternative where another one holds', () => {
      const any = [HIGH, { property: 'aov', operator: 'gt', value: 1 }] as const
      const { groups } = judgeSegment({ all: [{ any }] }, customer([5_000]), account, NOW)
      expect(groups[0]?.any.map((one) => one.distance)).toEqual([null, null])
    })
  })

  it('is when one more order is in time for the days between orders', () => {
    const days = (operator: 'lte' | 'gte', value: number, totals = [1_000, 1_000]) =>
      distance({ property: 'avg_days_between_orders', operator, value }, totals)
    // Placed on the 13th and 14th: (t - the 13th) / 2 rounds to 30 days until 60.1 days have passed.
    expect(days('gte', 30)).toEqual({ kind: 'timed-order', from: new Date('2026-08-12T09:36:00Z'), until: null })
    expect(days('lte', 0.5)).toBeNull()
    expect(
      distance({ property: 'avg_days_between_orders', operator: 'between', value: [5, 10] }, [1_000, 1_000]),
    ).toEqual({
      kind: 'timed-order',
      from: new Date('2026-06-23T09:36:00.000Z'),
      until: new Date('2026-07-03T14:23:59.999Z'),
    })
    expect(days('gte', 30, [])).toBeNull()
  })

  it('is nothing for a first order that was too long ago', () => {
    expect(distance({ property: 'first_order_at', operator: 'after', value: '2026-06-15' }, [1_000])).toBeNull()
  })

  it('is nothing where the condition holds for good', () => {
    expect(distance({ property: 'aov', operator: 'gt', value: 1 }, [1_000])).toBeNull()
    expect(distance({ property: 'first_order_at', operator: 'before', value: '2026-06-15' }, [1_000])).toBeNull()
  })
})
