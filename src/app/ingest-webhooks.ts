import type { CustomerStore } from '../core/customers/customer-store.ts'
import { ContractError, RemoteRejectedError } from '../core/errors.ts'
import { placeOfOrder, type RejectedRecord, type SourceOrder } from '../core/orders/order.ts'
import type { OrderStore } from '../core/orders/order-store.ts'
import type { FetchedOrders, Source } from '../core/orders/source.ts'
import type { WebhookInbox } from '../core/orders/webhook-inbox.ts'
import { followCustomers } from './follow-customers.ts'
import { rejectUndatable } from './reject-undatable.ts'
import type { OnProgress } from './services.ts'

/** What was worked off. */
export interface IngestCounts {
  readonly events: number
  /** Orders fetched anew from the shop. */
  readonly orders: number
  readonly changed: number
  readonly deleted: number
  readonly rejected: number
  /** Customers of the shop that became one, whose erasure it asked for, and what is left to a person. */
  readonly merged: number
  readonly erased: number
  readonly tasks: number
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
  const counts = { events: 0, orders: 0, changed: 0, deleted: 0, rejected: 0, merged: 0, erased: 0, tasks: 0 }
  for (;;) {
    const events = await inbox.loadOpen(source.name, BATCH)
    if (events.length === 0) return counts
    const ids = [...new Set(events.flatMap(({ orderIds }) => orderIds))]
    if (ids.length > 0) await save(await lookUp(source, ids, signal))
    // After the orders: whom the shop wants forgotten must not come back with them.
    const followed = await followCustomers({ source: source.name, orders, customers }, events)
    for (const name of ['merged', 'erased', 'tasks', 'rejected'] as const) counts[name] += followed[name]
    await inbox.markDone(
      source.name,
      events.map(({ eventId }) => eventId),
    )
    counts.events += events.length
    onProgress({ step: `webhooks of ${source.name}`, done: counts.events, unit: 'events' })
  }

  async function save(fetched: FetchedOrders): Promise<void> {
    const saved = await orders.saveFetchedOrders(source.name, rejectUndatable(fetched))
    counts.orders += saved.orders
    counts.changed += saved.changed
    counts.deleted += fetched.missing.length
    counts.rejected += saved.rejected
  }
}

/** The named orders; when the shop refuses them together, one by one, so that a single one cannot keep the others waiting. */
async function lookUp(source: Source, ids: readonly string[], signal: AbortSignal): Promise<FetchedOrders> {
  if (source.fetchOrders === undefined) return NOTHING
  try {
    return await source.fetchOrders(ids, signal)
  } catch (error) {
    if (!isRefusal(error)) throw error
    const all = { orders: [] as SourceOrder[], rejected: [] as RejectedRecord[], missing: [] as string[] }
    for (const id of ids) {
      const one = await source.fetchOrders([id], signal).catch((refused: unknown) => {
        if (!isRefusal(refused)) throw refused
        return { ...NOTHING, rejected: [{ place: placeOfOrder(id), reason: refused.message }] }
      })
      all.orders.push(...one.orders)
      all.rejected.push(...one.rejected)
      all.missing.push(...one.missing)
    }
    return all
  }
}

const NOTHING: FetchedOrders = { orders: [], rejected: [], missing: [] }

/** Repeating would not help: the shop does not want the question, or answers what we do not understand. */
function isRefusal(error: unknown): error is RemoteRejectedError | ContractError {
  return error instanceof RemoteRejectedError || error instanceof ContractError
}
