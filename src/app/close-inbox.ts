import { followCustomers } from './follow-customers.ts'
import type { AccountServices } from './services.ts'

/** So many events are worked off together. */
const BATCH = 500

/**
 * Works off what webhooks of a shop that is read no more said of customers, such as requests to be forgotten. Its orders
 * are not looked up any more.
 */
export async function closeInbox(
  { orders, inbox, customers }: Pick<AccountServices, 'orders' | 'inbox' | 'customers'>,
  source: string,
): Promise<void> {
  for (;;) {
    const events = await inbox.loadOpen(source, BATCH)
    if (events.length === 0) return
    await followCustomers({ source, orders, customers }, events)
    await inbox.markDone(
      source,
      events.map(({ eventId }) => eventId),
    )
  }
}
