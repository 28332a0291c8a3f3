import type { RejectedRecord, SourceOrder } from '../../core/orders/order.ts'
import type { FetchedOrders } from '../../core/orders/source.ts'
import type { Mapped } from '../../reading/feed.ts'
import { isUnknownId, type WoocommerceClient } from './client.ts'
import { DECIMALS, PAGE_SIZE } from './list-query.ts'
import { type Listed, toListed } from './listed.ts'
import { ORDER_FIELDS } from './wire.ts'

const WHAT = 'fetching orders'

/**
 * Orders by id, also those in the trash. What is in no list is asked for by itself, since lists leave out more than what
 * is gone: only an order that the shop says it does not have is missing.
 */
export async function fetchOrders(
  client: WoocommerceClient,
  mapOrders: (records: readonly Listed[], signal: AbortSignal) => Promise<readonly Mapped[]>,
  externalIds: readonly string[],
  signal: AbortSignal,
): Promise<FetchedOrders> {
  const orders: SourceOrder[] = []
  const rejected: RejectedRecord[] = []
  const missing: string[] = []
  for (let start = 0; start < externalIds.length; start += PAGE_SIZE) {
    const ids = externalIds.slice(start, start + PAGE_SIZE)
    const found = [...(await fetchByStatus(client, 'any', ids, signal))]
    found.push(...(await fetchByStatus(client, 'trash', without(ids, found), signal)))
    for (const id of without(ids, found)) {
      const single = await fetchSingle(client, id, signal)
      if (single === null) missing.push(id)
      else found.push(single)
    }
    for (const mapped of found.length === 0 ? [] : await mapOrders(found, signal)) {
      if (mapped.kind === 'order') orders.push(mapped.order)
      if (mapped.kind === 'rejected') rejected.push(mapped.rejected)
    }
  }
  return { orders, rejected, missing }
}

async function fetchByStatus(
  client: WoocommerceClient,
  status: 'any' | 'trash',
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Listed[]> {
  if (ids.length === 0) return []
  const query = {
    include: ids.join(','),
    status,
    orderby: 'id',
    order: 'asc',
    per_page: String(PAGE_SIZE),
    dp: DECIMALS,
    _fields: ORDER_FIELDS,
  }
  const { records } = await client.fetchList({ path: '/orders', query, what: WHAT, signal })
  const wanted = new Set(ids)
  return records.map((record) => toListed(record, WHAT)).filter(({ id }) => wanted.has(id))
}

/** Null: the shop says that there is none. */
async function fetchSingle(client: WoocommerceClient, id: string, signal: AbortSignal): Promise<Listed | null> {
  const query = { dp: DECIMALS, _fields: ORDER_FIELDS }
  try {
    return toListed(
      await client.fetchOne({ path: `/orders/${encodeURIComponent(id)}`, query, what: WHAT, signal }),
      WHAT,
    )
  } catch (error) {
    if (isUnknownId(error)) return null
    throw error
  }
}

function without(ids: readonly string[], found: readonly Listed[]): string[] {
  const known = new Set(found.map(({ id }) => id))
  return ids.filter((id) => !known.has(id))
}
