import { RecordError } from '../../core/errors.ts'
import type { CustomerRefund, OrderComponents, OrderCustomer, SourceOrder } from '../../core/orders/order.ts'
import { amountToMinor } from './amount.ts'
import type { RowValues } from './map.ts'

/** A file that does not say when an order changed always wins: one instant for all versions, so that none looks stale. */
const UNVERSIONED = new Date(0)

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/**
 * What a row, or the sum of an order's lines, says → an order; amounts are rounded here and nowhere else.
 * @throws RecordError when an amount has the wrong sign or is too large.
 */
export function toSourceOrder(values: RowValues, components: readonly (keyof OrderComponents)[]): SourceOrder {
  const order: Mutable<SourceOrder> = {
    externalId: values.id,
    placedAt: values.placedAt,
    updatedAt: values.changedAt ?? UNVERSIONED,
    currency: values.currency,
    totalMinor: amountToMinor(values.total, values.currency),
    state: values.state ?? 'placed',
    test: values.test ?? false,
    customer: toCustomer(values),
    refunds: [],
  }
  if (order.totalMinor < 0) {
    throw new RecordError(
      'expected a total of zero or more: name refunds under `cancellations`, or leave them out by `skip`',
    )
  }
  if (values.channel !== '') order.channel = values.channel
  for (const [at, name] of components.entries()) {
    const amount = values.components[at]
    if (amount === null || amount === undefined) continue
    const minor = amountToMinor(amount, values.currency)
    if (minor < 0 && name !== 'discountMinor') throw new RecordError(`expected ${name.slice(0, -5)} to be zero or more`)
    order[name] = Math.abs(minor)
  }
  const refundedMinor = values.refunded === null ? 0 : amountToMinor(values.refunded, values.currency)
  if (refundedMinor < 0) throw new RecordError('expected refunded to be zero or more')
  if (refundedMinor > 0) {
    const refundedAt = values.refundedAt ?? values.changedAt ?? values.placedAt
    order.refunds = [{ externalId: 'refunded', refundedAt, amountMinor: refundedMinor }]
  }
  return order
}

/**
 * A cancellation → money given back to its customer.
 * @throws RecordError unless its total is negative.
 */
export function toCustomerRefund(values: RowValues): CustomerRefund {
  const amountMinor = -amountToMinor(values.total, values.currency)
  if (amountMinor <= 0) throw new RecordError('expected a cancellation to have a negative total')
  return {
    externalId: values.id,
    refundedAt: values.placedAt,
    updatedAt: values.changedAt ?? UNVERSIONED,
    currency: values.currency,
    amountMinor,
    customer: toCustomer(values),
  }
}

/** Null: nothing tells who it was; a country alone does not. */
function toCustomer(values: RowValues): OrderCustomer | null {
  const { email, customerId, phone, country } = values
  if (email === '' && customerId === '' && phone === '') return null
  const customer: Mutable<OrderCustomer> = {}
  if (email !== '') customer.email = email
  if (customerId !== '') customer.externalId = customerId
  if (phone !== '') customer.phone = phone
  if (country !== '') customer.country = country
  return customer
}
