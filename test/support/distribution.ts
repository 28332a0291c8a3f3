import { divideHalfUp } from '../../src/core/money.ts'
import { type Distribution, type DistributionCell, toCell } from '../../src/core/numbers/distribution.ts'
import type { AovCell } from '../../src/core/thresholds/aov-cell.ts'

/** One customer with a counted order. */
export interface Buyer {
  readonly orders: number
  readonly revenueMinor: number
}

/** A buyer's AOV, half up, in minor units. */
export function aovOf({ orders, revenueMinor }: Buyer): number {
  return Number(divideHalfUp(BigInt(revenueMinor), BigInt(orders)))
}

/** The distribution of these customers, as the ledger would answer. */
export function toDistribution(buyers: readonly Buyer[]): Distribution {
  const cells = new Map<string, DistributionCell>()
  for (const buyer of buyers) {
    const { fromMinor, isPoint } = toCell(aovOf(buyer))
    const key = `${fromMinor} ${isPoint}`
    const former = cells.get(key) ?? { fromMinor, isPoint, customers: 0, orders: 0, revenueMinor: 0 }
    cells.set(key, {
      ...former,
      customers: former.customers + 1,
      orders: former.orders + buyer.orders,
      revenueMinor: former.revenueMinor + buyer.revenueMinor,
    })
  }
  const { orders, revenueMinor } = addUp(buyers)
  const aovs = buyers.map(aovOf).sort((a, b) => a - b)
  const middle = (aovs[Math.floor((aovs.length - 1) / 2)] ?? 0) + (aovs[Math.ceil((aovs.length - 1) / 2)] ?? 0)
  return {
    customers: buyers.length,
    orders,
    revenueMinor,
    storeAovMinor: orders === 0 ? null : Number(divideHalfUp(BigInt(revenueMinor), BigInt(orders))),
    medianMinor: buyers.length === 0 ? null : Number(divideHalfUp(BigInt(middle), 2n)),
    cells: [...cells.values()].sort((a, b) => a.fromMinor - b.fromMinor || Number(b.isPoint) - Number(a.isPoint)),
  }
}

/** What these customers come to together. */
export function addUp(buyers: readonly Buyer[]): { customers: number; orders: number; revenueMinor: number } {
  return {
    customers: buyers.length,
    orders: buyers.reduce((sum, { orders }) => sum + orders, 0),
    revenueMinor: buyers.reduce((sum, { revenueMinor }) => sum + revenueMinor, 0),
  }
}

/** Three hundred customers, most of them around £50, some of them far above. */
const BUYERS: readonly Buyer[] = Array.from({ length: 300 }, (_, index) => {
  const orders = 1 + (index % 3)
  return { orders, revenueMinor: orders * Math.round(1_500 * 1.012 ** index) + (index % 2) }
})

export const DISTRIBUTION: Distribution = toDistribution(BUYERS)

export const AOV_CELLS: readonly AovCell[] = BUYERS.map((buyer) => ({
  ...addUp([buyer]),
  aovMinor: aovOf(buyer),
})).sort((a, b) => a.aovMinor - b.aovMinor)
