import type { BookOrder, BookRefund } from '../shop-server/book.ts'
import { toAmountText } from './amount-text.ts'
import type { SiteClock } from './site-clock.ts'

/** How the shop shows what is in its book. */
export interface Documents {
  /** The status in the API, without `wc-`. */
  statusOf(order: BookOrder): string
  /** `decimals`: the `dp` of the request. */
  toOrder(order: BookOrder, decimals: number): Record<string, unknown>
  /** `parent_id` is only in the list of all refunds. */
  toRefund(refund: BookRefund, order: BookOrder, decimals: number): Record<string, unknown>
}

const STATUSES = {
  placed: 'processing',
  pending: 'pending',
  cancelled: 'cancelled',
  failed: 'failed',
  draft: 'checkout-draft',
  trashed: 'trash',
} as const satisfies Record<BookOrder['state'], string>

/** WooCommerce's own statuses, as an administrator sees them. */
export const WOOCOMMERCE_STATUSES = [
  'pending',
  'processing',
  'on-hold',
  'completed',
  'cancelled',
  'refunded',
  'failed',
  'checkout-draft',
] as const

const CHANNELS: Readonly<Record<string, string>> = { online: 'checkout', pos: 'pos-rest-api' }

/** Documents of a site. */
export function createDocuments(clock: SiteClock, renamed: Readonly<Record<string, string>>): Documents {
  const dates = (name: string, instant: Date | null) => ({
    [name]: instant === null ? null : clock.toText(instant, false),
    [`${name}_gmt`]: instant === null ? null : clock.toText(instant, true),
  })

  function statusOf(order: BookOrder): string {
    const refunded = order.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0)
    const isRefunded = order.state === 'placed' && refunded > 0 && refunded >= order.totalMinor
    const status = isRefunded ? 'refunded' : STATUSES[order.state]
    return renamed[status] ?? status
  }

  return {
    statusOf,
    toOrder(order, decimals) {
      const amount = (minor: number) => toAmountText(minor, order.currency, decimals)
      const sold = order.subtotalMinor - order.discountMinor
      const address = { first_name: '', last_name: '', city: '', country: order.country }
      return {
        id: order.id,
        parent_id: 0,
        status: statusOf(order),
        currency: order.currency,
        version: '11.0.1',
        prices_include_tax: true,
        ...dates('date_created', order.placedAt),
        ...dates('date_modified', order.updatedAt),
        discount_total: amount(order.discountMinor),
        discount_tax: amount(0),
        shipping_total: amount(order.shippingMinor),
        shipping_tax: amount(0),
        cart_tax: amount(order.taxMinor),
        total: amount(order.totalMinor),
        total_tax: amount(order.taxMinor),
        customer_id: order.customerId ?? 0,
        order_key: `wc_order_${order.id}`,
        billing: { ...address, email: order.email ?? '', phone: '' },
        shipping: address,
        payment_method: 'bacs',
        created_via: CHANNELS[order.channel] ?? order.channel,
        number: String(order.id),
        ...dates('date_paid', order.paid ? order.placedAt : null),
        meta_data: [],
        line_items: [
          {
            id: order.id * 10,
            name: 'Sample',
            quantity: 3,
            subtotal: amount(order.subtotalMinor),
            subtotal_tax: amount(order.taxMinor),
            total: amount(sold),
            total_tax: amount(order.taxMinor),
            // A float in the real API too.
            price: Number(amount(sold)) / 3,
          },
        ],
        tax_lines: [],
        shipping_lines: [],
        fee_lines: [],
        coupon_lines: [],
        refunds: order.refunds.map((refund) => ({
          id: refund.id,
          reason: '',
          total: `-${amount(refund.amountMinor)}`,
        })),
      }
    },
    toRefund: (refund, order, decimals) => ({
      id: refund.id,
      parent_id: refund.orderId,
      ...dates('date_created', refund.at),
      amount: toAmountText(refund.amountMinor, order.currency, decimals),
      reason: '',
      refunded_by: 1,
      refunded_payment: false,
      meta_data: [],
      line_items: [],
    }),
  }
}
