import { currencyExponent, toMajor } from '../money.ts'
import type { Matrix, MatrixCell } from '../numbers/matrix.ts'
import type { NumericCondition, SegmentCondition, SegmentSpec } from './segment.ts'

/** How far a segment's threshold may lie from the store's AOV: it is rounded to a price, and moves only now and then. */
const NEAR = 0.15

/**
 * The cell of the matrix that a segment stands for: customers of one type, and of an AOV from about the store's on, or
 * below it. Null: it asks for something else.
 */
export function matrixCellOf(
  all: SegmentSpec['all'],
  { thresholdMinor, cells }: Matrix,
  currency: string,
): MatrixCell | null {
  const conditions = all.flatMap(({ any }) => (any.length === 1 ? any : []))
  if (thresholdMinor === null || all.length !== 2 || conditions.length !== 2) return null
  const type = conditions.map(customerTypeOf).find((word) => word !== null)
  const side = conditions.map((condition) => sideOf(condition, toMajor(thresholdMinor, currency))).find(Boolean)
  return cells.find((cell) => cell.customerType === type && cell.side === side) ?? null
}

/** The AOV at which a segment of the matrix parts, minor units; null: it asks for none. */
export function matrixBorderOf(all: SegmentSpec['all'], currency: string): number | null {
  const [border] = all.flatMap(({ any }) =>
    any.flatMap((one) => (isAov(one) && one.operator !== 'between' ? [one] : [])),
  )
  return border === undefined ? null : Math.round(border.value * 10 ** currencyExponent(currency))
}

/** The one type of customers that a condition asks for; null: several, or something else. */
export function customerTypeOf(condition: SegmentCondition): MatrixCell['customerType'] | null {
  const { property, operator, value } = condition
  // One counted order is a new customer, more are a recurring one: a segment may say it either way.
  if (property === 'order_count') return TYPE_BY_COUNT[`${operator} ${value}`] ?? null
  if (property !== 'customer_type') return null
  const [word, ...others] = [value].flat()
  return others.length === 0 && (word === 'new' || word === 'recurring') ? word : null
}

const TYPE_BY_COUNT: Readonly<Record<string, MatrixCell['customerType']>> = {
  'eq 1': 'new',
  'lt 2': 'new',
  'lte 1': 'new',
  'gt 1': 'recurring',
  'gte 2': 'recurring',
}

function sideOf(condition: SegmentCondition, threshold: number): MatrixCell['side'] | null {
  if (!isAov(condition) || condition.operator === 'between') return null
  if (Math.abs(condition.value - threshold) > threshold * NEAR) return null
  if (condition.operator === 'eq') return null
  return condition.operator === 'gt' || condition.operator === 'gte' ? 'above' : 'below'
}

function isAov(condition: SegmentCondition): condition is NumericCondition {
  return condition.property === 'aov'
}
