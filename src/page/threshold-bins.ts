import type { Distribution, DistributionCell } from '../core/distribution.ts'
import { type LogScale, toPercent } from './browser/price-axis.ts'
import { toAxisPrices } from './browser/price-ladder.ts'
import { toBorder } from './browser/split-bands.ts'

/** Customers whose AOV is at or above one price and below the next; null: no end on that side. Minor units. */
export interface PriceBin {
  readonly fromMinor: number | null
  readonly toMinor: number | null
  readonly customers: number
  readonly orders: number
  readonly revenueMinor: number
}

/** So many bars show a shape; more show noise. */
const BARS = 44
/** So many customers on either side may lie beyond the axis: one odd order must not squeeze all others together. */
const BEYOND = 0.001
/** The chart would be a wall where everybody spends the same. */
const LEAST_RANGE = 4

/** The axis on which almost all customers lie, its ends at 1, 2 or 5 with noughts; null: nobody has an AOV above zero. */
export function toScale({ cells }: Pick<Distribution, 'cells'>): LogScale | null {
  const drawn = cells.filter(({ fromMinor }) => fromMinor > 0)
  const customers = drawn.reduce((sum, cell) => sum + cell.customers, 0)
  const reached = (share: number) => {
    let passed = 0
    const found = drawn.find((cell) => {
      passed += cell.customers
      return passed > share * customers
    })
    return Math.max(1, found?.fromMinor ?? drawn.at(-1)?.fromMinor ?? 1)
  }
  if (customers === 0) return null
  const [least, greatest] = [reached(BEYOND), reached(1 - BEYOND)]
  const marks = toAxisPrices(1, greatest * 100)
  let from = marks.findLastIndex((mark) => mark <= least)
  let to = marks.findIndex((mark) => mark > greatest)
  while ((marks[to] ?? 0) < LEAST_RANGE * (marks[from] ?? 1)) {
    if (from > 0) from -= 1
    to += 1
  }
  return { fromMinor: marks[from] ?? 1, toMinor: marks[to] ?? greatest * 2 }
}

/** Few bins with ends that people know, for a table; the first and the last take in everybody beyond the axis. */
export function toTableBins({ cells }: Pick<Distribution, 'cells'>, { fromMinor, toMinor }: LogScale): PriceBin[] {
  const marks = toAxisPrices(fromMinor, toMinor)
  const bins = fillBins(cells, [null, ...marks, null])
  // At the ends nobody may be beyond the axis.
  return bins.filter(({ customers, ...bin }) => customers > 0 || (bin.fromMinor !== null && bin.toMinor !== null))
}

/** Bars of about the same width on the axis; the first and the last take in who lies beyond it, unless nobody does. */
export function toBars({ cells }: Pick<Distribution, 'cells'>, scale: LogScale): PriceBin[] {
  const proportion = scale.toMinor / scale.fromMinor
  const borders = Array.from({ length: BARS + 1 }, (_, index) =>
    toBorder(scale.fromMinor * proportion ** (index / BARS)),
  )
  const positive = cells.filter(({ fromMinor }) => fromMinor > 0)
  return fillBins(positive, [...new Set(borders)], true)
}

/** Where a bin stands on the axis, in percent. */
export function placeOf({ fromMinor, toMinor }: PriceBin, scale: LogScale): { left: number; width: number } {
  const left = toPercent(scale, fromMinor ?? scale.fromMinor)
  return { left, width: toPercent(scale, toMinor ?? scale.toMinor) - left }
}

/** `closed`: who lies beyond the borders is in the first or the last bin. */
function fillBins(cells: readonly DistributionCell[], borders: readonly (number | null)[], closed = false): PriceBin[] {
  const last = borders.length - 2
  const bins = borders.slice(0, -1).map((fromMinor, index) => ({
    fromMinor,
    toMinor: borders[index + 1] ?? null,
    customers: 0,
    orders: 0,
    revenueMinor: 0,
  }))
  for (const cell of cells) {
    const found = bins.findLastIndex(({ fromMinor }) => fromMinor === null || fromMinor <= cell.fromMinor)
    const bin = bins[closed ? Math.min(Math.max(found, 0), last) : found]
    if (bin === undefined) continue
    bin.customers += cell.customers
    bin.orders += cell.orders
    bin.revenueMinor += cell.revenueMinor
  }
  return bins
}
