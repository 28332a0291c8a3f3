import { RecordError } from '../../core/errors.ts'
import { parseInstant } from '../../core/instant.ts'
import { isCurrency, parseDecimal, toMinor } from '../../core/money.ts'
import {
  type OrderCustomer,
  type OrderRefund,
  type OrderState,
  placeOfOrder,
  type SourceOrder,
} from '../../core/orders/order.ts'
import type { Mapped } from '../../reading/feed.ts'
import { inField, toRejectedOrder } from '../../reading/in-field.ts'
import { tailOf } from './gid.ts'
import type { OrderMore, ShopifyRecord } from './record.ts'
import { type WireBag, type WireOrder, wireOrder } from './wire.ts'

/**
 * Financial status → state, for orders that are not cancelled. What was authorised is as good as paid; a payment that was
 * voided or ran out never came. Refunded orders stay placed: their refunds say so.
 */
const STATES: Readonly<Record<string, OrderState>> = {
  AUTHORIZED: 'placed',
  PAID: 'placed',
  PARTIALLY_PAID: 'placed',
  PARTIALLY_REFUNDED: 'placed',
  REFUNDED: 'placed',
  PENDING: 'pending',
  EXPIRED: 'pending',
  VOIDED: 'cancelled',
}

/** `sourceName` → channel, where another word says more. Others, such as ids of apps, are kept as the shop names them. */
const CHANNELS: Readonly<Record<string, string>> = { web: 'online', shopify_draft_order: 'draft-order' }

/**
 * One outcome per record; one that cannot be read is a dead letter that names field and reason, never the value.
 * `more` is null where it could not be read.
 */
export function mapOrder(
  { externalId, raw }: ShopifyRecord,
  more: OrderMore | null,
  states: Readonly<Record<string, OrderState>> = {},
): Mapped {
  const rejected = (reason: string, field: string): Mapped => {
    return { kind: 'rejected', externalId, rejected: { place: placeOfOrder(externalId), reason, field } }
  }
  const parsed = wireOrder.safeParse(raw)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return rejected('is missing or of another kind than expected', issue?.path.map(String).join('.') ?? 'order')
  }
  if (more === null)
    return rejected('is of another kind than expected, or more than is read', 'transactions or lineItems')
  try {
    return { kind: 'order', order: toOrder(parsed.data, more, states) }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    return { kind: 'rejected', externalId, rejected: toRejectedOrder(externalId, error) }
  }
}

function toOrder(wire: WireOrder, more: OrderMore, states: Readonly<Record<string, OrderState>>): SourceOrder {
  const currency = wire.currencyCode
  if (!isCurrency(currency)) throw new RecordError('expected an ISO 4217 currency', { field: 'currencyCode' })
  const amount = (field: string, bag: WireBag | null): number => toAmount(field, bag, currency)
  const sum = (field: string, bags: readonly WireBag[]): number =>
    bags.reduce((total, bag) => total + amount(field, bag), 0)

  const totalMinor = amount('totalPriceSet', wire.totalPriceSet)
  if (totalMinor < 0) throw new RecordError('expected zero or more', { field: 'totalPriceSet' })
  const taxMinor = amount('totalTaxSet', wire.totalTaxSet)
  const line = wire.shippingLine
  // Components must not overlap: with prices that include tax, the tax of shipping is in `totalTaxSet` already.
  const includedTax = (minor: number): number => (wire.taxesIncluded ? minor : 0)
  const shippingTax = sum('shippingLine.taxLines', line?.taxLines.map(({ priceSet }) => priceSet) ?? [])
  const charged = amount('shippingLine.discountedPriceSet', line?.discountedPriceSet ?? null)
  const shippingDiscount = amount('shippingLine.originalPriceSet', line?.originalPriceSet ?? null) - charged
  const discountMinor = Math.max(0, amount('totalDiscountsSet', wire.totalDiscountsSet) - shippingDiscount)
  const merchandise = amount('subtotalPriceSet', wire.subtotalPriceSet) - includedTax(taxMinor - shippingTax)

  return {
    externalId: tailOf(wire.id),
    placedAt: instant('processedAt', wire.processedAt),
    updatedAt: instant('updatedAt', wire.updatedAt),
    currency,
    totalMinor,
    state: toState(wire, states),
    test: wire.test,
    ...toChannel(wire),
    customer: toCustomer(wire),
    refunds: toRefunds(more, currency),
    taxMinor,
    shippingMinor: charged - includedTax(shippingTax),
    discountMinor,
    tipMinor: amount('totalTipReceivedSet', wire.totalTipReceivedSet),
    dutiesMinor: amount('originalTotalDutiesSet', wire.originalTotalDutiesSet),
    giftCardMinor: sum('lineItems', more.giftCards),
    ...(wire.subtotalPriceSet !== null && { subtotalMinor: merchandise + discountMinor }),
  }
}

/** Money went back only where a refunding transaction succeeded; the existence of a refund alone proves nothing. */
function toRefunds({ transactions }: OrderMore, currency: string): OrderRefund[] {
  return transactions
    .filter(({ kind, status }) => kind === 'REFUND' && status === 'SUCCESS')
    .map(({ id, processedAt, createdAt, amountSet }) => ({
      externalId: tailOf(id),
      refundedAt: instant('transactions.processedAt', processedAt ?? createdAt),
      amountMinor: toAmount('transactions.amountSet', amountSet, currency),
    }))
    .filter(({ amountMinor }) => amountMinor !== 0)
}

function toState(wire: WireOrder, states: Readonly<Record<string, OrderState>>): OrderState {
  if (wire.cancelledAt !== null) return 'cancelled'
  // Nothing has been paid, nor tried.
  const status = wire.displayFinancialStatus ?? 'PENDING'
  const own = Object.hasOwn(states, status) ? states[status] : undefined
  const state = own ?? (Object.hasOwn(STATES, status) ? STATES[status] : undefined)
  if (state !== undefined) return state
  const named = /^\w{1,40}$/.test(status) ? status : 'of this order'
  throw new RecordError(`the status ${named} is not known; map it under states`, { field: 'displayFinancialStatus' })
}

function toChannel({ purchasingEntity, sourceName }: WireOrder): { channel?: string } {
  if (purchasingEntity?.__typename === 'PurchasingCompany') return { channel: 'b2b' }
  if (sourceName === null || sourceName === '') return {}
  if (sourceName.startsWith('subscription')) return { channel: 'subscription' }
  return { channel: CHANNELS[sourceName] ?? sourceName }
}

/** The customer's address of today is the same on all their orders; the order's own is for those without an account. */
function toCustomer(wire: WireOrder): OrderCustomer | null {
  const email = wire.customer?.defaultEmailAddress?.emailAddress ?? wire.email
  const phone = wire.phone ?? wire.customer?.defaultPhoneNumber?.phoneNumber
  const country = wire.displayAddress?.countryCodeV2
  if (!email && !phone && wire.customer === null) return null
  return {
    ...(email && { email }),
    ...(wire.customer !== null && { externalId: tailOf(wire.customer.id) }),
    ...(phone && { phone }),
    ...(country && { country }),
  }
}

function toAmount(field: string, bag: WireBag | null, currency: string): number {
  if (bag === null) return 0
  const { amount, currencyCode } = bag.shopMoney
  if (currencyCode !== currency) throw new RecordError('is in another currency than the order', { field })
  return inField(field, () => toMinor(parseDecimal(amount), currency))
}

function instant(field: string, text: string): Date {
  return inField(field, () => parseInstant(text, 'UTC'))
}
