import type { FetchedOrders } from '../core/orders/source.ts'

/** Without orders placed before `since`: these are not read, also when something names them. */
export function keepSince(fetched: FetchedOrders, since: Date): FetchedOrders {
  return { ...fetched, orders: fetched.orders.filter((order) => order.placedAt >= since) }
}
