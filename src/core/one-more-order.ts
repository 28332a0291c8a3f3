import type { UnitRange } from './unit-range.ts'

/** What one more order may be worth, in minor units; `toMinor` null: any more does as well. */
export interface OrderValueRange {
  readonly fromMinor: number
  readonly toMinor: number | null
}

/** Orders that an AOV is made of. */
interface Sum {
  readonly orderCount: number
  readonly revenueMinor: number
}

/**
 * The values of one more order that bring the AOV, rounded half up, into a range. Null: no single order can.
 * `smallestMinor`: what an order must be worth to count at all.
 */
export function oneMoreOrder(
  { orderCount, revenueMinor }: Sum,
  wanted: UnitRange,
  smallestMinor: number,
): OrderValueRange | null {
  const count = BigInt(orderCount) + 1n
  const orderReaching = (aovMinor: number) => Number(leastSum(BigInt(aovMinor), count) - BigInt(revenueMinor))
  if (wanted.low > wanted.high || wanted.low === Infinity || wanted.high === -Infinity) return null
  const fromMinor = wanted.low === -Infinity ? smallestMinor : Math.max(smallestMinor, orderReaching(wanted.low))
  const toMinor = wanted.high === Infinity ? Infinity : orderReaching(wanted.high + 1) - 1
  return toOrderValueRange(fromMinor, toMinor)
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
