import { RecordError } from '../../core/errors.ts'
import { startOfDate } from '../../core/instant.ts'
import { createLocalClock } from '../../core/local-clock.ts'
import type { Feed, Mapped, OrderNamed } from '../../reading/feed.ts'
import { toRejectedOrder } from '../../reading/in-field.ts'
import type { Shop } from '../../reading/read-shop.ts'
import { toMeaning } from '../../reading/settings-meaning.ts'
import { toTiming } from '../../reading/timing-config.ts'
import type { PrestashopClient, Read } from './client.ts'
import { createDateFeed } from './date-feed.ts'
import { fetchOrders } from './fetch-orders.ts'
import { fetchGroups, ORDER_FIELDS, type OrderGroup, toSingleGroups } from './groups.ts'
import { createLookUps } from './look-ups.ts'
import { toOrder } from './map.ts'
import type { PrestashopSourceConfig } from './schema.ts'
import { idRow, type OrderRow, orderFields, orderRow, type SlipRow, slipRow } from './wire.ts'

const SAFETY_MS = 60_000
/** The id that no order has. */
const NO_ORDER = '0'

/** A PrestaShop as the reader sees it. Credit slips do not move their order, so they are a feed of their own. */
export function createPrestashopFeeds(config: PrestashopSourceConfig, client: PrestashopClient): Shop<Read<OrderRow>> {
  const clock = createLocalClock(config.timezone)
  const lookUp = createLookUps(client)
  const orders = { client, clock, resource: 'orders', row: orderRow, display: ORDER_FIELDS } as const
  const slips = {
    client,
    clock,
    resource: 'order_slip',
    row: slipRow,
    display: '[id,id_order,date_add,date_upd]',
  } as const

  async function mapOrders(rows: readonly Read<OrderRow>[], signal: AbortSignal): Promise<readonly Mapped[]> {
    const groups = config.groupByReference ? await fetchGroups(client, rows, signal) : toSingleGroups(rows)
    const all = groups.flat()
    const idsIn = (field: 'current_state' | 'id_currency' | 'id_customer') =>
      new Set(all.flatMap((row) => orderFields.shape[field].safeParse(row[field]).data ?? []))
    const lookUps = await lookUp(
      {
        orders: all.map(({ id }) => id),
        states: idsIn('current_state'),
        currencies: idsIn('id_currency'),
        customers: idsIn('id_customer'),
      },
      signal,
    )
    return groups.flatMap((group) => toMapped(group, () => toOrder(group, lookUps, { clock, states: config.states })))
  }

  return {
    meaning: meaningOf(config),
    fetchNow: async (signal) => (await client.list('orders', idRow, { display: '[id]', limit: '1' }, signal)).readAt,
    placed: createDateFeed({ ...orders, field: 'date_add' }),
    changed: createDateFeed({ ...orders, field: 'date_upd' }),
    named: { order_slip: namingOrders(createDateFeed({ ...slips, field: 'date_upd' })) },
    mapOrders,
    fetchOrders: (ids, signal) => fetchOrders(client, mapOrders, ids, signal),
    timing: toTiming(config, {
      safetyMs: SAFETY_MS,
      since: config.since === undefined ? new Date(0) : startOfDate(config.since, config.timezone),
    }),
  }
}

/** The order, and for each of its other parts that it is none of its own. */
function toMapped([first, ...others]: OrderGroup, map: () => ReturnType<typeof toOrder>): readonly Mapped[] {
  const parts = others.map(({ id }): Mapped => ({ kind: 'none', externalId: id }))
  try {
    return [{ kind: 'order', order: map() }, ...parts]
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    return [{ kind: 'rejected', externalId: first.id, rejected: toRejectedOrder(first.id, error) }, ...parts]
  }
}

function namingOrders(feed: Feed<Read<SlipRow>>): Feed<OrderNamed> {
  return {
    what: feed.what,
    precisionMs: feed.precisionMs,
    async fetchPage(window, signal) {
      const { records, isLast } = await feed.fetchPage(window, signal)
      return {
        records: records.map((slip) => ({ id: slip.id, orderId: slip.id_order ?? NO_ORDER, at: feed.instantOf(slip) })),
        isLast,
      }
    },
    idOf: ({ id }) => id,
    instantOf: ({ at }) => at,
  }
}

function meaningOf({ url, shop, timezone, states, groupByReference, since }: PrestashopSourceConfig): string {
  return toMeaning({ url, shop, timezone, states, groupByReference, since })
}
