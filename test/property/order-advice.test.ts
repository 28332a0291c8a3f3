import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aggregateCustomer } from '../../src/core/customers/aggregates.ts'
import type { OrderValueRange } from '../../src/core/explanation/one-more-order.ts'
import type { OrderAdvice } from '../../src/core/explanation/order-advice.ts'
import type { ValuedOrder } from '../../src/core/orders/order-value.ts'
import { POLICIES } from '../../src/core/orders/policy.ts'
import type { SegmentSpec } from '../../src/core/segments/segment.ts'
import { judgeSegment, type SegmentJudgement } from '../../src/core/segments/segment-membership.ts'
import { SETTINGS } from '../support/ledger.ts'
import { anyInstant, NOW } from '../support/ledger-arbitraries.ts'
import {
  anyBands,
  anyComparison,
  anyDateCondition,
  anySegment,
  anyTextCondition,
} from '../support/segment-arbitraries.ts'
import { toStored } from '../support/stored-aggregate.ts'

const DAYS = ['2025-06-15', '2026-06-15', '2026-06-16']
const DAY_MS = 86_400_000

interface Bought {
  readonly placedAt: Date
  readonly totalMinor: number
}

const minor = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom(99, 100, 110, 150, 151, 200, 300, 3_100))
const history = fc.array(
  fc.record<Bought>({
    placedAt: fc.oneof(
      anyInstant.filter((at) => at <= NOW),
      fc.integer({ min: 0, max: 100 }).map((days) => new Date(NOW.getTime() - days * DAY_MS)),
    ),
    totalMinor: minor,
  }),
  { maxLength: 5 },
)
const account = fc
  .record({ policy: fc.constantFrom(POLICIES.net, POLICIES.gross), bands: fc.option(anyBands) })
  .map((some) => ({ ...SETTINGS, ...some }))
type Account = typeof account extends fc.Arbitrary<infer T> ? T : never

