import type { DistributionCell } from '../core/distribution.ts'

/** One bar: customers whose AOV is at least `fromMinor` and below `toMinor`. */
export interface DistributionBin {
  readonly fromMinor: number
  readonly toMinor: number
  readonly customers: number
  readonly orders: number
  readonly revenueMinor: number
}

/** Twenty to a decade (the preferred numbers R20, ISO 3), of three digits: so no cell lies in two bars. */
const BORDERS = [100, 112, 125, 140, 160, 180, 200, 224, 250, 280, 315, 355, 400, 450, 500, 560, 630, 710, 800, 900]

/**
 * Bars of equal width on a logarithmic scale, ascending and without a gap, from the lowest to the highest AOV. What is
 * below the smallest amount that can be shown there (an AOV of nothing or less) is in a first bar that begins at 0.
 */
export function toBins(cells: readonly DistributionCell[]): DistributionBin[] {
  const [first, last] = [cells[0], cells.at(-1)]
  if (first === undefined || last === undefined) return []
  const borders = bordersBetween(first.fromMinor, last.fromMinor)
  const bins = borders.slice(0, -1).map((fromMinor, index) => ({
    ...{ fromMinor, toMinor: borders[index + 1] ?? fromMinor },
    ...{ customers: 0, orders: 0, revenueMinor: 0 },
  }))
  for (const cell of cells) {
    const bin = bins.findLast(({ fromMinor }) => fromMinor <= cell.fromMinor) ?? bins[0]
    if (bin === undefined) continue
    bin.customers += cell.customers
    bin.orders += cell.orders
    bin.revenueMinor += cell.revenueMinor
  }
  return bins
}

/** Borders around two amounts: at least two, the last above the highest. */
function bordersBetween(lowestMinor: number, highestMinor: number): number[] {
  const all = [0]
  for (let power = 0; (all.at(-1) ?? 0) <= highestMinor; power += 1) {
    // Below 100 minor units the preferred numbers are no whole ones, and some are twice the same.
    const decade = BORDERS.map((border) => Math.floor((border * 10 ** power) / 100)).filter((border) => border > 0)
    for (const border of decade) if (border > (all.at(-1) ?? 0)) all.push(border)
  }
  const from = Math.max(
    all.findLastIndex((border) => border <= lowestMinor),
    0,
  )
  const to = all.findIndex((border) => border > highestMinor)
  return all.slice(from, Math.max(to, from + 1) + 1)
}
