import type { SampleOrder } from '../shop/sample-order.ts'
import { createTally, type ShopTruth } from '../shop/truth.ts'
import type { Book } from './book.ts'

/** Enters sample orders into a shop's book as if it had taken them at their time, and counts what a perfect program would find. */
export function fillBook(book: Book, orders: Iterable<SampleOrder>): ShopTruth {
  const tally = createTally()
  for (const order of orders) {
    tally.add(order)
    const { id } = book.place({ ...order, registered: order.customer !== null })
    if (order.refundedMinor > 0) {
      book.change(id, { kind: 'refund', amountMinor: order.refundedMinor }, order.refundedAt ?? order.updatedAt)
    }
  }
  return tally.truth()
}
