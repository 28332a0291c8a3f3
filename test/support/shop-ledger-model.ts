import type { RejectedRecord, SourceOrder } from '../../src/core/orders/order.ts'
import type { Cursor, OrderPage } from '../../src/core/orders/page.ts'
import type { Source } from '../../src/core/orders/source.ts'

/** The ledger's rules in a few lines: stale writes lose, what left the shop is deleted, pages are saved whole. */
export interface ModelLedger {
  readonly orders: ReadonlyMap<string, SourceOrder>
  readonly deadLetters: ReadonlyMap<string, RejectedRecord>
  /** Every cursor that was saved, the last one last. */
  readonly cursors: readonly Cursor[]
  save(page: OrderPage): Promise<void>
}

/** An empty ledger that asks `source` what became of orders which a roll call does not name. */
export function createModelLedger(source: Source): ModelLedger {
  const orders = new Map<string, SourceOrder>()
  const deadLetters = new Map<string, RejectedRecord>()
  const cursors: Cursor[] = []
  /** Named since the reading under way began at the beginning. */
  const namedAgain = new Set<string>()

  function upsert(order: SourceOrder): void {
    const stored = orders.get(order.externalId)
    if (stored === undefined || order.updatedAt >= stored.updatedAt) orders.set(order.externalId, order)
    deadLetters.delete(`order ${order.externalId}`)
  }

  function remove(externalId: string): void {
    const stored = orders.get(externalId)
    if (stored !== undefined) orders.set(externalId, { ...stored, state: 'deleted' })
    deadLetters.delete(`order ${externalId}`)
  }

  async function lookUpAbsent({ rollCall }: OrderPage) {
    if (rollCall === undefined) return { orders: [], rejected: [], missing: [] }
    const named = new Set(rollCall.externalIds)
    const absent = [...orders.values()].filter(
      (order) =>
        order.state !== 'deleted' &&
        order.placedAt >= rollCall.placedFrom &&
        order.placedAt < rollCall.placedBefore &&
        !named.has(order.externalId),
    )
    const ids = absent.map((order) => order.externalId)
    return ids.length === 0
      ? { orders: [], rejected: [], missing: [] }
      : await source.fetchOrders?.(ids, new AbortController().signal)
  }

  return {
    orders,
    deadLetters,
    cursors,
    async save(page) {
      const found = await lookUpAbsent(page)
      if (page.startsOver) namedAgain.clear()
      for (const order of [...page.orders, ...(found?.orders ?? [])]) upsert(order)
      for (const id of [...(page.deleted ?? []), ...(found?.missing ?? [])]) remove(id)
      for (const rejected of [...page.rejected, ...(found?.rejected ?? [])]) {
        deadLetters.set(rejected.place, rejected)
        namedAgain.add(rejected.place)
      }
      if (page.completesReread) {
        for (const place of deadLetters.keys()) if (!namedAgain.has(place)) deadLetters.delete(place)
      }
      cursors.push(page.cursor)
    },
  }
}
