import { toMajorText } from '../../core/money.ts'
import type { BookOrder } from '../shop-server/book.ts'

/** How a shop shows its orders. */
export interface OrderViewSettings {
  readonly taxesIncluded: boolean
  /** By order: how much of its merchandise bought gift cards. */
  readonly giftCards: ReadonlyMap<number, number>
}

/** Ids have 18 digits, more than a JavaScript number can hold. */
const FIRST_ID = 820_982_000_000_000_000n

/** `gid://shopify/Order/820982000000001007`. */
export function toGid(kind: string, id: number): string {
  return `gid://shopify/${kind}/${tailOf(id)}`
}

/** The digits of a global id. */
export function tailOf(id: number): string {
  return String(FIRST_ID + BigInt(id))
}

/** The book's id of an order; null for what is no id of an order. */
export function fromGid(gid: string): number | null {
  const tail = /^gid:\/\/shopify\/Order\/(\d{1,20})$/.exec(gid)?.[1]
  return tail === undefined ? null : Number(BigInt(tail) - FIRST_ID)
}

/** An order as a GraphQL object: everything its type has, fields with arguments as functions. */
export function toOrderObject(order: BookOrder, { taxesIncluded, giftCards }: OrderViewSettings) {
  const { currency } = order
  const bag = (minor: number) => ({
    shopMoney: { amount: toAmount(minor, currency), currencyCode: currency },
    // What the customer saw: never the number to count with.
    presentmentMoney: { amount: toAmount(minor * 2, currency), currencyCode: 'USD' },
  })
  const refunded = order.refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const transactions = toTransactions(order, bag)
  const giftCardMinor = giftCards.get(order.id) ?? 0
  const merchandise = order.subtotalMinor - order.discountMinor
  const line = (index: number, minor: number, isGiftCard: boolean) => ({
    __typename: 'LineItem',
    id: toGid('LineItem', order.id * 10 + index),
    isGiftCard,
    quantity: 1,
    discountedTotalSet: () => bag(minor),
  })
  const lines = [line(1, merchandise - giftCardMinor, false)]
  if (giftCardMinor > 0) lines.push(line(2, giftCardMinor, true))
  const customerGid = order.customerId === null ? null : toGid('Customer', order.customerId)
  return {
    __typename: 'Order',
    id: toGid('Order', order.id),
    name: `#${order.id}`,
    createdAt: toInstant(order.placedAt),
    processedAt: toInstant(order.placedAt),
    updatedAt: toInstant(order.updatedAt),
    cancelledAt: order.state === 'cancelled' ? toInstant(order.updatedAt) : null,
    test: order.test,
    displayFinancialStatus: toFinancialStatus(order, refunded),
    sourceName: order.channel === 'online' ? 'web' : order.channel,
    email: order.email,
    phone: null,
    currencyCode: currency,
    taxesIncluded,
    customer:
      customerGid === null
        ? null
        : {
            __typename: 'Customer',
            id: customerGid,
            defaultEmailAddress: order.email === null ? null : { emailAddress: order.email },
            defaultPhoneNumber: null,
          },
    displayAddress: { id: toGid('MailingAddress', order.id), countryCodeV2: order.country },
    purchasingEntity:
      order.channel === 'b2b'
        ? { __typename: 'PurchasingCompany', contact: null }
        : { __typename: 'Customer', id: customerGid ?? toGid('Customer', 0) },
    totalPriceSet: bag(order.totalMinor),
    subtotalPriceSet: bag(merchandise + (taxesIncluded ? order.taxMinor : 0)),
    totalDiscountsSet: bag(order.discountMinor),
    totalTaxSet: bag(order.taxMinor),
    totalTipReceivedSet: bag(0),
    originalTotalDutiesSet: null,
    totalRefundedSet: bag(refunded),
    shippingLine: {
      originalPriceSet: bag(order.shippingMinor),
      discountedPriceSet: bag(order.shippingMinor),
      taxLines: [],
    },
    lineItems: (wish: { first?: number; after?: string | null }) => toConnection(lines, wish),
    transactionsCount: { count: transactions.length, precision: 'EXACT' },
    transactions: ({ first }: { first?: number }) =>
      first === undefined ? transactions : transactions.slice(0, first),
  }
}

/** Of a list that is in memory as a whole: cursors are positions. Without `first`, as in an export, all of it. */
export function toConnection<T>(all: readonly T[], { first, after }: { first?: number; after?: string | null }) {
  const from = after ? Number(after) : 0
  const nodes = all.slice(from, first === undefined ? undefined : from + first)
  const endCursor = nodes.length === 0 ? null : String(from + nodes.length)
  const pageInfo = {
    endCursor,
    startCursor: null,
    hasNextPage: from + nodes.length < all.length,
    hasPreviousPage: from > 0,
  }
  return { nodes, edges: nodes.map((node, index) => ({ node, cursor: String(from + index + 1) })), pageInfo }
}

/** A sale, then for each refund what came of it; every other one was refused by the bank before it went through. */
function toTransactions<Bag>(order: BookOrder, bag: (minor: number) => Bag) {
  const one = (id: number, kind: string, status: string, at: Date, minor: number) => ({
    id: toGid('OrderTransaction', id),
    kind,
    status,
    createdAt: toInstant(at),
    processedAt: toInstant(at),
    amountSet: bag(minor),
  })
  const sale = order.paid ? [one(order.id, 'SALE', 'SUCCESS', order.placedAt, order.totalMinor)] : []
  const refunds = order.refunds.flatMap(({ id, at, amountMinor }) => {
    const success = one(id, 'REFUND', 'SUCCESS', at, amountMinor)
    return id % 2 === 0 ? [success] : [one(id + 1_000_000, 'REFUND', 'FAILURE', at, amountMinor), success]
  })
  return [...sale, ...refunds]
}

function toFinancialStatus(order: BookOrder, refunded: number): string {
  if (order.state === 'failed') return 'EXPIRED'
  if (!order.paid) return order.state === 'cancelled' ? 'VOIDED' : 'PENDING'
  if (refunded === 0) return 'PAID'
  return refunded >= order.totalMinor ? 'REFUNDED' : 'PARTIALLY_REFUNDED'
}

/** `12.5`, `12.34`, and `1000.0` also for yen. */
function toAmount(minor: number, currency: string): string {
  const text = toMajorText(minor, currency)
  if (!text.includes('.')) return `${text}.0`
  return text.replace(/(\.\d+?)0+$/, '$1')
}

function toInstant(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`
}
