import { z } from 'zod'
import type { Feed, FeedPage, FeedWindow } from '../../reading/feed.ts'
import type { Shop } from '../../reading/read-shop.ts'
import { toMeaning } from '../../reading/settings-meaning.ts'
import { startInUtc, toTiming } from '../../reading/timing-config.ts'
import { type ShopAccess, seesAllOrders, VISIBLE_DAYS } from './access.ts'
import { createCensusReader } from './census.ts'
import type { ShopifyClient } from './client.ts'
import { ORDERS_PAGE, ORDERS_PER_QUERY } from './documents.ts'
import { fetchOrders } from './fetch-orders.ts'
import { tailOf } from './gid.ts'
import { mapRecords } from './map-records.ts'
import { rawOrder, type ShopifyRecord, toRecord } from './record.ts'
import type { ShopifySourceConfig } from './schema.ts'
import { searchBetween } from './search.ts'

/** Shopify writes an order before its children, and searches an index that follows. */
const SAFETY_MS = 120_000

const page = z.object({
  orders: z.object({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    nodes: z.array(rawOrder),
  }),
})

/** A Shopify shop as the reader sees it. `access` is of this moment: it tells the shop's time, and how far back orders are visible. */
export function createShopifyFeeds(
  client: ShopifyClient,
  config: ShopifySourceConfig,
  access: ShopAccess,
): Shop<ShopifyRecord> {
  const placed = createOrderFeed(client, 'processed_at', 'PROCESSED_AT', 'placedAt')
  // A roll call of orders that are not visible would take them for deleted.
  const sweepDays = seesAllOrders(access) ? config.sweep.days : Math.min(config.sweep.days, VISIBLE_DAYS - 5)
  return {
    meaning: toMeaning({ shop: config.shop, states: config.states, since: config.since }),
    fetchNow: async () => access.now,
    placed,
    readCensus: createCensusReader(client, config, placed),
    changed: createOrderFeed(client, 'updated_at', 'UPDATED_AT', 'updatedAt'),
    named: {},
    mapOrders: (records, signal) => mapRecords(client, config, records, signal),
    fetchOrders: (externalIds, signal) => fetchOrders(client, config, externalIds, signal),
    timing: toTiming(
      { ...config, sweep: { ...config.sweep, days: sweepDays } },
      { safetyMs: SAFETY_MS, since: startInUtc(config.since) },
    ),
  }
}

function createOrderFeed(
  client: ShopifyClient,
  field: 'processed_at' | 'updated_at',
  sortKey: 'PROCESSED_AT' | 'UPDATED_AT',
  key: 'placedAt' | 'updatedAt',
): Feed<ShopifyRecord> {
  async function fetchAfter(after: string | null, { from, before }: FeedWindow, signal: AbortSignal) {
    const { data } = await client.ask({
      document: ORDERS_PAGE,
      variables: { first: ORDERS_PER_QUERY, after, query: searchBetween(field, from, before), sortKey },
      answer: page,
      what: `reading Shopify orders by ${field}`,
      needs: 'read_orders and read_customers',
      signal,
    })
    return data.orders
  }

  /** Where a second holds more orders than a page, the rest of it is paged: the window and its order stay the same. */
  async function fetchPage(window: FeedWindow, signal: AbortSignal): Promise<FeedPage<ShopifyRecord>> {
    const known = new Set(window.seen)
    const records: ShopifyRecord[] = []
    for (let after: string | null = null; ; ) {
      const { nodes, pageInfo } = await fetchAfter(after, window, signal)
      for (const node of nodes)
        records.push(place(toRecord(node, tailOf(node.id)), records.at(-1)?.[key] ?? window.from))
      const isLast = !pageInfo.hasNextPage || pageInfo.endCursor === null
      if (isLast || nodes.length === 0 || nodes.some(({ id }) => !known.has(tailOf(id)))) return { records, isLast }
      after = pageInfo.endCursor
    }
  }

  /** One whose instant cannot be read stands where its neighbour stands, until it is refused. */
  function place(record: ShopifyRecord, neighbour: Date): ShopifyRecord {
    return Number.isNaN(record[key].getTime()) ? { ...record, [key]: neighbour } : record
  }

  return {
    what: `Shopify orders by ${field}`,
    precisionMs: 1000,
    fetchPage,
    idOf: ({ externalId }) => externalId,
    instantOf: (record) => record[key],
  }
}
