import type { OrderPage } from '../core/orders/page.ts'
import type { Mapped } from './feed.ts'

/** Outcomes by kind. What is no order any more leaves the sums like one that the shop has lost: no roll call will miss it. */
export function sortMapped(mapped: readonly Mapped[]): Required<Pick<OrderPage, 'orders' | 'rejected' | 'deleted'>> {
  return {
    orders: mapped.flatMap((one) => (one.kind === 'order' ? [one.order] : [])),
    rejected: mapped.flatMap((one) => (one.kind === 'rejected' ? [one.rejected] : [])),
    deleted: mapped.flatMap((one) => (one.kind === 'none' ? [one.externalId] : [])),
  }
}
