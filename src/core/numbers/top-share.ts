import { divideHalfUp } from '../money.ts'
import { countOrders, type Histogram } from './histogram.ts'
import type { TopShare } from './overview.ts'

/** One order in so many is among the largest: few enough to be looked at one by one. */
const TOP_ONE_IN = 100

/**
 * The largest 1 % of the orders, rounded down but one at least, and the AOV without them; null when no order is left. Where
 * the line falls inside a bin its orders count at the bin's mean, which is exact to the bin's width.
 */
export function toTopShare(histogram: Histogram, revenueMinor: number): TopShare | null {
  const orders = countOrders(histogram)
  const top = Math.max(1, Math.floor(orders / TOP_ONE_IN))
  if (top >= orders) return null
  let left = top
  let sum = 0
  for (const bin of histogram.toReversed()) {
    const taken = Math.min(left, bin.orders)
    sum += taken === bin.orders ? bin.sumMinor : Math.round((bin.sumMinor / bin.orders) * taken)
    left -= taken
    if (left === 0) break
  }
  return { orders: top, aovWithoutMinor: Number(divideHalfUp(BigInt(revenueMinor - sum), BigInt(orders - top))) }
}