/** Some that many orders are within reach of: several questions that further orders answer differently. */
const tangled: fc.Arbitrary<SegmentSpec> = fc
  .array(
    fc.record({
      any: fc.array(
        fc.oneof(
          anyComparison(['aov', 'net_revenue'], fc.constantFrom(1, 1.5, 2, 3, 10, 31)),
          anyComparison(['order_count', 'avg_days_between_orders'], fc.constantFrom(1, 2, 3, 4, 10, 30.5)),
          anyTextCondition,
          anyDateCondition(DAYS),
        ),
        { minLength: 1, maxLength: 2 },
      ),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((all) => ({ key: 'k', name: 'n', basis: 'property', all }))
const segment = fc.oneof(tangled, anySegment(DAYS))

/** The oracle: everything is computed anew from the orders. */
function judgeAt(spec: SegmentSpec, bought: readonly Bought[], settings: Account, now: Date): SegmentJudgement {
  const orders = bought.map((order): ValuedOrder => {
    return { ...order, currency: settings.currency, refundedMinor: 0, state: 'placed', test: false }
  })
  return judgeSegment(spec, toStored(aggregateCustomer(orders, [], settings, now), settings, now), settings, now)
}

const isInWith = (spec: SegmentSpec, bought: readonly Bought[], settings: Account, more: readonly number[], at = NOW) =>
  judgeAt(spec, [...bought, ...more.map((totalMinor) => ({ placedAt: at, totalMinor }))], settings, at).isIn

/** Both ends of a range, something between them, and something far above where it is open. */
function samples({ fromMinor, toMinor }: OrderValueRange): number[] {
  const last = toMinor ?? fromMinor + 1_000_000
  return [fromMinor, Math.floor((fromMinor + last) / 2), last]
}

/** The orders that an advice speaks of, each a way to follow it. */
function waysOf(advice: OrderAdvice, smallest: number): { readonly more: readonly number[]; readonly at: Date }[] {
  switch (advice.kind) {
    case 'order':
      return samples(advice).map((value) => ({ more: [value], at: NOW }))
    case 'orders': {
      const { count, each = { fromMinor: smallest, toMinor: null } } = advice
      return samples(each).map((value) => ({ more: Array<number>(count).fill(value), at: NOW }))
    }
    case 'revenue':
      return samples(advice).flatMap((sum) => {
        const part = Math.max(smallest, Math.floor(sum / 3))
        const split = [part, part, sum - 2 * part]
        return [[sum], ...(split.every((value) => value >= smallest) ? [split] : [])].map((more) => ({ more, at: NOW }))
      })
    case 'timed-order': {
      const [from, until] = [advice.from ?? NOW, advice.until ?? new Date(NOW.getTime() + 3_650 * DAY_MS)]
      const middle = new Date((from.getTime() + until.getTime()) / 2)
      return [from, middle, until].flatMap((at) => [smallest, 5_000].map((value) => ({ more: [value], at })))
    }
  }
}

function adviceOf({ groups }: SegmentJudgement): OrderAdvice[] {
  const distances = groups.flatMap(({ any }) => any.flatMap(({ distance }) => distance ?? []))
  return distances.flatMap((one) => ('at' in one ? [] : [one]))
}

const smallestOf = (settings: Account) => (settings.policy.zeroValueOrders === 'count' ? 0 : 1)

describe('the orders that a customer is advised', () => {
  test('put them into the segment, whatever else it asks', () => {
    const told = new Set<string>()
    fc.assert(
      fc.property(segment, history, account, (spec, bought, settings) => {
        const judgement = judgeAt(spec, bought, settings, NOW)
        for (const advice of adviceOf(judgement)) {
          told.add(advice.kind)
          expect(judgement.isIn).toBe(false)
          for (const { more, at } of waysOf(advice, smallestOf(settings))) {
            if (more.length > 1_000) continue
            expect([advice, more, isInWith(spec, bought, settings, more, at)]).toEqual([advice, more, true])
          }
        }
      }),
      { numRuns: 6_000 },
    )
    expect([...told].sort()).toEqual(['order', 'orders', 'revenue', 'timed-order'])
  })

  test('are told wherever a single order does it', () => {
    fc.assert(
      fc.property(
        segment,
        history,
        account,
        fc.array(minor, { minLength: 4, maxLength: 4 }),
        (spec, bought, settings, guesses) => {
          const judgement = judgeAt(spec, bought, settings, NOW)
          if (judgement.isIn || adviceOf(judgement).length > 0) return
          // What time brings by itself is told instead.
          if (judgement.groups.some(({ any }) => any.some(({ distance }) => distance?.kind === 'enters'))) return
          for (const guess of guesses) {
            const value = Math.max(guess, smallestOf(settings))
            expect([value, isInWith(spec, bought, settings, [value])]).toEqual([value, false])
          }
        },
      ),
      { numRuns: 6_000 },
    )
  })

  test('come no sooner and no later than they are told to', () => {
    const condition = anyComparison(['avg_days_between_orders'], fc.constantFrom(0, 0.05, 1, 7.3, 30, 30.05, 400))
    fc.assert(
      fc.property(condition, history, account, (one, bought, settings) => {
        const spec: SegmentSpec = { key: 'k', name: 'n', basis: 'property', all: [{ any: [one] }] }
        const [advice] = adviceOf(judgeAt(spec, bought, settings, NOW))
        if (advice?.kind !== 'timed-order') return
        const isInAt = (at: Date, ms: number) => isInWith(spec, bought, settings, [500], new Date(at.getTime() + ms))
        if (advice.from !== null) expect([isInAt(advice.from, -1), isInAt(advice.from, 0)]).toEqual([false, true])
        if (advice.until !== null) expect([isInAt(advice.until, 0), isInAt(advice.until, 1)]).toEqual([true, false])
      }),
      { numRuns: 3_000 },
    )
  })
})
