import { createRandom, drawPoisson } from '../seeded-random.ts'
import type { AovCell } from './aov-cell.ts'

/** The same customers give the same answer, today and tomorrow. */
const SEED = 4_711

/**
 * Shops as they might have been: every customer is there once on average, by chance not at all or several times (Poisson
 * bootstrap). AOVs within a percent of each other are taken as one first: telling cents apart takes long and tells no more.
 */
export function* resampleCells(cells: readonly AovCell[], times: number): Generator<readonly AovCell[]> {
  const coarse = toCoarseCells(cells)
  const random = createRandom(SEED)
  for (let time = 0; time < times; time++) {
    yield coarse.flatMap((cell): AovCell[] => {
      const customers = drawPoisson(cell.customers, random)
      if (customers === 0) return []
      const orders = Math.round((cell.orders / cell.customers) * customers)
      const revenueMinor = Math.round((cell.revenueMinor / cell.customers) * customers)
      return [{ aovMinor: cell.aovMinor, customers, orders, revenueMinor }]
    })
  }
}

/** Customers within about a percent, at the mean of their AOVs, apart by number of orders; ascending. */
function toCoarseCells(cells: readonly AovCell[]): AovCell[] {
  const merged = new Map<string, AovCell>()
  for (const cell of cells) {
    const key = `${toPercentStep(cell.aovMinor)} ${cell.orders / cell.customers}`
    const former = merged.get(key)
    merged.set(key, former === undefined ? cell : merge(former, cell))
  }
  return [...merged.values()].sort((a, b) => a.aovMinor - b.aovMinor)
}

function merge(a: AovCell, b: AovCell): AovCell {
  const customers = a.customers + b.customers
  return {
    aovMinor: Math.round((a.aovMinor * a.customers + b.aovMinor * b.customers) / customers),
    customers,
    orders: a.orders + b.orders,
    revenueMinor: a.revenueMinor + b.revenueMinor,
  }
}

/** Zero and less have no logarithm and stay as they are, below every step. */
function toPercentStep(minor: number): number {
  return minor <= 0 ? minor - 1 : Math.round(100 * Math.log(minor))
}
