import type { CustomerStore } from '../core/customers/customer-store.ts'
import { throwIfAborted } from '../core/errors.ts'
import type { OrderStore } from '../core/orders/order-store.ts'
import type { WebhookInbox } from '../core/orders/webhook-inbox.ts'
import { type FollowedCounts, followCustomers } from './follow-customers.ts'

/** What was worked off without the shop. */
export type CustomerEventCounts = FollowedCounts & { readonly events: number }

/** So many events are worked off together. */
const BATCH = 500

/**
 * Works off the events of webhooks that name no order, such as requests to be forgotten: they need neither the shop nor its
 * key, so nothing that keeps a source from being read may keep them waiting. Also beside a pull: what that saves later of
 * somebody forgotten meets their tombstone. Done twice at once it does nothing twice.
 */
export async function ingestCustomers(
  {
    source,
    orders,
    inbox,
    customers,
  }: {
    source: string
    orders: OrderStore
    inbox: WebhookInbox
    customers: CustomerStore
  },
  signal: AbortSignal,
): Promise<CustomerEventCounts> {
  const counts = { events: 0, merged: 0, erased: 0, tasks: 0, rejected: 0 }
  for (;;) {
    throwIfAborted(signal, `following what ${source} told of customers`)
    const events = await inbox.loadOpenWithoutOrders(source, BATCH)
    if (events.length === 0) return counts
    const followed = await followCustomers({ source, orders, customers }, events)
    await inbox.markDone(
      source,
      events.map(({ eventId }) => eventId),
    )
    counts.events += events.length
    for (const name of ['merged', 'erased', 'tasks', 'rejected'] as const) counts[name] += followed[name]
  }
}
