import { type AovCell, addCells } from './aov-cell.ts'
import { roundToPrice } from './price.ts'

/** A price may put at most this share of the customers on the other side of the cut, and of the smaller side; or one of them. */
const MOST_MOVED = 0.02
const MOST_MOVED_OF_SIDE = 0.1

/** A price for every cut (ascending): round, but above the one before, and moving few customers across. */
export function toPrices(cells: readonly AovCell[], cuts: readonly number[]): number[] {
  const { customers } = addCells(cells)
  const prices: number[] = []
  for (const [index, cut] of cuts.entries()) {
    const below = countBelow(cells, cut)
    const smaller = Math.min(below, customers - below)
    // Where customers are few no share of them is a whole one, but a side of one is not to be emptied.
    const mostMoved = Math.max(smaller > 1 ? 1 : 0, Math.min(MOST_MOVED * customers, MOST_MOVED_OF_SIDE * smaller))
    const { minor } = roundToPrice(cut, (price) => {
      const isBetween = price > (prices.at(-1) ?? 0) && price < (cuts[index + 1] ?? Infinity)
      return isBetween && Math.abs(countBelow(cells, price) - below) <= mostMoved
    })
    prices.push(minor)
  }
  return prices
}

function countBelow(cells: readonly AovCell[], minor: number): number {
  let count = 0
  for (const { aovMinor, customers } of cells) {
    if (aovMinor >= minor) break
    count += customers
  }
  return count
}
