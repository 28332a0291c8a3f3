import type { ExchangeRate } from '../account.ts'
import { startOfDate } from '../instant.ts'
import { currencyExponent, divideHalfUp } from '../money.ts'
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
export type NotCounted =
  | 'test order'
  | 'draft'
  | 'failed'
  | 'deleted'
  | 'cancelled'
  | 'pending'
  | 'fully refunded'
  | 'zero value'
  | 'other currency'

/** What an order counts for and by which steps. */
export interface CountedValue {
  /** Minor units of the account's currency. */
  readonly valueMinor: number
  /** The total without the parts that the policy leaves out; minor units of the order's currency. */
  readonly baseMinor: number
  /** What the refunds take from that, in proportion; minor units of the order's currency. */
  readonly deductedMinor: number
  /** Null: the order is in the account's currency. */
  readonly rate: ExchangeRate | null
}

/** An order's value, or why it does not count. */
export type OrderValue = CountedValue | { readonly notCounted: NotCounted }

/** What a value depends on besides the order. */
export interface ValueSettings {
  readonly policy: AovPolicy
  readonly currency: string
  readonly timezone: string
  readonly rates: readonly ExchangeRate[]
}

/**
 * The rule of design §6, one order at a time: the readable twin of the SQL in `src/store/orders/order-value.ts`; property tests
 * hold them equal. A refund takes from the value what it takes, in proportion, from the total.
 */
export function valueOrder(order: ValuedOrder, settings: ValueSettings): OrderValue {
  const { policy } = settings
  if (order.test) return { notCounted: 'test order' }
  if (order.state === 'draft' || order.state === 'failed' || order.state === 'deleted')
    return { notCounted: order.state }
  if (order.state === 'cancelled' && policy.cancelled === 'exclude') return { notCounted: 'cancelled' }
  if (order.state === 'pending' && policy.pending === 'exclude') return { notCounted: 'pending' }
  const refunded = policy.refunds === 'deduct' ? order.refundedMinor : 0
  if (refunded > 0 && refunded >= order.totalMinor) return { notCounted: 'fully refunded' }

  const baseMinor = excludedParts(order, policy).reduce((rest, part) => rest - part.amountMinor, order.totalMinor)
  if (baseMinor === 0 && policy.zeroValueOrders === 'exclude') return { notCounted: 'zero value' }
  const deducted = refunded === 0 ? 0n : divideHalfUp(BigInt(refunded) * BigInt(baseMinor), BigInt(order.totalMinor))
  const value = BigInt(baseMinor) - deducted
  const steps = { baseMinor, deductedMinor: Number(deducted) }
  if (order.currency === settings.currency) return { valueMinor: Number(value), ...steps, rate: null }
  const rate = rateAt(order.placedAt, order.currency, settings)
  if (rate === null) return { notCounted: 'other currency' }
  return { valueMinor: Number(applyRate(value, rate, settings)), ...steps, rate }
}

/** A part of an order's total, as policies name them. Minor units of the order's currency. */
export interface OrderPart {
  readonly part: 'tax' | 'shipping' | 'tips' | 'duties' | 'giftCards'
  readonly amountMinor: number
}

/** The parts that a policy leaves out of an order's value, as far as the shop says that there are some. */
export function excludedParts(order: OrderComponents, policy: AovPolicy): readonly OrderPart[] {
  const parts: readonly [OrderPart['part'], number | undefined][] = [
    ['tax', order.taxMinor],
    ['shipping', order.shippingMinor],
    ['tips', order.tipMinor],
    ['duties', order.dutiesMinor],
    ['giftCards', order.giftCardMinor],
  ]
  return parts.flatMap(([part, amountMinor = 0]) =>
    policy[part] === 'exclude' && amountMinor !== 0 ? [{ part, amountMinor }] : [],
  )
}

/** An amount in the account's currency at the rate of its date; null when no rate is configured for then. */
export function convert(minor: bigint, currency: string, at: Date, settings: ValueSettings): bigint | null {
  if (currency === settings.currency) return minor
  const rate = rateAt(at, currency, settings)
  return rate === null ? null : applyRate(minor, rate, settings)
}

/** The configured rate of another currency at an instant; null when there is none. */
export function rateAt(at: Date, currency: string, settings: ValueSettings): ExchangeRate | null {
  return settings.rates
    .filter((candidate) => candidate.currency === currency && startOfDate(candidate.validFrom, settings.timezone) <= at)
    .reduce<ExchangeRate | null>(
      (newest, candidate) => (newest === null || candidate.validFrom >= newest.validFrom ? candidate : newest),
      null,
    )
}

function applyRate(minor: bigint, { currency, rate }: ExchangeRate, settings: ValueSettings): bigint {
  const shift = currencyExponent(settings.currency) - currencyExponent(currency) - rate.scale
  const product = minor * rate.units
  return shift >= 0 ? product * 10n ** BigInt(shift) : divideHalfUp(product, 10n ** BigInt(-shift))
}
