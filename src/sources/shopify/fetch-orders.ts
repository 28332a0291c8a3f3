import { z } from 'zod'
import { placeOfOrder, type RejectedRecord, type SourceOrder } from '../../core/orders/order.ts'
import type { FetchedOrders } from '../../core/orders/source.ts'
import { fetchAccess, seesAllOrders, VISIBLE_DAYS } from './access.ts'
import type { ShopifyClient } from './client.ts'
import { FIRST_ORDER, ORDERS_BY_ID, ORDERS_PER_QUERY } from './documents.ts'
import { isOrderTail, toOrderGid } from './gid.ts'
import { mapRecords } from './map-records.ts'
import { rawOrder, type ShopifyRecord, toRecord } from './record.ts'
import type { ShopifySourceConfig } from './schema.ts'

const answer = z.object({ nodes: z.array(rawOrder.nullable()) })

/** Orders by id. A null answer means deleted only where the key would see the order if it were there. */
export async function fetchOrders(
  client: ShopifyClient,
  config: Pick<ShopifySourceConfig, 'states'>,
  externalIds: readonly string[],
  signal: AbortSignal,
): Promise<FetchedOrders> {
  const ids = externalIds.filter(isOrderTail)
  const absent: string[] = []
  const orders: SourceOrder[] = []
  const rejected: RejectedRecord[] = []
  for (let at = 0; at < ids.length; at += ORDERS_PER_QUERY) {
    const asked = ids.slice(at, at + ORDERS_PER_QUERY)
    const { data } = await client.ask({
      document: ORDERS_BY_ID,
      variables: { ids: asked.map(toOrderGid) },
      answer,
      what: 'looking up Shopify orders',
      needs: 'read_orders and read_customers',
      signal,
    })
    const records: ShopifyRecord[] = []
    for (const [index, id] of asked.entries()) {
      const node = data.nodes[index]
      if (node === undefined || node === null) absent.push(id)
      else records.push(toRecord(node, id))
    }
    for (const mapped of await mapRecords(client, config, records, signal)) {
      if (mapped.kind === 'order') orders.push(mapped.order)
      else if (mapped.kind === 'rejected') rejected.push(mapped.rejected)
      else absent.push(mapped.externalId)
    }
  }
  const hidden = await findHidden(client, absent, signal)
  return {
    orders,
    rejected: [...rejected, ...absent.filter((id) => hidden.has(id)).map(toHidden)],
    missing: [...externalIds.filter((id) => !isOrderTail(id)), ...absent.filter((id) => !hidden.has(id))],
  }
}

/**
 * Without `read_all_orders` an old order looks like a deleted one. Ids grow with time: what is older than the oldest
 * visible order may be hidden, what is younger is gone.
 */
async function findHidden(
  client: ShopifyClient,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const access = await fetchAccess(client, signal)
  if (seesAllOrders(access)) return new Set()
  const { data } = await client.ask({
    document: FIRST_ORDER,
    variables: { query: null, sortKey: 'CREATED_AT' },
    answer: z.object({ orders: z.object({ nodes: z.array(z.object({ id: z.string() })) }) }),
    what: 'looking for the oldest Shopify order',
    needs: 'read_orders',
    signal,
  })
  const oldest = data.orders.nodes[0]?.id.split('/').at(-1)
  if (oldest === undefined || !isOrderTail(oldest)) return new Set(ids)
  return new Set(ids.filter((id) => BigInt(id) < BigInt(oldest)))
}

function toHidden(id: string): RejectedRecord {
  const reason =
    `deleted, or older than ${VISIBLE_DAYS} days and therefore not shown: grant the app read_all_orders ` +
    'so that it can be told'
  return { place: placeOfOrder(id), reason }
}
