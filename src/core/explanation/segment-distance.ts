import type { StoredAggregate } from '../customers/aggregate-store.ts'
import type { DateCondition, SegmentCondition, SegmentSpec } from '../segments/segment.ts'
import { DAY_MS, isDateCondition } from '../segments/segment-condition.ts'
import { adviseOrders, type OrderAdvice } from './order-advice.ts'
import type { Standing } from './order-values.ts'

/**
 * How far a customer is from the border of a condition: the orders that bring them into the segment; or `enters`, `leaves`:
 * the mere passing of time makes the condition hold, or ends it, at an instant.
 */
export type SegmentDistance = OrderAdvice | { readonly kind: 'enters' | 'leaves'; readonly at: Date }

/** When time alone will end a condition that holds, or will make one hold. Null: it does neither. */
export function timeDistance(condition: SegmentCondition, holds: boolean, standing: Standing): SegmentDistance | null {
  const { aggregate, now } = standing
  if (!isDateCondition(condition) || condition.operator !== 'inLastDays' || aggregate === null) return null
  const at = dateOf(aggregate, condition)
  if (holds) return { kind: 'leaves', at: new Date(at.getTime() + condition.value * DAY_MS) }
  return at > now ? { kind: 'enters', at } : null
}

/** What is missing for a condition that keeps the customer out of the segment. Null: nothing that time or orders bring. */
export function missingFor(
  condition: SegmentCondition,
  all: SegmentSpec['all'],
  standing: Standing,
): SegmentDistance | null {
  return timeDistance(condition, false, standing) ?? adviseOrders(condition, all, standing)
}

function dateOf(aggregate: StoredAggregate, { property }: Pick<DateCondition, 'property'>): Date {
  if (property === 'first_order_at') return aggregate.firstOrderAt
  return property === 'last_order_at' ? aggregate.lastOrderAt : aggregate.changedAt
}
