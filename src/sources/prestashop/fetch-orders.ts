import type { FetchedOrders } from '../../core/orders/source.ts'
import type { Mapped } from '../../reading/feed.ts'
import { sortMapped } from '../../reading/sort-mapped.ts'
import type { PrestashopClient, Read } from './client.ts'
import { ORDER_FIELDS } from './groups.ts'
import { idOf, type OrderRow, orderRow } from './wire.ts'

/** Single orders as they are now. */
export async function fetchOrders(
  client: PrestashopClient,
  mapOrders: (rows: readonly Read<OrderRow>[], signal: AbortSignal) => Promise<readonly Mapped[]>,
  externalIds: readonly string[],
  signal: AbortSignal,
): Promise<FetchedOrders> {
  const ids = externalIds.flatMap((text) => idOf(text) ?? [])
  const ask = { field: 'id', ids, query: { display: ORDER_FIELDS } }
  const rows = await client.listBy('orders', orderRow, ask, signal)
  const mapped = await mapOrders(rows, signal)
  const { orders, rejected, deleted } = sortMapped(mapped)
  const parts = new Set(deleted)
  const found = new Set(rows.map(({ id }) => id))
  return {
    orders,
    rejected,
    // A part is no order of its own: the order it belongs to is among the others.
    missing: externalIds.filter((id) => !found.has(id) || parts.has(id)),
  }
}
