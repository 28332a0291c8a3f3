import type { AovBand } from './band.ts'
import { toMajor } from './money.ts'
import { type OrderValueRange, oneMoreOrder } from './one-more-order.ts'
import { AOV_BANDS } from './property-names.ts'
import type { NumericCondition } from './segment.ts'
import { toUnitRange, type UnitRange } from './unit-range.ts'

/** The values of one more order that bring the AOV into one of some bands by these borders, the lowest that one reaches. */
export function orderIntoBands(
  wanted: readonly AovBand[],
  sum: { readonly orderCount: number; readonly revenueMinor: number },
  bands: readonly [number, number],
  currency: string,
  smallestMinor: number,
): OrderValueRange | null {
  const ranges: Readonly<Record<AovBand, UnitRange>> = {
    low: toAovRange({ property: 'aov', operator: 'lt', value: bands[0] }, currency),
    mid: toAovRange({ property: 'aov', operator: 'between', value: bands }, currency),
    high: toAovRange({ property: 'aov', operator: 'gt', value: bands[1] }, currency),
  }
  const ascending = AOV_BANDS.filter((band) => wanted.includes(band)).map((band) => ranges[band])
  const orders = joinNeighbours(ascending).map((range) => oneMoreOrder(sum, range, smallestMinor))
  return orders.find((range) => range !== null) ?? null
}

function toAovRange(condition: NumericCondition, currency: string): UnitRange {
  return toUnitRange(condition, (minor) => toMajor(minor, currency))
}

/** Ascending ranges, of which those that follow each other without a gap make one. */
function joinNeighbours(ranges: readonly UnitRange[]): UnitRange[] {
  const joined: UnitRange[] = []
  for (const range of ranges) {
    const last = joined.at(-1)
    if (last === undefined || range.low > last.high + 1) joined.push(range)
    else joined[joined.length - 1] = { low: last.low, high: range.high }
  }
  return joined
}
