import { currencyExponent } from '../../core/money.ts'
import type { BookOrder } from '../shop-server/book.ts'

/** Decimals of every amount: more than any usual currency has, so that nobody takes them for the currency's own. */
export const MONEY_PRECISION = 3
/** The channel that the sandbox sells in; the default channel has its orders too. */
export const CHANNEL_CODE = 'sandbox-store'

/** An order as the sandbox's database has it. Instants in µs since 1970; in JSON they have milliseconds. */
export interface ShownOrder {
  readonly id: number
  readonly type: 'Regular' | 'Seller'
  readonly active: boolean
  readonly state: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly orderPlacedAt: number | null
  readonly fields: Readonly<Record<string, unknown>>
}

/** Beside Vendure's own: states of a custom order process. */
export const CUSTOM_STATES = { AwaitingTransfer: 'pending', PaymentFailed: 'failed' } as const

const STATES: Readonly<Record<BookOrder['state'], string>> = {
  placed: 'PaymentSettled',
  pending: 'AwaitingTransfer',
  failed: 'PaymentFailed',
  cancelled: 'Cancelled',
  draft: 'Draft',
  trashed: 'Cancelled',
}

/**
 * The rows that an order of the book is in the database: itself, the cart its customer has left since, and now and then
 * a seller's part of it. Placing writes the changed instant of the cart back, up to an hour before.
 */
export function toShown(order: BookOrder, customerIdOf: (email: string) => number): readonly ShownOrder[] {
  const cartAgeMs = 200 + ((order.id * 7_919_113) % 3_600_000)
  const isMoved = order.updatedAt.getTime() > order.placedAt.getTime()
  const cartMs = order.placedAt.getTime() - cartAgeMs
  const shown: ShownOrder = {
    id: order.id,
    type: 'Regular',
    active: false,
    state: STATES[order.state],
    createdAt: (cartMs - 60_000) * 1000,
    updatedAt: isMoved ? order.updatedAt.getTime() * 1000 + ((order.id * 37) % 1000) : cartMs * 1000,
    orderPlacedAt: order.state === 'draft' ? null : order.placedAt.getTime() * 1000,
    fields: toFields(order, customerIdOf),
  }
  const cart: ShownOrder = {
    ...shown,
    id: order.id + 1_000_000,
    active: true,
    state: order.id % 2 === 0 ? 'AddingItems' : 'ArrangingPayment',
    orderPlacedAt: null,
  }
  const part: ShownOrder = { ...shown, id: order.id + 2_000_000, type: 'Seller' }
  return order.id % 7 === 3 ? [shown, cart, part] : [shown, cart]
}

function toFields(order: BookOrder, customerIdOf: (email: string) => number): Readonly<Record<string, unknown>> {
  const units = (minor: number) => minor * 10 ** (MONEY_PRECISION - currencyExponent(order.currency))
  const isCancelled = order.state === 'cancelled'
  const quantity = isCancelled ? 0 : 1
  const merchandise = order.subtotalMinor - order.discountMinor
  const now = (minor: number) => units(minor) * quantity
  return {
    currencyCode: order.currency,
    subTotal: now(merchandise),
    shipping: now(order.shippingMinor),
    shippingWithTax: now(order.shippingMinor),
    total: now(merchandise + order.shippingMinor),
    totalWithTax: now(order.totalMinor),
    customer: toCustomer(order, customerIdOf),
    billingAddress: { countryCode: null },
    shippingAddress: { countryCode: order.country },
    channels: [{ code: '__default_channel__' }, { code: CHANNEL_CODE }],
    discounts: isCancelled
      ? [
          {
            adjustmentSource: 'CANCEL_ORDER',
            amount: -units(order.shippingMinor),
            amountWithTax: -units(order.shippingMinor),
          },
        ]
      : [],
    payments: toPayments(order, units),
    lines: [
      {
        quantity,
        orderPlacedQuantity: 1,
        unitPrice: units(order.subtotalMinor),
        unitPriceWithTax: units(order.subtotalMinor + order.taxMinor),
        linePrice: now(order.subtotalMinor),
        linePriceWithTax: now(order.subtotalMinor + order.taxMinor),
        proratedLinePrice: now(merchandise),
      },
    ],
  }
}

/** Beside the payment that counts: one that was declined; beside each refund: one that failed and one under way. */
function toPayments(order: BookOrder, units: (minor: number) => number): readonly unknown[] {
  if (order.state === 'draft') return []
  const at = order.placedAt.getTime() * 1000
  const isSettled = order.paid || order.refunds.length > 0
  const amount = units(order.totalMinor)
  const refunds = order.refunds.flatMap((refund) => {
    const [createdAt, total] = [refund.at.getTime() * 1000, units(refund.amountMinor)]
    return [
      { id: refund.id, state: 'Settled', total, createdAt, updatedAt: createdAt },
      { id: refund.id + 1_000_000, state: 'Failed', total, createdAt, updatedAt: createdAt },
      { id: refund.id + 2_000_000, state: 'Pending', total, createdAt, updatedAt: createdAt },
    ]
  })
  const unsettled = order.state === 'cancelled' ? 'Cancelled' : 'Authorized'
  return [
    { id: order.id, state: 'Declined', amount, updatedAt: at, refunds: [] },
    { id: order.id + 1_000_000, state: isSettled ? 'Settled' : unsettled, amount, updatedAt: at, refunds },
  ]
}

/** Guests are customers without a user, under their address in small letters: one id per address. */
function toCustomer({ email, customerId }: BookOrder, customerIdOf: (email: string) => number): unknown {
  if (email === null) return null
  const emailAddress = customerId === null ? email.toLowerCase() : email
  const user = customerId === null ? null : { id: customerId }
  return { id: customerIdOf(email.toLowerCase()), emailAddress, phoneNumber: null, user }
}
