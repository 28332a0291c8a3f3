import type { Distribution, DistributionCell } from '../../core/numbers/distribution.ts'
import { quantileOf } from '../../core/thresholds/aov-cell.ts'
import { type LogScale, toPercent } from '../browser/price-axis.ts'
import { toAxisPrices } from '../browser/price-ladder.ts'

/** Customers whose AOV is at or above one amount and below the next; null: no end on that side. Minor units. */
export interface AovBin {
  readonly fromMinor: number | null
  readonly toMinor: number | null
  readonly customers: number
  readonly orders: number
  readonly revenueMinor: number
}

/** Twenty to a decade (the preferred numbers R20, ISO 3), of three digits: so no cell lies in two bins. */
const PREFERRED = [100, 112, 125, 140, 160, 180, 200, 224, 250, 280, 315, 355, 400, 450, 500, 560, 630, 710, 800, 900]
/** So many customers on either side may lie beyond the axis: one odd order must not squeeze all others together. */
const BEYOND = 0.001
/** The chart would be a wall where everybody spends the same. */
const LEAST_RANGE = 4
/** The least that has a place on a logarithmic axis, in minor units. */
const LEAST = 1

/** The AOV that this share of the customers do not exceed, to three digits; null without customers. */
export function cellQuantile(cells: readonly DistributionCell[], share: number): number | null {
  return quantileOf(
    cells.map((cell) => ({ ...cell, aovMinor: cell.fromMinor })),
    share,
  )
}

/** The axis on which almost all customers lie, its ends at 1, 2 or 5 with noughts; null: nobody has an AOV above zero. */
export function toScale({ cells }: Pick<Distribution, 'cells'>): LogScale | null {
  const drawn = cells.filter(({ fromMinor }) => fromMinor >= LEAST)
  const [least, greatest] = [cellQuantile(drawn, BEYOND), cellQuantile(drawn, 1 - BEYOND)]
  if (least === null || greatest === null) return null
  const marks = toAxisPrices(LEAST, greatest * 100)
  let from = marks.findLastIndex((mark) => mark <= least)
  let to = marks.findIndex((mark) => mark > greatest)
  while ((marks[to] ?? 0) < LEAST_RANGE * (marks[from] ?? 1)) {
    if (from > 0) from -= 1
    to += 1
  }
  return { fromMinor: marks[from] ?? LEAST, toMinor: marks[to] ?? greatest * 2 }
}

/**
 * Everybody once, ascending: bins of about the same width on the axis, of which the first and the last take in who lies
 * beyond it; before them, who has an AOV of nothing or less. `scale` null: nobody has more than that.
 */
export function toBins({ cells }: Pick<Distribution, 'cells'>, scale: LogScale | null): AovBin[] {
  const drawn = cells.filter(({ fromMinor }) => fromMinor >= LEAST)
  const hasUndrawn = drawn.length < cells.length
  const borders = scale === null ? [] : bordersAround(drawn, scale, hasUndrawn ? LEAST : null)
  const bins = [
    ...(hasUndrawn ? [emptyBin(null, LEAST)] : []),
    ...borders.slice(0, -1).map((fromMinor, index) => emptyBin(fromMinor, borders[index + 1] ?? null)),
  ]
  for (const cell of cells) {
    const bin = bins.findLast(({ fromMinor }) => fromMinor === null || fromMinor <= cell.fromMinor)
    if (bin === undefined) continue
    bin.customers += cell.customers
    bin.orders += cell.orders
    bin.revenueMinor += cell.revenueMinor
  }
  return bins
}

/** Whether a bin has a place on the axis: an AOV of nothing or less has none. */
export function isDrawn({ toMinor }: AovBin): boolean {
  return toMinor !== LEAST
}

/** Where a bin stands on the axis, in percent. */
export function placeOf({ fromMinor, toMinor }: AovBin, scale: LogScale): { left: number; width: number } {
  const left = toPercent(scale, fromMinor ?? scale.fromMinor)
  return { left, width: toPercent(scale, toMinor ?? scale.toMinor) - left }
}

/** From end to end: of the axis, or open (to `least`) where somebody lies beyond. */
function bordersAround(
  drawn: readonly DistributionCell[],
  { fromMinor, toMinor }: LogScale,
  least: number | null,
): (number | null)[] {
  const isBelow = (drawn[0]?.fromMinor ?? fromMinor) < fromMinor
  const isAbove = (drawn.at(-1)?.fromMinor ?? 0) >= toMinor
  const borders = new Set<number>()
  for (let power = 1; power <= toMinor; power *= 10) {
    // Below 100 minor units the preferred numbers are no whole ones, and some are twice the same.
    for (const preferred of PREFERRED) borders.add(Math.floor((preferred * power) / 100))
  }
  const within = [...borders].filter((border) => border > fromMinor && border < toMinor)
  return [isBelow ? least : fromMinor, ...within, isAbove ? null : toMinor]
}

function emptyBin(fromMinor: number | null, toMinor: number | null) {
  return { fromMinor, toMinor, customers: 0, orders: 0, revenueMinor: 0 }
}
