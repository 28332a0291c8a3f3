import { placeOfOrder, type RejectedRecord, type SourceOrder } from '../core/order.ts'

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
    field: 'placedAt',
    reason: REASON,
  }))
  return { ...records, orders: records.orders.filter(isDatable), rejected: [...records.rejected, ...rejected] }
}

function isDatable({ placedAt }: SourceOrder): boolean {
  const ms = placedAt.getTime()
  return ms >= EARLIEST_MS && ms < LATEST_MS
}
