import { isNoRoute, isUnknownId, type WoocommerceClient } from './client.ts'
import { DECIMALS, PAGE_SIZE } from './list-query.ts'
import { fetchPages } from './read-whole.ts'
import { type WireOrder, type WireRefund, wireRefund } from './wire.ts'

/** The refunds of orders, by the order's id, with instants that the orders themselves do not carry. Null: unreadable. */
export type FetchRefunds = (
  orders: readonly WireOrder[],
  signal: AbortSignal,
) => Promise<ReadonlyMap<number, readonly WireRefund[] | null>>

const FIELDS = 'id,parent_id,date_created_gmt,amount'
const WHAT = 'fetching refunds'

/**
 * Refunds by the hundred from `/refunds`, which knows `include` but not `parent`; one order at a time from shops before
 * 9.0, which do not have it, and for orders of which one is not there: it may have been deleted a moment ago.
 */
export function createFetchRefunds(client: WoocommerceClient): FetchRefunds {
  let isListed = true

  async function fetchListed(ids: readonly number[], signal: AbortSignal): Promise<WireRefund[]> {
    const refunds: WireRefund[] = []
    for (let start = 0; isListed && start < ids.length; start += PAGE_SIZE) {
      const include = ids.slice(start, start + PAGE_SIZE).join(',')
      const query = { include, per_page: String(PAGE_SIZE), dp: DECIMALS, _fields: FIELDS }
      try {
        const { records } = await client.fetchList({ path: '/refunds', query, what: WHAT, signal })
        refunds.push(...records.flatMap((record) => wireRefund.safeParse(record).data ?? []))
      } catch (error) {
        if (!isNoRoute(error)) throw error
        isListed = false
      }
    }
    return refunds
  }

  async function fetchOfOrder(orderId: number, signal: AbortSignal): Promise<WireRefund[] | null> {
    const query = { per_page: String(PAGE_SIZE), dp: DECIMALS, _fields: FIELDS }
    try {
      const { records } = await fetchPages(client, { path: `/orders/${orderId}/refunds`, query, what: WHAT }, signal)
      const parsed = wireRefund.array().safeParse(records)
      return parsed.success ? parsed.data : null
    } catch (error) {
      // The order itself has gone since it was read; whoever looks for it will not find it.
      if (isUnknownId(error)) return []
      throw error
    }
  }

  return async (orders, signal) => {
    const refunded = orders.filter((order) => order.refunds.length > 0)
    const listed = await fetchListed(
      refunded.flatMap((order) => order.refunds.map(({ id }) => id)),
      signal,
    )
    const byOrder = Map.groupBy(listed, (refund) => refund.parent_id ?? 0)
    const found = new Map<number, readonly WireRefund[] | null>()
    for (const { id, refunds } of refunded) {
      const own = byOrder.get(id) ?? []
      const ownIds = new Set(own.map((refund) => refund.id))
      const isWhole = refunds.every((refund) => ownIds.has(refund.id))
      found.set(id, isWhole ? own : await fetchOfOrder(id, signal))
    }
    return found
  }
}
