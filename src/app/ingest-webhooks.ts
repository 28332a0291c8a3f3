import type { CustomerStore } from '../core/customer-store.ts'
import type { OrderStore } from '../core/ledger.ts'
import type { Source } from '../core/source.ts'
import type { CustomerChange } from '../core/webhook.ts'
import type { WebhookInbox } from '../core/webhook-inbox.ts'
import type { OnProgress } from './services.ts'

/** What was worked off. */
export interface IngestCounts {
  readonly events: number
  /** Orders fetched anew from the shop. */
  readonly orders: number
  readonly changed: number
  readonly deleted: number
  readonly rejected: number
  /** Customers of the shop that became one, or whose erasure it asked for. */
  readonly merged: number
  readonly erased: number
}

/** What working off takes. */
interface IngestParts {
  readonly source: Source
  readonly orders: OrderStore
  readonly inbox: WebhookInbox
  readonly customers: CustomerStore
}

/** So many events are worked off together: of a burst about one order, one fetch remains. */
const BATCH = 500

/**
 * Works off what webhooks named: every order is fetched anew, since deliveries come late, twice and in any order. An
 * event is done only after its orders are saved; killed in between, it is worked off again.
 */
export async function ingestWebhooks(
  { source, orders, inbox, customers }: IngestParts,
  { onProgress, signal }: { onProgress: OnProgress; signal: AbortSignal },
): Promise<IngestCounts> {
  const counts = { events: 0, orders: 0, changed: 0, deleted: 0, rejected: 0, merged: 0, erased: 0 }
  for (;;) {
    const events = await inbox.loadOpen(source.name, BATCH)
    if (events.length === 0) return counts
    const ids = [...new Set(events.flatMap(({ orderIds }) => orderIds))]
    if (ids.length > 0 && source.fetchOrders !== undefined) {
      const fetched = await source.fetchOrders(ids, signal)
      const saved = await orders.saveFetchedOrders(source.name, fetched)
      counts.orders += saved.orders
      counts.changed += saved.changed
      counts.deleted += fetched.missing.length
      counts.rejected += saved.rejected
    }
    // After the orders: whom the shop wants forgotten must not come back with them.
    for (const change of events.flatMap((event) => event.customers)) counts[await follow(change)] += 1
    await inbox.markDone(
      source.name,
      events.map(({ eventId }) => eventId),
    )
    counts.events += events.length
    onProgress({ step: `webhooks of ${source.name}`, done: counts.events, unit: 'events' })
  }
  async function follow(change: CustomerChange): Promise<'merged' | 'erased'> {
    if (change.kind === 'merged') {
      await customers.mergeShopCustomers(source.name, change.keptId, change.goneId)
      return 'merged'
    }
    const { kind: _, ...person } = change
    await customers.erase({ ...person, source: source.name })
    return 'erased'
  }
}
