import type { CustomerRefund, RejectedRecord, SourceOrder } from '../../core/orders/order.ts'
import type { OrderPage } from '../../core/orders/page.ts'
import type { Outcome } from './row-outcomes.ts'

/** What a page holds besides the rows' outcomes. */
type PageFrame = Pick<OrderPage, 'cursor' | 'completesReread' | 'startsOver' | 'repeatsRejected' | 'progress'>

/** Gathers outcomes into one page at a time. */
export interface PageBuilder {
  add(outcome: Outcome): void
  /** Orders, refunds and dead letters together. */
  size(): number
  /** The page so far; the builder starts afresh. */
  take(frame: PageFrame): OrderPage
}

/**
 * With `mayRepeat`, rows may be versions of the same order: of those in one page the later changed stays, of equals the
 * later read, so that a page never holds an order twice.
 */
export function createPageBuilder(mayRepeat: boolean): PageBuilder {
  let orders = createItems<SourceOrder>(mayRepeat)
  let refunds = createItems<CustomerRefund>(mayRepeat)
  let rejected: RejectedRecord[] = []
  let skipped = 0

  return {
    add: (outcome) => {
      if (outcome.kind === 'order') orders.add(outcome.order)
      else if (outcome.kind === 'refund') refunds.add(outcome.refund)
      else if (outcome.kind === 'rejected') rejected.push(outcome.rejected)
      else skipped++
    },
    size: () => orders.all.length + refunds.all.length + rejected.length,
    take: (frame) => {
      const page = { orders: orders.all, refunds: refunds.all, rejected, skipped, ...frame }
      orders = createItems(mayRepeat)
      refunds = createItems(mayRepeat)
      rejected = []
      skipped = 0
      return page
    },
  }
}

interface Items<T> {
  readonly all: T[]
  add(item: T): void
}

function createItems<T extends { externalId: string; updatedAt: Date }>(mayRepeat: boolean): Items<T> {
  const all: T[] = []
  const positions = new Map<string, number>()
  return {
    all,
    add: (item) => {
      if (!mayRepeat) {
        all.push(item)
        return
      }
      const position = positions.get(item.externalId)
      const former = position === undefined ? undefined : all[position]
      if (position === undefined || former === undefined) positions.set(item.externalId, all.push(item) - 1)
      else if (item.updatedAt >= former.updatedAt) all[position] = item
    },
  }
}
