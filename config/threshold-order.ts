import { isSameThreshold, type MoneyValue, type ThresholdRef } from '../src/core/thresholds/threshold.ts'

/** Whether `low` can be told to be no less than `high` before either has a value; false: it depends on the customers. */
export function isNeverBelow(low: MoneyValue, high: MoneyValue): boolean {
  if (typeof low === 'number' || typeof high === 'number') return low === high
  return isSameThreshold(low, high) || isNeverAbove(high, low)
}

/** Whether `low` can be told to be no more than `high`, of two thresholds that are not the same. */
function isNeverAbove(low: ThresholdRef, high: ThresholdRef): boolean {
  const [lower, upper] = [rankOf(low), rankOf(high)]
  return low.window === high.window && lower !== null && upper !== null && lower < upper
}

/** Its place among the customers, in percent; null for the store's AOV, which has none. */
function rankOf({ name }: ThresholdRef): number | null {
  if (name === 'store_aov') return null
  // Of an even number of customers the median lies between the lower one in the middle, which is p50, and the upper one.
  return name === 'store_median' ? 50.5 : Number(name.slice(1))
}
