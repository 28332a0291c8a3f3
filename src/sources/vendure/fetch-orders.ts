import type { FetchedOrders } from '../../core/orders/source.ts'
import type { Mapped } from '../../reading/feed.ts'
import { sortMapped } from '../../reading/sort-mapped.ts'
import type { VendureClient } from './client.ts'
import { type MapSettings, mapOrder } from './map.ts'
import { ORDERS } from './queries.ts'
import { listOf, orderRow } from './wire.ts'

/** Single orders as they are now, `pageSize` in a call; carts and sellers' parts are none, and thus missing. */
export async function fetchOrders(
  client: VendureClient,
  pageSize: number,
  externalIds: readonly string[],
  settings: MapSettings,
  signal: AbortSignal,
): Promise<FetchedOrders> {
  const unique = [...new Set(externalIds)]
  const mapped: Mapped[] = []
  for (let at = 0; at < unique.length; at += pageSize) {
    const ids = unique.slice(at, at + pageSize)
    const { data } = await client.ask({
      query: ORDERS,
      variables: { options: { take: pageSize, filter: { id: { in: ids } } } },
      data: listOf(orderRow),
      what: 'reading single orders',
      needs: 'ReadOrder',
      signal,
    })
    const asked = new Set(ids)
    mapped.push(...data.orders.items.filter(({ id }) => asked.has(id)).map((row) => mapOrder(row, settings)))
  }
  const { orders, rejected } = sortMapped(mapped)
  const kept = mapped.filter((one) => one.kind !== 'none')
  const found = new Set(kept.map((one) => (one.kind === 'order' ? one.order.externalId : one.externalId)))
  return {
    orders,
    rejected,
    missing: unique.filter((id) => !found.has(id)),
  }
}
