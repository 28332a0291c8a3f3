import type { CustomerAggregate } from '../../src/core/customers/aggregate-store.ts'
import { aggregateCustomer } from '../../src/core/customers/aggregates.ts'
import { divideHalfUp } from '../../src/core/money.ts'
import { type Distribution, toCell } from '../../src/core/numbers/distribution.ts'
import { type Matrix, toMatrix } from '../../src/core/numbers/matrix.ts'
import type { CustomerRefund, SourceOrder } from '../../src/core/orders/order.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import { toValuedOrder } from './ledger.ts'
import { NOW } from './ledger-arbitraries.ts'

/** What the definitions say of each of these customers who has a counted order. */
export function aggregatesOf(
  emails: readonly string[],
  { orders, refunds }: { orders: readonly SourceOrder[]; refunds: readonly CustomerRefund[] },
  { settings }: LedgerAccount,
): CustomerAggregate[] {
  return emails.flatMap((email) => {
    const own = orders.filter((one) => one.customer?.email === email).map(toValuedOrder)
    const taken = refunds.filter((one) => one.customer?.email === email)
    return aggregateCustomer(own, taken, settings, NOW) ?? []
  })
}

function sumOf(aggregates: readonly CustomerAggregate[]) {
  const orders = aggregates.reduce((sum, { orderCount }) => sum + orderCount, 0)
  const revenueMinor = aggregates.reduce((sum, one) => sum + one.revenueMinor, 0)
  return { customers: aggregates.length, orders, revenueMinor }
}

function aovOf(aggregates: readonly CustomerAggregate[]): number | null {
  const { orders, revenueMinor } = sumOf(aggregates)
  return orders === 0 ? null : Number(divideHalfUp(BigInt(revenueMinor), BigInt(orders)))
}

/** The distribution, customer by customer. */
export function distributionOf(aggregates: readonly CustomerAggregate[]): Distribution {
  const sorted = aggregates.map(({ aovMinor }) => aovMinor).sort((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  const groups = Map.groupBy(aggregates, ({ aovMinor }) => JSON.stringify(toCell(aovMinor)))
  return {
    ...sumOf(aggregates),
    storeAovMinor: aovOf(aggregates),
    medianMinor: low === undefined || high === undefined ? null : Math.floor((low + high) / 2 + 0.5) + 0,
    cells: [...groups]
      .map(([cell, list]) => ({ ...(JSON.parse(cell) as ReturnType<typeof toCell>), ...sumOf(list) }))
      .sort((a, b) => a.fromMinor - b.fromMinor || Number(b.isPoint) - Number(a.isPoint)),
  }
}

/** The matrix, customer by customer. */
export function matrixOf(aggregates: readonly CustomerAggregate[]): Matrix {
  const threshold = aovOf(aggregates)
  const groups = Map.groupBy(aggregates, ({ orderCount, aovMinor }) =>
    JSON.stringify({
      customerType: orderCount > 1 ? 'recurring' : 'new',
      side: aovMinor < (threshold ?? 0) ? 'below' : 'above',
    }),
  )
  const cells = [...groups].map(([cell, list]) => ({ ...JSON.parse(cell), ...sumOf(list), aovMinor: aovOf(list) }))
  return toMatrix(threshold, cells)
}
