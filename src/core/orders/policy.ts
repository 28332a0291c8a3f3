/** Whether a component of the total belongs to an order's value. */
type Inclusion = 'include' | 'exclude'

/** What an order is worth and which orders count. The name is pushed beside the number. */
export interface AovPolicy {
  readonly name: string
  readonly tax: Inclusion
  readonly shipping: Inclusion
  readonly tips: Inclusion
  readonly duties: Inclusion
  readonly giftCards: Inclusion
  /** `deduct`: value is less refunds, and a fully refunded order leaves the set. `ignore`: blind to refunds. */
  readonly refunds: 'deduct' | 'ignore'
  readonly zeroValueOrders: 'count' | 'exclude'
  readonly cancelled: 'count' | 'exclude'
  readonly pending: 'count' | 'exclude'
}

/** The named policies. `shopify` follows Shopify's report: (gross sales − discounts) / orders, blind to later changes. */
export const POLICIES = {
  net: {
    name: 'net',
    tax: 'include',
    shipping: 'include',
    tips: 'include',
    duties: 'include',
    giftCards: 'include',
    refunds: 'deduct',
    zeroValueOrders: 'exclude',
    cancelled: 'exclude',
    pending: 'exclude',
  },
  gross: {
    name: 'gross',
    tax: 'include',
    shipping: 'include',
    tips: 'include',
    duties: 'include',
    giftCards: 'include',
    refunds: 'ignore',
    zeroValueOrders: 'count',
    cancelled: 'exclude',
    pending: 'exclude',
  },
  shopify: {
    name: 'shopify',
    tax: 'exclude',
    shipping: 'exclude',
    tips: 'exclude',
    duties: 'exclude',
    giftCards: 'exclude',
    refunds: 'ignore',
    zeroValueOrders: 'count',
    cancelled: 'count',
    pending: 'count',
  },
} as const satisfies Record<string, AovPolicy>
