import type { FetchedOrders } from '../../core/source.ts'
import type { Mapped } from '../../reading/feed.ts'
import type { Shop } from '../../reading/read-shop.ts'
import { toMeaning } from '../../reading/settings-meaning.ts'
import { sortMapped } from '../../reading/sort-mapped.ts'
import { startInUtc, toTiming } from '../../reading/timing-config.ts'
import type { VendureClient } from './client.ts'
import { createListFeed } from './list-feed.ts'
import { type MapSettings, toMapped } from './map.ts'
import { ORDERS, PLACED } from './queries.ts'
import type { VendureSourceConfig } from './schema.ts'
import type { Server } from './server.ts'
import { listOf, type OrderRow, orderRow, placedRow } from './wire.ts'

const SAFETY_MS = 30_000
/** Carts are never asked for. */
const NO_CARTS = { active: { eq: false } }

/**
 * A Vendure server as the reader sees it. Placing an order writes the changed instant of its cart back, which may lie
 * long before: a list by changes alone would miss every order that was not paid at once, so what was placed is a feed too.
 */
export function createVendureShop(config: VendureSourceConfig, client: VendureClient, server: Server): Shop<OrderRow> {
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
    return rows.map((row) => toMapped(row, settings))
  }

  async function fetchOrders(externalIds: readonly string[], signal: AbortSignal): Promise<FetchedOrders> {
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
      mapped.push(...data.orders.items.filter(({ id }) => asked.has(id)).map((row) => toMapped(row, settings)))
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

  return {
    meaning: meaningOf(config, settings),
    fetchNow: async () => server.answeredAt,
    placed,
    changed,
    named: { placed: newlyPlaced },
    mapOrders,
    fetchOrders,
    timing: toTiming(config, {
      safetyMs: SAFETY_MS,
      since: startInUtc(config.since),
    }),
  }
}

function meaningOf({ url, channel, since }: VendureSourceConfig, settings: MapSettings): string {
  return toMeaning({ url, channel, since, settings })
}
