import type { CustomerStore } from '../core/customers/customer-store.ts'
import { RecordError } from '../core/errors.ts'
import type { OrderStore } from '../core/orders/order-store.ts'
import type { CustomerChange } from '../core/orders/webhook.ts'
import type { OpenWebhookEvent } from '../core/orders/webhook-inbox.ts'

/** What was done about customers. */
export interface FollowedCounts {
  /** Customers of the shop that became one, whose erasure it asked for, and what is left to a person. */
  readonly merged: number
  readonly erased: number
  readonly tasks: number
  /** Changes that could not be followed. */
  readonly rejected: number
}

/**
 * Does what events say of customers, in their order; asks no shop. What cannot be followed becomes a dead letter: one bad
 * event must not keep all that come after it waiting.
 */
export async function followCustomers(
  { source, orders, customers }: { source: string; orders: OrderStore; customers: CustomerStore },
  events: readonly Pick<OpenWebhookEvent, 'eventId' | 'customers'>[],
): Promise<FollowedCounts> {
  const counts = { merged: 0, erased: 0, tasks: 0, rejected: 0 }
  for (const { eventId, customers: changes } of events) {
    for (const change of changes) {
      try {
        counts[await follow(change)] += 1
      } catch (error) {
        if (!(error instanceof RecordError)) throw error
        const rejected = [{ place: `webhook event ${eventId}`, reason: error.message }]
        await orders.saveFetchedOrders(source, { orders: [], missing: [], rejected })
        counts.rejected += 1
      }
    }
  }
  return counts

  async function follow(change: CustomerChange): Promise<'merged' | 'erased' | 'tasks'> {
    switch (change.kind) {
      case 'merged':
        await customers.mergeShopCustomers(source, change.keptId, change.goneId)
        return 'merged'
      case 'task':
        await customers.noteTask(source, change)
        return 'tasks'
      case 'redacted': {
        const { kind: _, ...person } = change
        await customers.erase({ ...person, source })
        return 'erased'
      }
    }
  }
}
