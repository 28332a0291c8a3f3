import type { CustomerRefund, RejectedRecord, SourceOrder } from '../../core/order.ts'
import type { OrderPage } from '../../core/page.ts'
import type { Outcome } from './row-outcomes.ts'

/** What a page holds besides the rows' outcomes. */
export type PageFrame = Pick<OrderPage, 'cursor' | 'completesReread' | 'progress'>

/** Gathers outcomes into one page at a time. */
export interface PageBuilder {
  add(outcome: Outcome): void
  /** Orders, refunds and dead letters together. */
  size(): number
  /** The page so far; the builder starts afresh. */
  take(frame: PageFrame): OrderPage
}

/** A page never holds an order twice: of two versions the later changed stays, of equals the later read. */
export function createPageBuilder(): PageBuilder {
  let orders = new Map<string, SourceOrder>()
  let refunds = new Map<string, CustomerRefund>()
  let rejected: RejectedRecord[] = []
  let skipped = 0

  return {
    add: (outcome) => {
      if (outcome.kind === 'order') keepNewest(orders, outcome.order)
      else if (outcome.kind === 'refund') keepNewest(refunds, outcome.refund)
      else if (outcome.kind === 'rejected') rejected.push(outcome.rejected)
      else skipped++
    },
    size: () => orders.size + refunds.size + rejected.length,
    take: (frame) => {
      const page = { orders: [...orders.values()], refunds: [...refunds.values()], rejected, skipped, ...frame }
      orders = new Map()
      refunds = new Map()
      rejected = []
      skipped = 0
      return page
    },
  }
}

function keepNewest<T extends { externalId: string; updatedAt: Date }>(known: Map<string, T>, next: T): void {
  const former = known.get(next.externalId)
  if (former === undefined || next.updatedAt >= former.updatedAt) known.set(next.externalId, next)
}
