import type { UnitRange } from './unit-range.ts'
import type { UnitRanges } from './unit-ranges.ts'

/** What one more order may be worth, in minor units; `toMinor` null: any more does as well. */
export interface OrderValueRange {
  readonly fromMinor: number
  readonly toMinor: number | null
}

/** Orders that an AOV is made of. */
export interface OrderSum {
  readonly orderCount: number
  readonly revenueMinor: number
}

/** What each of `more` further orders may be worth for the AOV, rounded half up, to come into a range. */
export function ordersIntoAverage({ orderCount, revenueMinor }: OrderSum, wanted: UnitRange, more: number): UnitRanges {
  const count = BigInt(orderCount) + BigInt(more)
  return valuesEach(revenueMinor, wanted, more, (aovMinor) => leastSum(BigInt(aovMinor), count))
}

/** What each of `more` further orders may be worth for the revenue to come into a range. */
export function ordersIntoRevenue(revenueMinor: number, wanted: UnitRange, more: number): UnitRanges {
  return valuesEach(revenueMinor, wanted, more, BigInt)
}

/** `sumOf`: the least sum that reaches a value of what is wanted. */
function valuesEach(
  revenueMinor: number,
  { low, high }: UnitRange,
  more: number,
  sumOf: (value: number) => bigint,
): UnitRanges {
  if (low > high || low === Infinity || high === -Infinity) return []
  const leastReaching = (value: number) => Number(divideUp(sumOf(value) - BigInt(revenueMinor), BigInt(more)))
  const range = {
    low: low === -Infinity ? -Infinity : leastReaching(low),
    high: high === Infinity ? Infinity : leastReaching(high + 1) - 1,
  }
  return range.low <= range.high ? [range] : []
}

/** The range between two bounds; null when it is empty. Above the amounts that an order can have it has no end. */
export function toOrderValueRange(fromMinor: number, toMinor: number): OrderValueRange | null {
  if (!Number.isSafeInteger(fromMinor) || toMinor < fromMinor) return null
  return { fromMinor, toMinor: Number.isSafeInteger(toMinor) ? toMinor : null }
}

/** The least sum whose average over `count` rounds half up to `average`: 2·sum + count ≥ 2·count·average. */
function leastSum(average: bigint, count: bigint): bigint {
  return (2n * count * average - count + 1n) >> 1n
}

/** `divisor` above 0. */
function divideUp(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor
  return quotient * divisor < dividend ? quotient + 1n : quotient
}
