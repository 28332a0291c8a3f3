import { toMajor } from '../money.ts'
import type { SegmentCondition, SegmentSpec } from '../segments/segment.ts'
import { type OrderValueRange, toOrderValueRange } from './one-more-order.ts'
import { countedValues, holdsAfter, orderValues, type Standing } from './order-values.ts'
import { timedOrder } from './timed-order.ts'
import { toUnitRange, type UnitRange } from './unit-range.ts'
import { ALL_UNITS, intersectRanges, type UnitRanges, uniteRanges } from './unit-ranges.ts'

/**
 * Orders that bring a customer into a segment, not only past one of its conditions. `order`: one more, worth this much;
 * `orders`: so many more, each worth that much (absent: of any worth); `revenue`: so much more, in however many;
 * `timed-order`: one more of any worth, placed no sooner and no later than that (null: at once, or whenever).
 */
export type OrderAdvice =
  | ({ readonly kind: 'order' } & OrderValueRange)
  | { readonly kind: 'orders'; readonly count: number; readonly each?: OrderValueRange }
  | ({ readonly kind: 'revenue' } & OrderValueRange)
  | { readonly kind: 'timed-order'; readonly from: Date | null; readonly until: Date | null }

/**
 * What orders, placed now, make a condition hold and put the customer into the whole segment, the fewest and the least of
 * them. Null: none do that for certain.
 */
export function adviseOrders(
  condition: SegmentCondition,
  all: SegmentSpec['all'],
  standing: Standing,
): OrderAdvice | null {
  const inSegment = (valuesOf: (one: SegmentCondition) => UnitRanges) =>
    intersectRanges([valuesOf(condition), ...all.map(({ any }) => uniteRanges(any.map(valuesOf)))])
  const [counted] = countedValues(standing.settings)
  const isWhole = (range: UnitRange) => range.low === counted?.low && range.high === Infinity

  if (condition.property === 'net_revenue') {
    const range = toRange(
      inSegment((one) => intersectRanges([countedValues(standing.settings), revenueOf(one, standing)])),
    )
    if (range !== null) return { kind: 'revenue', ...range }
  }
  if (condition.property === 'avg_days_between_orders') {
    const isIn = (at: Date) => inSegment((one) => valuesAt(one, at, standing)).some(isWhole)
    const timed = timedOrder(condition, standing, isIn)
    if (timed !== null) return { kind: 'timed-order', ...timed }
  }
  for (const count of countsOf(all, standing)) {
    const values = inSegment((one) => orderValues(one, count, standing))
    const range = toRange(values)
    if (range === null) continue
    const isAny = values.some(isWhole)
    if (count > 1) return { kind: 'orders', count, ...(isAny ? {} : { each: range }) }
    return isAny && !asksForValue(condition) ? { kind: 'orders', count } : { kind: 'order', ...range }
  }
  return null
}

function toRange([first]: UnitRanges): OrderValueRange | null {
  return first === undefined ? null : toOrderValueRange(first.low, first.high)
}

function asksForValue({ property }: SegmentCondition): boolean {
  return property === 'aov' || property === 'aov_12m' || property === 'aov_band' || property === 'aov_segment'
}

/** Numbers of orders after which some condition changes, ascending. */
function countsOf(all: SegmentSpec['all'], { aggregate }: Standing): number[] {
  const present = aggregate?.orderCount ?? 0
  const enough = all.flatMap(({ any }) =>
    any.flatMap((one) => (one.property === 'order_count' ? [toUnitRange(one, (count) => count).low - present] : [])),
  )
  const counts = [1, 2 - present, ...enough].filter((count) => count >= 1 && Number.isSafeInteger(count))
  return [...new Set(counts)].sort((a, b) => a - b)
}

/** How much more all further orders may be worth together, however many they are. */
function revenueOf(condition: SegmentCondition, standing: Standing): UnitRanges {
  const { aggregate, settings } = standing
  if (condition.property === 'net_revenue') {
    const { low, high } = toUnitRange(condition, (minor) => toMajor(minor, settings.currency))
    const present = aggregate?.revenueMinor ?? 0
    return low <= high ? [{ low: low - present, high: high - present }] : []
  }
  if (asksForValue(condition) || condition.property === 'avg_days_between_orders') return []
  // Between two numbers of orders that do, all do; a second one may end what the first one made hold.
  return [1, 2, MOST_ORDERS].every((more) => holdsAfter(condition, more, standing)) ? ALL_UNITS : []
}

/** More than anybody places. */
const MOST_ORDERS = 1_000_000_000

/** What time changes too: orders leave the twelve months, and minimum stays end. */
const LEFT_TO_TIME: ReadonlySet<SegmentCondition['property']> = new Set(['aov_12m', 'aov_band', 'aov_segment'])

/** What one more order may be worth at another instant, where that can be told. */
function valuesAt(condition: SegmentCondition, at: Date, standing: Standing): UnitRanges {
  if (at > standing.now && LEFT_TO_TIME.has(condition.property)) return []
  return orderValues(condition, 1, { ...standing, now: at })
}
