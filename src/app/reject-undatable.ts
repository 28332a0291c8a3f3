import { placeOfOrder, type RejectedRecord, type SourceOrder } from '../core/orders/order.ts'

/** No shop was open before it, or takes orders after: so programs write dates that they do not know. */
const EARLIEST_MS = Date.UTC(1900, 0)
const LATEST_MS = Date.UTC(2200, 0)

const REASON = 'expected a date between 1900 and 2199'

interface Records {
  readonly orders: readonly SourceOrder[]
  readonly rejected: readonly RejectedRecord[]
}

/** Makes dead letters of orders whose date stands for none, from whichever shop they come; the rest stays as it is. */
export function rejectUndatable<T extends Records>(records: T): T {
  const undatable = records.orders.filter((order) => !isDatable(order))
  if (undatable.length === 0) return records
  const rejected = undatable.map(({ externalId }) => ({
    place: placeOfOrder(externalId),
    reason: REASON,
  }))
  return { ...records, orders: records.orders.filter(isDatable), rejected: [...records.rejected, ...rejected] }
}

/** Of a change in the year 9999 every later one would count as older. One in 1970 is a file's that tells no changes. */
function isDatable({ placedAt, updatedAt }: SourceOrder): boolean {
  return placedAt.getTime() >= EARLIEST_MS && Math.max(placedAt.getTime(), updatedAt.getTime()) < LATEST_MS
}
