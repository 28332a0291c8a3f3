import { RecordError } from '../../core/errors.ts'
import { addDecimals, type Decimal, isCurrency, parseDecimal, toMinor } from '../../core/money.ts'
import {
  type OrderCustomer,
  type OrderRefund,
  type OrderState,
  placeOfOrder,
  type RejectedRecord,
  type SourceOrder,
} from '../../core/orders/order.ts'
import { inField, toRejectedOrder } from '../../reading/in-field.ts'
import { fromNaive } from './listed.ts'
import { type WireOrder, type WireRefund, wireOrder } from './wire.ts'

/** The shop's statuses → our states, for those that are not WooCommerce's own or are meant otherwise. */
export type OwnStates = Readonly<Record<string, OrderState>>

/** WooCommerce's statuses. `on-hold` waits for a bank transfer: nothing is paid yet. `refunded` is told by refunds. */
const STATES: OwnStates = {
  pending: 'pending',
  'on-hold': 'pending',
  processing: 'placed',
  completed: 'placed',
  refunded: 'placed',
  cancelled: 'cancelled',
  failed: 'failed',
  trash: 'deleted',
  'checkout-draft': 'draft',
  'auto-draft': 'draft',
  draft: 'draft',
}

/** What the eraser of WordPress puts in the place of an address. */
const ERASED = /@site\.invalid$/i
const ZERO: Decimal = { units: 0n, scale: 0 }

/** Whether a status of the shop is WooCommerce's own or mapped. */
export function stateOf(status: string, states: OwnStates): OrderState | undefined {
  const own = Object.hasOwn(states, status) ? states[status] : undefined
  return own ?? (Object.hasOwn(STATES, status) ? STATES[status] : undefined)
}

/** An order of a list, or why it is none: the first thing that is missing or of another shape. */
export function readOrder(id: string, record: unknown): WireOrder | RejectedRecord {
  const parsed = wireOrder.safeParse(record)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path.join('.') ?? ''
  return { place: placeOfOrder(id), ...(field !== '' && { field }), reason: reasonOf(issue?.code, issue?.message) }
}

/**
 * An order with its refunds, all amounts rounded once to the order's currency; or why it cannot be used. `refunds` is
 * null when one of them cannot be read.
 */
export function mapOrder(
  wire: WireOrder,
  refunds: readonly WireRefund[] | null,
  states: OwnStates,
): SourceOrder | RejectedRecord {
  const reject = (field: string, reason: string) => ({ place: placeOfOrder(String(wire.id)), field, reason })
  const { currency } = wire
  if (!isCurrency(currency)) return reject('currency', 'expected an ISO 4217 code such as EUR')
  const state = stateOf(wire.status, states)
  if (state === undefined) {
    return reject(
      'status',
      `“${wire.status.slice(0, 40)}” is not a status of WooCommerce: say under \`states\` what it means`,
    )
  }
  if (refunds === null) return reject('refunds', 'one of them is not what WooCommerce writes there')
  const amountIn = (field: string, text: string) => inField(field, () => parseDecimal(text))
  const minorIn = (field: string, amount: Decimal) => inField(field, () => toMinor(amount, currency))
  try {
    const total = amountIn('total', wire.total)
    if (total.units < 0n) return reject('total', 'expected an amount of zero or more')
    const subtotals = wire.line_items.map((line) => amountIn('line_items.subtotal', line.subtotal))
    const fees = wire.fee_lines.map((fee) => amountIn('fee_lines.total', fee.total))
    // A fee below zero is how shops write a reduction; one above stays in the total alone.
    const reductions = fees.filter(({ units }) => units < 0n).map(negate)
    const discount = reductions.reduce(addDecimals, amountIn('discount_total', wire.discount_total))
    const totalMinor = minorIn('total', total)
    const updatedAt = inField('date_modified_gmt', () => instantOf(wire.date_modified_gmt ?? wire.date_created_gmt))
    return {
      externalId: String(wire.id),
      placedAt: inField('date_created_gmt', () => instantOf(wire.date_created_gmt)),
      updatedAt,
      currency,
      totalMinor,
      subtotalMinor: minorIn('line_items.subtotal', subtotals.reduce(addDecimals, ZERO)),
      discountMinor: minorIn('discount_total', discount),
      taxMinor: minorIn('total_tax', amountIn('total_tax', wire.total_tax)),
      shippingMinor: minorIn('shipping_total', amountIn('shipping_total', wire.shipping_total)),
      state,
      // No gateway's test mode leaves a mark that all of them share.
      test: false,
      ...(wire.created_via && { channel: wire.created_via }),
      customer: toCustomer(wire),
      refunds: isAllBack(wire, states)
        ? [{ externalId: 'refunded', refundedAt: updatedAt, amountMinor: totalMinor }]
        : refunds.toSorted((a, b) => a.id - b.id).map((refund) => inField('refunds', () => toRefund(refund, currency))),
    }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    return toRejectedOrder(String(wire.id), error)
  }
}

/** WooCommerce makes a refund when it sets this status; orders that were imported with it have none. */
function isAllBack({ status, refunds }: WireOrder, states: OwnStates): boolean {
  return status === 'refunded' && refunds.length === 0 && !Object.hasOwn(states, status)
}

function toRefund(wire: WireRefund, currency: string): OrderRefund {
  const amountMinor = toMinor(parseDecimal(wire.amount), currency)
  if (amountMinor < 0) throw new RecordError('expected refunds of zero or more')
  return { externalId: String(wire.id), refundedAt: instantOf(wire.date_created_gmt), amountMinor }
}

/** Null for somebody whose data was erased: what is left of the order's address is nobody's. */
function toCustomer({ billing, customer_id }: WireOrder): OrderCustomer | null {
  const email = billing.email?.trim() ?? ''
  if (ERASED.test(email)) return null
  const customer = {
    ...(email !== '' && { email }),
    ...(customer_id > 0 && { externalId: String(customer_id) }),
    ...(billing.phone && { phone: billing.phone }),
    ...(billing.country && { country: billing.country }),
  }
  return 'email' in customer || 'externalId' in customer || 'phone' in customer ? customer : null
}

function instantOf(text: string): Date {
  const instant = fromNaive(text)
  if (Number.isNaN(instant.getTime())) throw new RecordError('expected a date that exists in the calendar')
  return instant
}

function negate({ units, scale }: Decimal): Decimal {
  return { units: -units, scale }
}

/** Zod's own words may repeat the value. */
function reasonOf(code: string | undefined, message: string | undefined): string {
  return code === 'invalid_format' && message !== undefined
    ? message
    : 'is missing, or is not what WooCommerce writes there'
}
