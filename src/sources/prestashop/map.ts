import { RecordError } from '../../core/errors.ts'
import type { LocalClock } from '../../core/local-clock.ts'
import { addDecimals, type Decimal, isCurrency, parseDecimal, toMinor } from '../../core/money.ts'
import {
  ORDER_STATES,
  type OrderCustomer,
  type OrderRefund,
  type OrderState,
  type SourceOrder,
} from '../../core/orders/order.ts'
import { inField } from '../../reading/in-field.ts'
import type { OrderGroup } from './groups.ts'
import type { LookUps } from './look-ups.ts'
import { type OrderFate, readState } from './states.ts'
import {
  type CustomerRow,
  customerFields,
  type OrderFields,
  type OrderRow,
  orderFields,
  type SlipRow,
  slipFields,
} from './wire.ts'

/** What the meaning of a record depends on besides the shop. */
export interface MapSettings {
  readonly clock: LocalClock
  /** State id → meaning, before anything the shop says. */
  readonly states: Readonly<Record<string, OrderFate>>
}

/** One row of the shop's orders, which is an order or a part of one. */
interface Part extends Readonly<Record<(typeof AMOUNTS)[number], number>> {
  readonly fields: OrderFields
  readonly fate: OrderFate
  readonly currency: string
  readonly refunds: readonly OrderRefund[]
}

const AMOUNTS = ['totalMinor', 'taxMinor', 'subtotalMinor', 'discountMinor', 'shippingMinor'] as const

/** Where data-protection modules move the orders of people who were erased (psgdpr, psassistant). */
const NOBODY = new Set(['anonymous@psgdpr.com', 'anonymous@anonymous.com', 'noremove@pslegalassistant.com'])

/**
 * The order that these rows are parts of (one as a rule, in the order of their ids), under the id of the first.
 * @throws RecordError, with the field in its context, when a part cannot be read: then the order cannot be summed.
 */
export function toOrder([row, ...others]: OrderGroup, lookUps: LookUps, settings: MapSettings): SourceOrder {
  const { clock } = settings
  const first = toPart(row, lookUps, settings)
  const parts = [first, ...others.map((other) => toPart(other, lookUps, settings))]
  if (parts.some(({ currency }) => currency !== first.currency)) {
    throw new RecordError('expected one currency in all parts of the order', { field: 'id_currency' })
  }
  const state = ORDER_STATES.find((best) => parts.some((part) => stateOf(part.fate) === best)) ?? 'pending'
  // Those parts count that are best off: one cancelled parcel does not cancel the others.
  const counted = parts.filter((part) => stateOf(part.fate) === state)
  const sum = (key: (typeof AMOUNTS)[number]) => counted.reduce((total, part) => total + part[key], 0)
  // What was read has happened: of an hour that comes twice, the first passing while the second is to come.
  const updatedMs = [row, ...others].map((one) =>
    inField('date_upd', () => clock.toPastInstant(orInstead(one.date_upd, one.date_add), one.readAt).getTime()),
  )
  return {
    externalId: first.fields.id,
    placedAt: inField('date_add', () => clock.toInstant(first.fields.date_add)),
    updatedAt: new Date(Math.max(...updatedMs)),
    currency: first.currency,
    totalMinor: sum('totalMinor'),
    subtotalMinor: sum('subtotalMinor'),
    discountMinor: sum('discountMinor'),
    taxMinor: sum('taxMinor'),
    shippingMinor: sum('shippingMinor'),
    state,
    test: false,
    customer: toCustomer(first.fields.id_customer, lookUps.customers),
    refunds: counted.flatMap((part) => part.refunds),
  }
}

function stateOf(fate: OrderFate): OrderState {
  return fate === 'refunded' ? 'placed' : fate
}

