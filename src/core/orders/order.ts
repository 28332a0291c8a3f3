/** All states, the best first. */
export const ORDER_STATES = ['placed', 'pending', 'cancelled', 'failed', 'draft', 'deleted'] as const

/** Where an order stands. Everything is kept in the ledger; the policy decides what counts. */
export type OrderState = (typeof ORDER_STATES)[number]

/** Who bought, as far as the shop says. All fields raw; the ledger normalises. Null as a whole: an anonymous sale. */
export interface OrderCustomer {
  readonly email?: string
  /** The shop's own customer id: links orders whose e-mail changed. */
  readonly externalId?: string
  readonly phone?: string
  /** ISO 3166-1 alpha-2, used to read the phone number. */
  readonly country?: string
}

/** Money given back on a known order. Amount in minor units of the order's currency, positive. */
export interface OrderRefund {
  /** Unique within its order; two refunds of one order never share it. */
  readonly externalId: string
  readonly refundedAt: Date
  readonly amountMinor: number
}

/** What an order's total is made of, in minor units; absent means the shop does not say. */
export interface OrderComponents {
  /** Merchandise before discounts. */
  readonly subtotalMinor?: number
  /** Positive: what was taken off the merchandise. */
  readonly discountMinor?: number
  readonly taxMinor?: number
  readonly shippingMinor?: number
  readonly tipMinor?: number
  readonly dutiesMinor?: number
  /** Part of the total that bought gift cards. */
  readonly giftCardMinor?: number
}

/** An order as a source maps it: every money component kept, nothing decided yet. Minor units of `currency`. */
export interface SourceOrder extends OrderComponents {
  /** The shop's id, unique within the source. */
  readonly externalId: string
  readonly placedAt: Date
  /** The shop's last-changed instant; an older one never overwrites a newer one. */
  readonly updatedAt: Date
  readonly currency: string
  /** What the customer was charged, before refunds. */
  readonly totalMinor: number
  readonly state: OrderState
  readonly test: boolean
  /** `online`, `pos`, `b2b`, `subscription`, … as the shop names it. */
  readonly channel?: string
  readonly customer: OrderCustomer | null
  readonly refunds: readonly OrderRefund[]
}

/** Money given back that names no order: it belongs to its customer and counts at its own date. Minor units, positive. */
export interface CustomerRefund {
  /** The shop's id, unique within the source among refunds of this kind. */
  readonly externalId: string
  readonly refundedAt: Date
  readonly updatedAt: Date
  readonly currency: string
  readonly amountMinor: number
  readonly customer: OrderCustomer | null
}

/** A record that could not be read: where and why. Only this is kept, not the record: it is to be mended where it came from. */
export interface RejectedRecord {
  /** Stable within the source, so that reading it again is the same dead letter: `orders.csv:17`, `order 4711`. */
  readonly place: string
  /** The column or field at fault, when one is. */
  readonly field?: string
  /** What was expected. Never the value. */
  readonly reason: string
}

/** The place of a dead letter that is an order of a shop; reading this order well resolves it. */
export function placeOfOrder(externalId: string): string {
  return `order ${externalId}`
}
