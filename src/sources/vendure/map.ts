import { RecordError } from '../../core/errors.ts'
import { isCurrency, toMinor } from '../../core/money.ts'
import type { OrderCustomer, OrderState, SourceOrder } from '../../core/orders/order.ts'
import type { Mapped } from '../../reading/feed.ts'
import { inField, toRejectedOrder } from '../../reading/in-field.ts'
import { toAmounts } from './amounts.ts'
import type { VendureSourceConfig } from './schema.ts'
import { type OrderFields, type OrderRow, orderFields, type WireRefund } from './wire.ts'

/** What the meaning of a record depends on besides the record. */
export interface MapSettings extends Pick<VendureSourceConfig, 'states' | 'refundStates'> {
  /** Decimals of every amount, whatever the currency. */
  readonly moneyPrecision: number
}

/**
 * State → ours. An authorised payment is as good as paid. A shop may take an order as placed before it is paid; then it
 * waits for its payment.
 */
const STATES: Readonly<Record<string, OrderState>> = {
  Created: 'pending',
  AddingItems: 'pending',
  ArrangingPayment: 'pending',
  PaymentAuthorized: 'placed',
  PaymentSettled: 'placed',
  PartiallyShipped: 'placed',
  Shipped: 'placed',
  PartiallyDelivered: 'placed',
  Delivered: 'placed',
  Modifying: 'placed',
  ArrangingAdditionalPayment: 'placed',
  Cancelled: 'cancelled',
  Draft: 'draft',
}

const DEFAULT_CHANNEL = '__default_channel__'

const REFUND_STATES: Readonly<Record<string, 'settled' | 'pending' | 'failed'>> = {
  Settled: 'settled',
  Pending: 'pending',
  Failed: 'failed',
}

/** Whether the program knows what an order in this state is worth, without being told. */
export function isKnownState(name: string): boolean {
  return Object.hasOwn(STATES, name)
}

/** What a record of a list is: an order, none of ours (a cart, the seller's part of an order), or a dead letter. */
export function mapOrder(row: OrderRow, settings: MapSettings): Mapped {
  const externalId = row.id
  try {
    const fields = parseFields(row)
    if (fields.type === 'Seller' || (fields.orderPlacedAt === null && fields.state !== 'Draft')) {
      return { kind: 'none', externalId }
    }
    return { kind: 'order', order: toOrder(fields, settings) }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    return { kind: 'rejected', externalId, rejected: toRejectedOrder(externalId, error) }
  }
}

function parseFields(row: OrderRow): OrderFields {
  const parsed = orderFields.safeParse(row)
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.map(String).join('.') ?? 'order'
  throw new RecordError('missing, or not of the kind expected', { field })
}

function toOrder(order: OrderFields, settings: MapSettings): SourceOrder {
  const { currencyCode: currency } = order
  if (!isCurrency(currency)) throw new RecordError('expected an ISO 4217 currency', { field: 'currencyCode' })
  const amount = (field: string, units: number) => toAmount(field, units, currency, settings.moneyPrecision)
  const { total, tax, shipping, discount, subtotal } = toAmounts(order)
  return {
    externalId: order.id,
    placedAt: order.orderPlacedAt ?? order.createdAt,
    updatedAt: lastChangeOf(order),
    currency,
    totalMinor: amount('totalWithTax', total),
    taxMinor: amount('total', tax),
    shippingMinor: amount('shipping', shipping),
    discountMinor: amount('lines', discount),
    subtotalMinor: amount('subTotal', subtotal),
    state: toState(order, settings.states),
    test: false,
    ...toChannel(order),
    customer: toCustomer(order),
    refunds: order.payments
      .flatMap((payment) => payment.refunds)
      .filter((refund) => isSettled(refund, settings.refundStates) && refund.total !== 0)
      .map((refund) => ({
        externalId: refund.id,
        refundedAt: refund.createdAt,
        amountMinor: amount('payments.refunds.total', refund.total),
      })),
  }
}

/** Refunds, payments and transitions write the order's own changed instant back, and move that of what they change. */
function lastChangeOf({ updatedAt, payments }: OrderFields): Date {
  const parts = payments.flatMap((payment) => [payment.updatedAt, ...payment.refunds.map((refund) => refund.updatedAt)])
  return new Date(Math.max(...[updatedAt, ...parts].map((instant) => instant.getTime())))
}

function toState({ state, orderPlacedAt }: OrderFields, configured: MapSettings['states']): OrderState {
  if (orderPlacedAt === null) return 'draft'
  return lookUp('state', state, { ...STATES, ...configured }, 'states')
}

function isSettled({ state }: WireRefund, configured: MapSettings['refundStates']): boolean {
  return lookUp('payments.refunds.state', state, { ...REFUND_STATES, ...configured }, 'refundStates') === 'settled'
}

function lookUp<T>(field: string, name: string, known: Readonly<Record<string, T>>, setting: string): T {
  const found = Object.hasOwn(known, name) ? known[name] : undefined
  if (found !== undefined) return found
  const named = /^[\w-]{1,60}$/.test(name) ? name : 'of this order'
  throw new RecordError(`the state ${named} is not known; say under ${setting} what it means`, { field })
}

/** In whole units of the currency, rounded half up once where the server counts finer than the currency does. */
function toAmount(field: string, units: number, currency: string, moneyPrecision: number): number {
  if (units < 0) throw new RecordError('expected an amount of zero or more', { field })
  return inField(field, () => toMinor({ units: BigInt(units), scale: moneyPrecision }, currency))
}

/** Guests are customers without a user. */
function toCustomer({ customer, billingAddress, shippingAddress }: OrderFields): OrderCustomer | null {
  if (customer === null) return null
  const country = billingAddress?.countryCode || shippingAddress?.countryCode
  const phone = customer.phoneNumber
  return {
    ...(customer.emailAddress !== '' && { email: customer.emailAddress }),
    ...(customer.user !== null && { externalId: customer.id }),
    ...(phone && { phone }),
    ...(country && { country }),
  }
}

/** Every order is in the default channel too. */
function toChannel({ channels }: OrderFields): { channel?: string } {
  const [code] = channels
    .map((channel) => channel.code)
    .filter((name) => name !== DEFAULT_CHANNEL)
    .sort()
  return code === undefined ? {} : { channel: code }
}
