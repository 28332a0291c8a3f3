import { divideHalfUp } from '../money.ts'
import { convert, type ValuedOrder, type ValueSettings, valueOrder } from '../orders/order-value.ts'
import type { CustomerAggregate } from './aggregate-store.ts'

const DAY_MS = 86_400_000

/** The window of `aov_12m`: 365 days, as Klaviyo's own "in the last 365 days". */
export const WINDOW_MS = 365 * DAY_MS

/** A refund that names no order. Minor units of its currency. */
export interface UnlinkedRefund {
  readonly refundedAt: Date
  readonly amountMinor: number
  readonly currency: string
}

/**
 * The oracle: one customer's aggregates straight from the definitions, for tests and readers. The ledger
 * computes the same in SQL for all dirty customers at once. Null when no order counts: such a customer has no AOV.
 */
export function aggregateCustomer(
  orders: readonly ValuedOrder[],
  refunds: readonly UnlinkedRefund[],
  settings: ValueSettings,
  now: Date,
): CustomerAggregate | null {
  const counted = orders.flatMap((order) => {
    const value = valueOrder(order, settings)
    return 'valueMinor' in value ? [{ at: order.placedAt.getTime(), minor: BigInt(value.valueMinor) }] : []
  })
  if (counted.length === 0) return null
  const deducted = settings.policy.refunds === 'deduct' ? refunds : []
  const taken = deducted.flatMap((refund) => {
    const minor = convert(BigInt(refund.amountMinor), refund.currency, refund.refundedAt, settings)
    return minor === null ? [] : [{ at: refund.refundedAt.getTime(), minor: -minor }]
  })
  const inWindow = ({ at }: { at: number }) => at > now.getTime() - WINDOW_MS
  const revenue = sum([...counted, ...taken])
  const recent = counted.filter(inWindow)
  const recentTaken = taken.filter(inWindow)
  const recentRevenue = sum([...recent, ...recentTaken])
  const instants = counted.map(({ at }) => at)
  const first = Math.min(...instants)
  const last = Math.max(...instants)
  const leaves = [...recent, ...recentTaken].map(({ at }) => at)
  return {
    orderCount: counted.length,
    revenueMinor: Number(revenue),
    aovMinor: Number(divideHalfUp(revenue, BigInt(counted.length))),
    orderCount12m: recent.length,
    revenue12mMinor: Number(recentRevenue),
    aov12mMinor: recent.length === 0 ? null : Number(divideHalfUp(recentRevenue, BigInt(recent.length))),
    firstOrderAt: new Date(first),
    lastOrderAt: new Date(last),
    avgDaysBetweenOrdersTenths:
      counted.length === 1
        ? null
        : Number(divideHalfUp(BigInt(last - first) * 10n, BigInt(DAY_MS * (counted.length - 1)))),
    recomputeAfter: leaves.length === 0 ? null : new Date(Math.min(...leaves) + WINDOW_MS),
  }
}

function sum(amounts: readonly { minor: bigint }[]): bigint {
  return amounts.reduce((total, { minor }) => total + minor, 0n)
}