function toPart(row: OrderRow, lookUps: LookUps, settings: MapSettings): Part {
  const parsed = orderFields.safeParse(row)
  if (!parsed.success) {
    throw new RecordError('missing, or not of the kind expected', { field: String(parsed.error.issues[0]?.path[0]) })
  }
  const fields = parsed.data
  const fate = toFate(fields, lookUps, settings.states)
  const currency = lookUps.currencies.get(fields.id_currency)
  if (currency === undefined || !isCurrency(currency)) {
    throw new RecordError('expected a currency that the shop lists under its ISO 4217 code', { field: 'id_currency' })
  }
  const money = (field: keyof OrderFields & `total_${string}`) =>
    inField(field, () => notNegative(parseDecimal(fields[field])))
  const total = money('total_paid_tax_incl')
  const totalMinor = inField('total_paid_tax_incl', () => toMinor(total, currency))
  const tax = addDecimals(total, negate(money('total_paid_tax_excl')))
  const slips = (lookUps.slips.get(fields.id) ?? []).flatMap((slip) => toRefund(slip, currency, settings.clock))
  return {
    fields,
    fate,
    currency,
    totalMinor,
    taxMinor: toMinor(tax, currency),
    subtotalMinor: toMinor(money('total_products'), currency),
    discountMinor: toMinor(money('total_discounts_tax_excl'), currency),
    shippingMinor: toMinor(money('total_shipping_tax_excl'), currency),
    refunds: fate === 'refunded' ? refundRest(fields, totalMinor, slips, settings.clock) : slips,
  }
}

function toFate(fields: OrderFields, { states }: LookUps, configured: MapSettings['states']): OrderFate {
  const row = states.get(fields.current_state)
  const fate = row === undefined ? configured[fields.current_state] : readState(row, configured).fate
  if (fate === undefined) {
    throw new RecordError(`the shop lists no order state ${fields.current_state}; say under states what it means`, {
      field: 'current_state',
    })
  }
  // The shop counts it as a sale, whatever its state says today.
  return fate === 'pending' && fields.valid && configured[fields.current_state] === undefined ? 'placed' : fate
}

/** What a credit slip gave back with tax, as the shop's own order page says it; `amount` may be without tax. */
function toRefund(slip: SlipRow, currency: string, clock: LocalClock): OrderRefund[] {
  return inField(`order_slip ${slip.id}`, () => {
    const parsed = slipFields.safeParse(slip)
    if (!parsed.success) throw new RecordError(`expected ${String(parsed.error.issues[0]?.path[0])}`)
    const { id, date_add, ...amounts } = parsed.data
    const [products, shipping, amount, shippingCost] = [
      amounts.total_products_tax_incl,
      amounts.total_shipping_tax_incl,
      amounts.amount,
      amounts.shipping_cost_amount,
    ].map((text) => notNegative(parseDecimal(text))) as [Decimal, Decimal, Decimal, Decimal]
    const withTax = addDecimals(products, shipping)
    // Slips of before 1.6.0.10 have only these two.
    const amountMinor = toMinor(withTax.units > 0n ? withTax : addDecimals(amount, shippingCost), currency)
    return amountMinor > 0
      ? [{ externalId: id, refundedAt: clock.toInstant(orInstead(date_add, slip.date_upd)), amountMinor }]
      : []
  })
}

/** A state of refund gives back all that no slip did; when, is known only as when the order last changed. */
function refundRest(
  fields: OrderFields,
  totalMinor: number,
  slips: readonly OrderRefund[],
  clock: LocalClock,
): readonly OrderRefund[] {
  const rest = totalMinor - slips.reduce((sum, slip) => sum + slip.amountMinor, 0)
  if (rest <= 0) return slips
  const refundedAt = inField('date_upd', () => clock.toInstant(orInstead(fields.date_upd, fields.date_add)))
  return [...slips, { externalId: `state-${fields.id}`, refundedAt, amountMinor: rest }]
}

/** A guest has a new row for each order, so that its id says nothing. Null: nobody, or somebody who was deleted. */
function toCustomer(id: string | null, customers: ReadonlyMap<string, CustomerRow>): OrderCustomer | null {
  const listed = id === null ? undefined : customers.get(id)
  if (listed === undefined) return null
  const parsed = customerFields.safeParse(listed)
  if (!parsed.success) throw new RecordError('expected a customer that can be read', { field: 'id_customer' })
  const row = parsed.data
  if (row.deleted || NOBODY.has(row.email.toLowerCase())) return null
  const email = row.email === '' ? {} : { email: row.email }
  if (!row.is_guest) return { externalId: row.id, ...email }
  return row.email === '' ? null : email
}

/** Imports leave `0000-00-00 00:00:00` where they know no date. */
function orInstead(digits: string, other: string): string {
  return digits.startsWith('0000') ? other : digits
}

function notNegative(amount: Decimal): Decimal {
  if (amount.units < 0n) throw new RecordError('expected an amount of zero or more')
  return amount
}

function negate({ units, scale }: Decimal): Decimal {
  return { units: -units, scale }
}
