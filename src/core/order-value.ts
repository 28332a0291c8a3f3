import type { ExchangeRate } from './account.ts'
import { startOfDate } from './instant.ts'
import { currencyExponent, divideHalfUp } from './money.ts'
import type { OrderComponents, OrderState } from './order.ts'
import type { AovPolicy } from './policy.ts'

/** What of an order decides its value. Minor units of `currency`. */
export interface ValuedOrder extends OrderComponents {
  readonly placedAt: Date
  readonly currency: string
  readonly totalMinor: number
  /** Sum of the refunds that name this order. */
  readonly refundedMinor: number
  readonly state: OrderState
  readonly test: boolean
}

/** Why an order does not count. */
type NotCounted =
  | 'test order'
  | 'draft'
  | 'failed'
  | 'deleted'
  | 'cancelled'
  | 'pending'
  | 'fully refunded'
  | 'zero value'
  | 'other currency'

/** An order's value in minor units of the account's currency, or why it does not count. */
export type OrderValue = { readonly valueMinor: number } | { readonly notCounted: NotCounted }

/** What a value depends on besides the order. */
export interface ValueSettings {
  readonly policy: AovPolicy
  readonly currency: string
  readonly timezone: string
  readonly rates: readonly ExchangeRate[]
}

/**
 * The rule of design §6, one order at a time: the readable twin of the SQL in `src/store/order-value.ts`; property tests
 * hold them equal. A refund takes from the value what it takes, in proportion, from the total.
 */
export function valueOrder(order: ValuedOrder, settings: ValueSettings): OrderValue {
  const { policy } = settings
  if (order.test) return { notCounted: 'test order' }
  if (order.state === 'draft' || order.state === 'failed' || order.state === 'deleted')
    return { notCounted: order.state }
  if (order.state === 'cancelled' && policy.cancelled === 'exclude') return { notCounted: 'cancelled' }
  if (order.state === 'pending' && policy.pending === 'exclude') return { notCounted: 'pending' }
  const deducted = policy.refunds === 'deduct' ? order.refundedMinor : 0
  if (deducted > 0 && deducted >= order.totalMinor) return { notCounted: 'fully refunded' }

  const base = baseMinor(order, policy)
  if (base === 0 && policy.zeroValueOrders === 'exclude') return { notCounted: 'zero value' }
  const share = deducted === 0 ? 0n : divideHalfUp(BigInt(deducted) * BigInt(base), BigInt(order.totalMinor))
  const value = convert(BigInt(base) - share, order.currency, order.placedAt, settings)
  return value === null ? { notCounted: 'other currency' } : { valueMinor: Number(value) }
}

function baseMinor(order: ValuedOrder, policy: AovPolicy): number {
  const less = (inclusion: 'include' | 'exclude', amount: number | undefined) =>
    inclusion === 'exclude' ? (amount ?? 0) : 0
  return (
    order.totalMinor -
    less(policy.tax, order.taxMinor) -
    less(policy.shipping, order.shippingMinor) -
    less(policy.tips, order.tipMinor) -
    less(policy.duties, order.dutiesMinor) -
    less(policy.giftCards, order.giftCardMinor)
  )
}

/** An amount in the account's currency at the rate of its date; null when no rate is configured for then. */
export function convert(minor: bigint, currency: string, at: Date, settings: ValueSettings): bigint | null {
  if (currency === settings.currency) return minor
  const rate = settings.rates
    .filter((candidate) => candidate.currency === currency && startOfDate(candidate.validFrom, settings.timezone) <= at)
    .reduce<ExchangeRate | null>(
      (newest, candidate) => (newest === null || candidate.validFrom >= newest.validFrom ? candidate : newest),
      null,
    )
  if (rate === null) return null
  const shift = currencyExponent(settings.currency) - currencyExponent(currency) - rate.rate.scale
  const product = minor * rate.rate.units
  return shift >= 0 ? product * 10n ** BigInt(shift) : divideHalfUp(product, 10n ** BigInt(-shift))
}
