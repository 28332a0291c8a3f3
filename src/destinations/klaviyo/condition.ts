import { startOfDate } from '../../core/instant.ts'
import type {
  DateCondition,
  NumericCondition,
  NumericOperator,
  PREDICTIVE_PROPERTIES,
  SegmentCondition,
} from '../../core/segments/segment.ts'
import { isDateCondition, isTextCondition } from '../../core/segments/segment-condition.ts'

/** Klaviyo's numeric operators; there is no `between` for profile properties. */
type WireOperator = 'equals' | 'greater-than' | 'greater-than-or-equal' | 'less-than' | 'less-than-or-equal'

/** The filters we send, of the fifteen that Klaviyo has. */
export type WireFilter =
  | { readonly type: 'numeric'; readonly operator: WireOperator; readonly value: number }
  | { readonly type: 'string'; readonly operator: 'equals'; readonly value: string }
  | { readonly type: 'string'; readonly operator: 'in'; readonly value: readonly string[] }
  | { readonly type: 'date'; readonly operator: 'before' | 'after'; readonly date: string }
  | { readonly type: 'date'; readonly operator: 'in-the-last'; readonly quantity: number; readonly unit: 'day' }
  | { readonly type: 'existence'; readonly operator: 'is-set' }

/** The conditions we send: on our own properties, or on Klaviyo's own figures. */
export type WireCondition =
  | { readonly type: 'profile-property'; readonly property: string; readonly filter: WireFilter }
  | { readonly type: 'profile-predictive-analytics'; readonly dimension: string; readonly filter: WireFilter }

/** Turns a property and a filter into a condition, on one of the two bases; null when the basis does not have it. */
export interface Basis {
  toCondition(property: SegmentCondition['property'], filter: WireFilter): WireCondition | null
  /** Holds for those who have a value of the property at all. */
  toPresence(property: SegmentCondition['property']): WireCondition | null
}

/** Our own properties, written by us under `prefix`. */
export function propertyBasis(prefix: string): Basis {
  function toCondition(property: string, filter: WireFilter): WireCondition {
    return { type: 'profile-property', property: `properties['${prefix}${property}']`, filter }
  }
  return {
    toCondition,
    toPresence: (property) => toCondition(property, { type: 'existence', operator: 'is-set' }),
  }
}

interface Dimension {
  readonly dimension: string
  /** The number of orders from which on Klaviyo has a value. */
  readonly fromOrders: number
}

/** What Klaviyo computes itself. */
const DIMENSIONS: Record<(typeof PREDICTIVE_PROPERTIES)[number], Dimension> = {
  aov: { dimension: 'average_order_value', fromOrders: 1 },
  order_count: { dimension: 'historic_number_of_orders', fromOrders: 1 },
  avg_days_between_orders: { dimension: 'average_days_between_orders', fromOrders: 2 },
}

function dimensionOf(property: SegmentCondition['property']): Dimension | undefined {
  return (DIMENSIONS as Partial<Record<SegmentCondition['property'], Dimension>>)[property]
}

/** Klaviyo's own figures. They take numeric filters only, so presence is asked as a number of orders. */
export const predictiveBasis: Basis = {
  toCondition(property, filter) {
    const known = dimensionOf(property)
    if (known === undefined || filter.type !== 'numeric') return null
    return { type: 'profile-predictive-analytics', dimension: known.dimension, filter }
  },
  toPresence(property) {
    const known = dimensionOf(property)
    if (known === undefined) return null
    return predictiveBasis.toCondition('order_count', {
      type: 'numeric',
      operator: 'greater-than-or-equal',
      value: known.fromOrders,
    })
  },
}

const OPERATORS: Record<Exclude<NumericOperator, 'between'>, WireOperator> = {
  gt: 'greater-than',
  gte: 'greater-than-or-equal',
  lt: 'less-than',
  lte: 'less-than-or-equal',
  eq: 'equals',
}

/** The filters that must all hold for a condition: one, or two for `between`. Dates begin as the time zone has it. */
export function toFilters(condition: SegmentCondition, timezone: string): readonly WireFilter[] {
  if (isDateCondition(condition)) return [toDateFilter(condition, timezone)]
  if (!isTextCondition(condition)) return toNumericFilters(condition)
  return condition.operator === 'in'
    ? [{ type: 'string', operator: 'in', value: condition.value }]
    : [{ type: 'string', operator: 'equals', value: condition.value }]
}

function toNumericFilters(condition: NumericCondition): readonly WireFilter[] {
  if (condition.operator !== 'between') {
    return [{ type: 'numeric', operator: OPERATORS[condition.operator], value: condition.value }]
  }
  const [from, to] = condition.value
  return [
    { type: 'numeric', operator: 'greater-than-or-equal', value: from },
    { type: 'numeric', operator: 'less-than-or-equal', value: to },
  ]
}

function toDateFilter(condition: DateCondition, timezone: string): WireFilter {
  if (condition.operator === 'inLastDays') {
    return { type: 'date', operator: 'in-the-last', quantity: condition.value, unit: 'day' }
  }
  const startMs = startOfDate(condition.value, timezone).getTime()
  // Klaviyo's `after` leaves its instant out, and whole files of orders are placed at midnight.
  const instant = new Date(condition.operator === 'after' ? startMs - 1 : startMs)
  return { type: 'date', operator: condition.operator, date: instant.toISOString() }
}

/**
 * The property whose presence must be asked besides, or null. Whether Klaviyo lets a missing number pass `less-than`
 * is not documented, nor whether it takes a missing one for 0, or for a date long ago: people without orders stay out either way.
 */
export function needsPresence(condition: SegmentCondition): SegmentCondition['property'] | null {
  switch (condition.operator) {
    case 'lt':
    case 'lte':
    case 'before':
      return condition.property
    case 'gt':
      return condition.value < 0 ? condition.property : null
    case 'gte':
      return condition.value <= 0 ? condition.property : null
    case 'between':
      return condition.value[0] <= 0 ? condition.property : null
    case 'eq':
      return condition.value === 0 ? condition.property : null
    default:
      return null
  }
}
