import { z } from 'zod'
import type { ShopifyClient } from './client.ts'
import { COUNT_ORDERS, FIRST_ORDER } from './documents.ts'
import { searchBetween } from './search.ts'

/** Shopify counts so far and no further. */
export const MOST_COUNTED = 25_000
const MOST_ORDERS = 20_000
/** Never shorter, whatever an hour holds: its ids still fit into memory. */
const SHORTEST_MS = 60 * 60_000

/** How many orders were placed in `[from, before)`: exact up to 25,000, above that at least so many. */
export async function countOrders(
  client: ShopifyClient,
  from: Date,
  before: Date,
  signal: AbortSignal,
): Promise<number> {
  const { data } = await client.ask({
    document: COUNT_ORDERS,
    variables: { query: searchBetween('processed_at', from, before) },
    answer: z.object({ ordersCount: z.object({ count: z.number() }).nullable() }),
    what: 'counting Shopify orders',
    needs: 'read_orders',
    signal,
  })
  return data.ordersCount?.count ?? 0
}

/** Finds where the slice from an instant on ends, so that it holds at most 20,000 orders. One finder per census: it remembers. */
export function createSliceFinder(
  client: ShopifyClient,
): (from: Date, before: Date, signal: AbortSignal) => Promise<Date> {
  let lengthMs: number | null = null
  return async function findSlice(from, before, signal) {
    const isFirst = lengthMs === null
    // Before the first order there is nothing to halve.
    const beginMs = isFirst ? Math.max(from.getTime(), await firstPlaced(client, from, signal)) : from.getTime()
    let endMs = isFirst ? before.getTime() : Math.min(before.getTime(), beginMs + 2 * (lengthMs ?? 0))
    while (endMs - beginMs > SHORTEST_MS && (await countOrders(client, from, new Date(endMs), signal)) > MOST_ORDERS) {
      endMs = Math.floor((beginMs + endMs) / 2000) * 1000
    }
    lengthMs = endMs - beginMs
    return new Date(endMs)
  }
}

async function firstPlaced(client: ShopifyClient, from: Date, signal: AbortSignal): Promise<number> {
  const { data } = await client.ask({
    document: FIRST_ORDER,
    variables: { query: `processed_at:>='${from.toISOString().slice(0, 19)}Z'`, sortKey: 'PROCESSED_AT' },
    answer: z.object({ orders: z.object({ nodes: z.array(z.object({ processedAt: z.string() })) }) }),
    what: 'looking for the first Shopify order',
    needs: 'read_orders',
    signal,
  })
  const ms = Date.parse(data.orders.nodes[0]?.processedAt ?? '')
  return Number.isNaN(ms) ? from.getTime() : ms
}
