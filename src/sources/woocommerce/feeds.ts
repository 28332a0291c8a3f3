import { ContractError } from '../../core/errors.ts'
import type { Feed, Mapped, OrderNamed } from '../../reading/feed.ts'
import type { Shop } from '../../reading/read-shop.ts'
import { toMeaning } from '../../reading/settings-meaning.ts'
import { startInUtc, toTiming } from '../../reading/timing-config.ts'
import { isNoRoute, type WoocommerceClient } from './client.ts'
import { fetchOrders } from './fetch-orders.ts'
import { createListFeed } from './list-feed.ts'
import type { Listed } from './listed.ts'
import { mapOrder, readOrder } from './map.ts'
import { createFetchRefunds } from './refunds.ts'
import type { WoocommerceSourceConfig } from './schema.ts'
import { ORDER_FIELDS, type WireOrder } from './wire.ts'

/** WooCommerce stamps an order just before it writes it; the look-back covers what takes longer. */
const SAFETY_MS = 30_000

/** A WooCommerce shop as lists to read. */
export function createWoocommerceFeeds(client: WoocommerceClient, config: WoocommerceSourceConfig): Shop<Listed> {
  const fetchRefunds = createFetchRefunds(client)
  const states = config.states ?? {}

  async function mapOrders(records: readonly Listed[], signal: AbortSignal): Promise<readonly Mapped[]> {
    const read = records.map(({ id, record }) => ({ id, wire: readOrder(id, record) }))
    const refunds = await fetchRefunds(
      read.flatMap(({ wire }) => ('place' in wire ? [] : [wire])),
      signal,
    )
    const refundsOf = ({ id }: WireOrder) => (refunds.has(id) ? (refunds.get(id) ?? null) : [])
    return read.map(({ id, wire }): Mapped => {
      const order = 'place' in wire ? wire : mapOrder(wire, refundsOf(wire), states)
      return 'place' in order ? { kind: 'rejected', externalId: id, rejected: order } : { kind: 'order', order }
    })
  }

  const orders = { path: '/orders', fields: ORDER_FIELDS } as const
  return {
    meaning: meaningOf(config),
    async fetchNow(signal) {
      const query = { per_page: '1', _fields: 'id' }
      const { date } = await client.fetchList({ path: '/orders', query, what: 'asking the shop for its time', signal })
      if (date === null) throw new ContractError('asking the shop for its time: the answer has no Date header')
      return date
    },
    placed: createListFeed(client, { ...orders, what: 'orders by date_created', by: 'created', status: 'any' }),
    changed: createListFeed(client, { ...orders, what: 'orders by date_modified', by: 'modified', status: 'any' }),
    named: { refunds: createRefundFeed(client), trash: createTrashFeed(client) },
    mapOrders,
    fetchOrders: (ids, signal) => fetchOrders(client, mapOrders, ids, signal),
    timing: toTiming(config, {
      safetyMs: SAFETY_MS,
      since: startInUtc(config.since),
    }),
  }
}

/** Refunds as they are made, on every order: not all versions and gateways move the order's own date. */
function createRefundFeed(client: WoocommerceClient): Feed<OrderNamed> {
  const fields = 'id,parent_id,date_created,date_created_gmt'
  const feed = createListFeed(client, { what: 'refunds by date_created', path: '/refunds', by: 'created', fields })
  // An order's id is never 0: a refund whose order is gone names one that is not there.
  const named = nameOrders(feed, (refund) => ({ id: refund.id, orderId: refund.parentId ?? '0', at: refund.created }))
  return {
    ...named,
    async fetchPage(window, signal) {
      try {
        return await named.fetchPage(window, signal)
      } catch (error) {
        // Before WooCommerce 9.0 there is no such list, and the sweep takes its place.
        if (isNoRoute(error)) return { records: [], isLast: true }
        throw error
      }
    },
  }
}

/** Orders put into the trash: that moves their date, and takes them out of every other list. */
function createTrashFeed(client: WoocommerceClient): Feed<OrderNamed> {
  const what = 'trashed orders by date_modified'
  const fields = 'id,date_modified,date_modified_gmt'
  const feed = createListFeed(client, { what, path: '/orders', by: 'modified', status: 'trash', fields })
  return nameOrders(feed, (order) => ({ id: order.id, orderId: order.id, at: order.modified }))
}

function nameOrders(feed: Feed<Listed>, toNamed: (listed: Listed) => OrderNamed): Feed<OrderNamed> {
  return {
    what: feed.what,
    precisionMs: feed.precisionMs,
    async fetchPage(window, signal) {
      const page = await feed.fetchPage(window, signal)
      return { ...page, records: page.records.map(toNamed) }
    },
    idOf: ({ id }) => id,
    instantOf: ({ at }) => at,
  }
}

/** Another address is another shop; another status mapping or beginning makes other orders of the same records. */
function meaningOf({ url, states, since }: WoocommerceSourceConfig): string {
  return toMeaning({ url: url.replace(/\/+$/, '').toLowerCase(), states, since })
}
