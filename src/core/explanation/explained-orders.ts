import type { ExchangeRate } from '../account.ts'
import { WINDOW_MS } from '../customers/aggregates.ts'
import type { RecordedOrder, RecordedRefund } from '../customers/customer-record.ts'
import { divideHalfUp, toDecimalText } from '../money.ts'
import { convert, excludedParts, rateAt, type ValueSettings, valueOrder } from '../orders/order-value.ts'
import type { ExplainedOrder, ExplainedRate, ExplainedRefund, ExplainedSums } from './explanation.ts'

/** An order with what it counts for under the account's rules, or why it does not. */
export function explainOrder(order: RecordedOrder, settings: ValueSettings, now: Date): ExplainedOrder {
  const value = valueOrder(order, settings)
  return {
    ...order,
    excluded: excludedParts(order, settings.policy),
    value: 'valueMinor' in value ? { ...value, rate: toExplainedRate(value.rate) } : value,
    isIn12Months: isIn12Months(order.placedAt, now),
  }
}

/** A refund that names no order, with what it takes from the revenue, or why it takes nothing. */
export function explainRefund(refund: RecordedRefund, settings: ValueSettings, now: Date): ExplainedRefund {
  return {
    ...refund,
    value: valueRefund(refund, settings),
    isIn12Months: isIn12Months(refund.refundedAt, now),
  }
}

function valueRefund(refund: RecordedRefund, settings: ValueSettings): ExplainedRefund['value'] {
  if (settings.policy.refunds === 'ignore') return { notCounted: 'refunds are not deducted' }
  const { amountMinor, currency, refundedAt } = refund
  const minor = convert(BigInt(amountMinor), currency, refundedAt, settings)
  if (minor === null) return { notCounted: 'other currency' }
  const rate = currency === settings.currency ? null : rateAt(refundedAt, currency, settings)
  return { valueMinor: Number(minor), rate: toExplainedRate(rate) }
}

/** The sums over what counts, of those that `only` picks. */
export function sumExplained(
  orders: readonly ExplainedOrder[],
  refunds: readonly ExplainedRefund[],
  only: (one: ExplainedOrder | ExplainedRefund) => boolean = () => true,
): ExplainedSums {
  const values = valuesOf(orders.filter(only))
  const ordersMinor = sum(values)
  const refundsMinor = sum(valuesOf(refunds.filter(only)))
  const revenue = ordersMinor - refundsMinor
  const count = BigInt(values.length)
  return {
    orders: values.length,
    ordersMinor: Number(ordersMinor),
    refundsMinor: Number(refundsMinor),
    revenueMinor: Number(revenue),
    aovMinor: count === 0n ? null : Number(divideHalfUp(revenue, count)),
    isRounded: count !== 0n && revenue % count !== 0n,
  }
}

/** The instant after which orders belong to the last twelve months. */
export function startOf12Months(now: Date): Date {
  return new Date(now.getTime() - WINDOW_MS)
}

function isIn12Months(at: Date, now: Date): boolean {
  return at > startOf12Months(now)
}

function valuesOf(explained: readonly { readonly value: object }[]): bigint[] {
  return explained.flatMap(({ value }) =>
    'valueMinor' in value && typeof value.valueMinor === 'number' ? [BigInt(value.valueMinor)] : [],
  )
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n)
}

function toExplainedRate(rate: ExchangeRate | null): ExplainedRate | null {
  return rate === null ? null : { currency: rate.currency, validFrom: rate.validFrom, rate: toDecimalText(rate.rate) }
}
