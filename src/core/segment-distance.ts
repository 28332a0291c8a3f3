import type { AccountSettings } from './account.ts'
import { type AovBand, bordersOfNextOrder } from './band.ts'
import { orderIntoBands } from './band-distance.ts'
import { toBandRule } from './following.ts'
import type { StoredAggregate } from './ledger.ts'
import { toMajor } from './money.ts'
import { type OrderValueRange, oneMoreOrder, toOrderValueRange } from './one-more-order.ts'
import type { AovPolicy } from './policy.ts'
import { AOV_BANDS } from './property-names.ts'
import type { DateCondition, NumericCondition, SegmentCondition, TextCondition } from './segment.ts'
import { conditionHolds, DAY_MS, isDateCondition, isTextCondition, wantedWords } from './segment-condition.ts'
import { toUnitRange, type UnitRange } from './unit-range.ts'

/**
 * How far a customer is from the border of a condition. `order`: one more order worth this much makes it hold.
 * `orders`: so many more orders of any value. `revenue`: so much more, in however many orders; `toMinor` null: or more.
 * `enters`, `leaves`: the mere passing of time makes it hold, or ends it, at an instant.
 */
export type SegmentDistance =
  | ({ readonly kind: 'order' } & OrderValueRange)
  | { readonly kind: 'orders'; readonly count: number }
  | ({ readonly kind: 'revenue' } & OrderValueRange)
  | { readonly kind: 'enters' | 'leaves'; readonly at: Date }

/** What a distance depends on besides the condition. */
export interface Standing {
  readonly aggregate: StoredAggregate | null
  readonly settings: Pick<AccountSettings, 'currency' | 'timezone' | 'policy' | 'bands'>
  readonly now: Date
}

/**
 * What would make a condition hold that does not, or when time will end one that does. Null: nothing that can be said
 * in one of those ways, be it that no order helps, or that it holds for good.
 */
export function distanceTo(condition: SegmentCondition, holds: boolean, standing: Standing): SegmentDistance | null {
  if (isDateCondition(condition)) return dateDistance(condition, holds, standing)
  if (holds) return null
  return isTextCondition(condition) ? textDistance(condition, standing) : numericDistance(condition, standing)
}

function numericDistance(condition: NumericCondition, { aggregate, settings }: Standing): SegmentDistance | null {
  const { currency, policy } = settings
  const money = () => toUnitRange(condition, (minor) => toMajor(minor, currency))
  const smallestMinor = smallestOrder(policy)
  const afterOrder = (sum: { orderCount: number; revenueMinor: number }): SegmentDistance | null => {
    const range = oneMoreOrder(sum, money(), smallestMinor)
    return range === null ? null : { kind: 'order', ...range }
  }
  const orderCount = aggregate?.orderCount ?? 0
  const revenueMinor = aggregate?.revenueMinor ?? 0
  switch (condition.property) {
    case 'aov':
      return afterOrder({ orderCount, revenueMinor })
    case 'aov_12m':
      return afterOrder({
        orderCount: aggregate?.orderCount12m ?? 0,
        revenueMinor: aggregate?.revenue12mMinor ?? 0,
      })
    case 'order_count': {
      const more = climb(
        orderCount,
        toUnitRange(condition, (count) => count),
        1,
      )
      return more === null ? null : { kind: 'orders', count: more.fromMinor }
    }
    case 'net_revenue': {
      const more = climb(revenueMinor, money(), smallestMinor)
      return more === null ? null : { kind: 'revenue', ...more }
    }
    case 'avg_days_between_orders':
      return null
  }
}

/** How much must be added to `from`, at least `smallest`, to get into a range; null: nothing that is added helps. */
function climb(from: number, { low, high }: UnitRange, smallest: number): OrderValueRange | null {
  return toOrderValueRange(Math.max(low - from, smallest), high - from)
}

/** What an order must be worth at least to count. */
function smallestOrder({ zeroValueOrders }: AovPolicy): number {
  return zeroValueOrders === 'count' ? 0 : 1
}

function textDistance(condition: TextCondition, { aggregate, settings, now }: Standing): SegmentDistance | null {
  const wanted = wantedWords(condition)
  const { orderCount, revenueMinor } = aggregate ?? { orderCount: 0, revenueMinor: 0 }
  const firstOrderSays = (word: string): SegmentDistance | null =>
    orderCount === 0 && wanted.includes(word) ? { kind: 'orders', count: 1 } : null
  const intoBands = (bands: readonly AovBand[]): SegmentDistance | null => {
    const rule = toBandRule(settings)
    if (rule === null) return null
    const held = heldBand(aggregate)
    const sum = { orderCount, revenueMinor }
    const borders = bordersOfNextOrder(held, rule, now)
    const { currency, policy } = settings
    const range = borders === null ? null : orderIntoBands(bands, sum, borders, currency, smallestOrder(policy))
    return range === null ? null : { kind: 'order', ...range }
  }
  switch (condition.property) {
    case 'aov_currency':
      return firstOrderSays(settings.currency)
    case 'aov_policy':
      return firstOrderSays(settings.policy.name)
    case 'customer_type':
      return firstOrderSays('new') ?? (wanted.includes('recurring') ? { kind: 'orders', count: 2 - orderCount } : null)
    case 'aov_band':
      return intoBands(AOV_BANDS.filter((band) => wanted.includes(band)))
    case 'aov_segment': {
      const type = orderCount === 0 ? 'new' : 'recurring'
      return intoBands(AOV_BANDS.filter((band) => wanted.includes(`${type}_${band}`)))
    }
  }
}

function heldBand(aggregate: StoredAggregate | null) {
  if (aggregate === null || aggregate.band === null || aggregate.bandSince === null) return null
  return { band: aggregate.band, since: aggregate.bandSince }
}

function dateDistance(
  condition: DateCondition,
  holds: boolean,
  { aggregate, settings, now }: Standing,
): SegmentDistance | null {
  const at = aggregate === null ? null : dateOf(aggregate, condition)
  if (holds) {
    if (condition.operator !== 'inLastDays' || at === null) return null
    return { kind: 'leaves', at: new Date(at.getTime() + condition.value * DAY_MS) }
  }
  if (condition.operator === 'inLastDays' && at !== null && at > now) return { kind: 'enters', at }
  // The first order stays the first; an order that is placed now moves the others.
  if (condition.property === 'first_order_at' && at !== null) return null
  const { timezone } = settings
  return conditionHolds(condition, now.toISOString(), { timezone, now }) ? { kind: 'orders', count: 1 } : null
}

function dateOf(aggregate: StoredAggregate, { property }: Pick<DateCondition, 'property'>): Date {
  if (property === 'first_order_at') return aggregate.firstOrderAt
  return property === 'last_order_at' ? aggregate.lastOrderAt : aggregate.changedAt
}
