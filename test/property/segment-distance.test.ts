import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aggregateCustomer } from '../../src/core/customers/aggregates.ts'
import type { OrderValueRange } from '../../src/core/explanation/one-more-order.ts'
import type { ValuedOrder } from '../../src/core/orders/order-value.ts'
import { POLICIES } from '../../src/core/orders/policy.ts'
import type { SegmentCondition } from '../../src/core/segments/segment.ts'
import { judgeSegment } from '../../src/core/segments/segment-membership.ts'
import { SETTINGS } from '../support/ledger.ts'
import { anyInstant, NOW } from '../support/ledger-arbitraries.ts'
import { anyBands, anyComparison, anyDateCondition, anyTextCondition } from '../support/segment-arbitraries.ts'
import { toStored } from '../support/stored-aggregate.ts'

const currency = fc.constantFrom('EUR', 'JPY', 'KWD')
const minor = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 100_000 }))
const history = fc.array(fc.record({ placedAt: anyInstant.filter((at) => at <= NOW), totalMinor: minor }), {
  maxLength: 6,
})
const withFuture = fc.array(fc.record({ placedAt: anyInstant, totalMinor: minor }), { maxLength: 6 })
const account = fc
  .record({ policy: fc.constantFrom(POLICIES.net, POLICIES.gross), currency, bands: fc.option(anyBands) })
  .map((some) => ({ ...SETTINGS, ...some }))
const amount = fc.oneof(
  fc.integer({ min: -2, max: 20 }),
  fc.integer({ min: 0, max: 200_000 }).map((value) => value / 1_000),
  fc.constantFrom(0, 1.005, 1e-7, 1e21, -1e21, 9e15),
)
const few = fc.constantFrom(-1, 0, 1, 2, 2.5, 3, 5, 8, 1e21)

type Bought = readonly { readonly placedAt: Date; readonly totalMinor: number }[]
type Account = typeof account extends fc.Arbitrary<infer T> ? T : never

/** What is said of one condition about a customer who bought this. */
function judge(condition: SegmentCondition, bought: Bought, settings: Account, now = NOW) {
  const orders = bought.map((order): ValuedOrder => {
    return { ...order, currency: settings.currency, refundedMinor: 0, state: 'placed', test: false }
  })
  const aggregate = aggregateCustomer(orders, [], settings, now)
  const judgement = judgeSegment({ all: [{ any: [condition] }] }, toStored(aggregate, settings, now), settings, now)
  const [judged] = judgement.groups[0]?.any ?? []
  if (judged === undefined) throw new Error('nothing was judged')
  return judged
}

const holdsWith = (condition: SegmentCondition, bought: Bought, settings: Account, ...more: readonly number[]) =>
  judge(condition, [...bought, ...more.map((totalMinor) => ({ placedAt: NOW, totalMinor }))], settings).holds

/** Checks a range of what one more order may be worth: its ends do, what lies beside them does not. */
function expectRange(
  { fromMinor, toMinor }: OrderValueRange,
  holds: (orderMinor: number) => boolean,
  settings: Account,
): void {
  const smallest = settings.policy.zeroValueOrders === 'count' ? 0 : 1
  expect(fromMinor).toBeGreaterThanOrEqual(smallest)
  expect(holds(fromMinor)).toBe(true)
  if (fromMinor > smallest) expect(holds(fromMinor - 1)).toBe(false)
  if (toMinor === null) {
    expect(holds(fromMinor * 2 + 1_000_000)).toBe(true)
  } else {
    expect(holds(toMinor)).toBe(true)
    expect(holds(toMinor + 1)).toBe(false)
  }
}

const many = { numRuns: 2_000 }

describe('the distance of a customer from a condition', () => {
  test('on AOV and its band is exactly what one more order must be worth, and nothing where no order helps', () => {
    const condition = fc.oneof(
      anyComparison(['aov', 'aov_12m'], amount),
      anyTextCondition.filter(({ property }) => property === 'aov_band' || property === 'aov_segment'),
    )
    fc.assert(
      fc.property(
        condition,
        history,
        account,
        fc.array(minor, { minLength: 5, maxLength: 5 }),
        (condition, bought, settings, guesses) => {
          const { holds, distance } = judge(condition, bought, settings)
          const holdsAfter = (orderMinor: number) => holdsWith(condition, bought, settings, orderMinor)
          if (holds) {
            expect(distance).toBeNull()
          } else if (distance === null) {
            const smallest = settings.policy.zeroValueOrders === 'count' ? 0 : 1
            for (const guess of guesses) expect(holdsAfter(Math.max(guess, smallest))).toBe(false)
          } else {
            if (distance.kind === 'orders') {
              // Nobody is recurring by one order.
              const { count, each } = distance
              const holdsWithAll = (each: number) =>
                holdsWith(condition, bought, settings, ...Array<number>(count).fill(each))
              expect(holdsAfter(guesses[0] ?? 1)).toBe(false)
              if (each !== undefined) expectRange(each, holdsWithAll, settings)
              return
            }
            if (distance.kind !== 'order') throw new Error(distance.kind)
            expectRange(distance, holdsAfter, settings)
          }
        },
      ),
      many,
    )
  })

  test('on revenue is exactly how much more it takes', () => {
    fc.assert(
      fc.property(anyComparison(['net_revenue'], amount), history, account, (condition, bought, settings) => {
        const { holds, distance } = judge(condition, bought, settings)
        if (distance === null) {
          const smallest = settings.policy.zeroValueOrders === 'count' ? 0 : 1
          if (!holds) expect(holdsWith(condition, bought, settings, smallest)).toBe(false)
          return
        }
        expect(holds).toBe(false)
        if (distance.kind !== 'revenue') throw new Error(distance.kind)
        expectRange(distance, (orderMinor) => holdsWith(condition, bought, settings, orderMinor), settings)
      }),
      many,
    )
  })

  test('on the number of orders, words and dates is exactly how many more orders it takes', () => {
    const condition = fc.oneof(
      anyComparison(['order_count'], few),
      anyTextCondition.filter(({ property }) => property !== 'aov_band' && property !== 'aov_segment'),
      anyDateCondition(['2025-06-15', '2026-06-15', '2026-06-16']),
    )
    fc.assert(
      fc.property(condition, history, account, (one, bought, settings) => {
        const { holds, distance } = judge(one, bought, settings)
        const holdsAfter = (count: number) => holdsWith(one, bought, settings, ...Array<number>(count).fill(500))
        if (holds || distance?.kind === 'enters') return
        if (distance === null) {
          for (const count of [1, 2, 3]) expect(holdsAfter(count)).toBe(false)
          return
        }
        if (distance.kind !== 'orders') throw new Error(distance.kind)
        expect(holdsAfter(distance.count)).toBe(true)
        if (distance.count > 1) expect(holdsAfter(distance.count - 1)).toBe(false)
      }),
      many,
    )
  })

  test('on a date that time will bring or end is that instant to the millisecond', () => {
    fc.assert(
      fc.property(anyDateCondition(['2026-06-15']), withFuture, account, (condition, bought, settings) => {
        const { distance } = judge(condition, bought, settings)
        if (distance?.kind !== 'enters' && distance?.kind !== 'leaves') return
        // When the numbers changed stays what it is; the rest of the story is told by the orders.
        if (condition.property === 'aov_updated_at') return
        const holdsAt = (ms: number) => judge(condition, bought, settings, new Date(distance.at.getTime() + ms)).holds
        expect([holdsAt(-1), holdsAt(0), holdsAt(1)]).toEqual(
          distance.kind === 'enters' ? [false, true, true] : [true, true, false],
        )
      }),
      many,
    )
  })
})
