import type { Mapped } from '../../reading/feed.ts'
import type { Shop } from '../../reading/read-shop.ts'
import { toMeaning } from '../../reading/settings-meaning.ts'
import { startInUtc, toTiming } from '../../reading/timing-config.ts'
import type { VendureClient } from './client.ts'
import { fetchOrders } from './fetch-orders.ts'
import { createListFeed } from './list-feed.ts'
import { type MapSettings, mapOrder } from './map.ts'
import { ORDERS, PLACED } from './queries.ts'
import type { VendureSourceConfig } from './schema.ts'
import type { Server } from './server.ts'
import { type OrderRow, orderRow, placedRow } from './wire.ts'

const SAFETY_MS = 30_000
/** Carts are never asked for. */
const NO_CARTS = { active: { eq: false } }

/**
 * A Vendure server as the reader sees it. Placing an order writes the changed instant of its cart back, which may lie
 * long before: a list by changes alone would miss every order that was not paid at once, so what was placed is a feed too.
 */
export function createVendureFeeds(config: VendureSourceConfig, client: VendureClient, server: Server): Shop<OrderRow> {
  const { states, refundStates, pageSize } = config
  const settings: MapSettings = { states, refundStates, moneyPrecision: server.moneyPrecision }
  const orders = { query: ORDERS, row: orderRow, idOf: (row: OrderRow) => row.id }
  const placed = createListFeed(client, pageSize, {
    ...orders,
    field: 'orderPlacedAt',
    filter: NO_CARTS,
    instantOf: (row) => row.orderPlacedAt,
  })
  const changed = createListFeed(client, pageSize, {
    ...orders,
    field: 'updatedAt',
    filter: NO_CARTS,
    instantOf: (row) => row.updatedAt,
  })
  const newlyPlaced = createListFeed(client, pageSize, {
    query: PLACED,
    row: placedRow.transform(({ id, orderPlacedAt }) => ({ id, orderId: id, at: new Date(orderPlacedAt) })),
    idOf: ({ id }) => id,
    field: 'orderPlacedAt',
    filter: NO_CARTS,
    instantOf: ({ at }) => at.toISOString(),
  })

  async function mapOrders(rows: readonly OrderRow[]): Promise<readonly Mapped[]> {
    return rows.map((row) => mapOrder(row, settings))
  }

  return {
    meaning: meaningOf(config, settings),
    fetchNow: async () => server.answeredAt,
    placed,
    changed,
    named: { placed: newlyPlaced },
    mapOrders,
    fetchOrders: (ids, signal) => fetchOrders(client, pageSize, ids, settings, signal),
    timing: toTiming(config, {
      safetyMs: SAFETY_MS,
      since: startInUtc(config.since),
    }),
  }
}

function meaningOf({ url, channel, since }: VendureSourceConfig, settings: MapSettings): string {
  return toMeaning({ url, channel, since, settings })
}
