import { divideHalfUp } from '../money.ts'

/** Over which orders a customer's AOV is taken: all of them, or those of the last twelve months. */
export const THRESHOLD_WINDOWS = ['lifetime', '12m'] as const
export type ThresholdWindow = (typeof THRESHOLD_WINDOWS)[number]

/** Customers with the same AOV and the same number of orders. Minor units of the account's currency. */
export interface AovCell {
  readonly aovMinor: number
  readonly customers: number
  /** Of all these customers together. */
  readonly orders: number
  readonly revenueMinor: number
}

/** What cells hold together. */
export interface CellTotals {
  readonly customers: number
  readonly orders: number
  readonly revenueMinor: number
}

/** Sums of cells. */
export function addCells(cells: readonly AovCell[]): CellTotals {
  let customers = 0
  let orders = 0
  let revenueMinor = 0
  for (const cell of cells) {
    customers += cell.customers
    orders += cell.orders
    revenueMinor += cell.revenueMinor
  }
  return { customers, orders, revenueMinor }
}

/** AOV of these customers together, half up, in minor units: revenue / orders, not the mean of their AOVs. Null without orders. */
export function storeAov(cells: readonly AovCell[]): number | null {
  const { orders, revenueMinor } = addCells(cells)
  return orders === 0 ? null : Number(divideHalfUp(BigInt(revenueMinor), BigInt(orders)))
}

/**
 * The smallest AOV that at least `share` (above 0, at most 1) of the customers do not exceed: the inverse of the empirical
 * distribution, Postgres' `percentile_disc`. Cells in ascending order; null without customers.
 */
export function quantileOf(cells: readonly AovCell[], share: number): number | null {
  const wanted = share * addCells(cells).customers
  let passed = 0
  for (const { aovMinor, customers } of cells) {
    passed += customers
    // Of 10 customers 0.7 × 10 is 7.000000000000001 in floating point, and still means the seventh.
    if (passed >= wanted - 1e-9 * passed) return aovMinor
  }
  return null
}

/** The AOV that half of the customers do not exceed; of an even number half up between the two in the middle. */
export function medianOf(cells: readonly AovCell[]): number | null {
  const { customers } = addCells(cells)
  const lower = quantileOf(cells, 0.5)
  if (lower === null || customers % 2 === 1) return lower
  const upper = quantileOf(cells, (customers / 2 + 1) / customers) ?? lower
  return Number(divideHalfUp(BigInt(lower) + BigInt(upper), 2n))
}
