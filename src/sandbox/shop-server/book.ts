import type { ShopClock } from './shop-clock.ts'

/** An order as somebody places it. Money in minor units of `currency`. */
export interface NewOrder {
  /** Default: now, by the shop's clock. An earlier one is a sale of the past, as samples have them. */
  readonly placedAt?: Date
  /** Null: nobody's, as over a counter. */
  readonly email: string | null
  /** Whether it is a customer with an account; else a guest. */
  readonly registered: boolean
  readonly country: string
  readonly currency: string
  /** Merchandise before discounts, without tax. */
  readonly subtotalMinor: number
  readonly discountMinor: number
  readonly taxMinor: number
  readonly shippingMinor: number
  readonly state: 'placed' | 'pending' | 'cancelled' | 'failed' | 'draft'
  readonly test: boolean
  readonly channel: string
}

/** What can happen to an order; a platform that has no such thing leaves it out of its traits. */
export type OrderChange =
  | { readonly kind: 'edit'; readonly subtotalMinor: number }
  | { readonly kind: 'pay' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'refund'; readonly amountMinor: number }
  | { readonly kind: 'delete-refund'; readonly refundId: number }
  | { readonly kind: 'touch' }
  | { readonly kind: 'trash' }
  | { readonly kind: 'restore' }
  | { readonly kind: 'destroy' }
  | { readonly kind: 'change-email'; readonly email: string }

/** How a platform keeps time: which changes move an order's changed instant, and to what step. */
export interface BookTraits {
  readonly precisionMs: number
  /** A change that is not named here does not exist on the platform. */
  readonly movesUpdated: Readonly<Partial<Record<OrderChange['kind'], boolean>>>
}

/** A refund of an order. */
export interface BookRefund {
  readonly id: number
  readonly orderId: number
  readonly at: Date
  readonly amountMinor: number
}

/** An order in the book; servers only show it. */
export interface BookOrder extends Omit<NewOrder, 'placedAt' | 'state'> {
  readonly id: number
  readonly placedAt: Date
  readonly updatedAt: Date
  readonly state: NewOrder['state'] | 'trashed'
  readonly paid: boolean
  readonly customerId: number | null
  readonly refunds: readonly BookRefund[]
  /** subtotal − discount + tax + shipping. */
  readonly totalMinor: number
}

/** All orders of a shop, in memory. */
export interface Book {
  readonly orders: ReadonlyMap<number, BookOrder>
  place(order: NewOrder): BookOrder
  /** At `at`, default now by the shop's clock. @throws Error when the platform has no such change or the order does not allow it. */
  change(orderId: number, change: OrderChange, at?: Date): void
  /** Told after every placing and change; the order as it is then, or as it last was. */
  onChange(listener: (order: BookOrder, kind: OrderChange['kind'] | 'place') => void): void
}

/** An empty book. Ids grow; a customer of an account keeps one id, a guest has none. */
export function createBook(clock: ShopClock, traits: BookTraits): Book {
  const orders = new Map<number, BookOrder>()
  const customers = new Map<string, number>()
  const listeners: ((order: BookOrder, kind: OrderChange['kind'] | 'place') => void)[] = []
  let lastId = 1000
  let lastRefundId = 9000
  const step = (at: Date) => new Date(Math.floor(at.getTime() / traits.precisionMs) * traits.precisionMs)
  const tell = (order: BookOrder, kind: OrderChange['kind'] | 'place') => {
    for (const listener of listeners) listener(order, kind)
  }

  function customerOf(order: NewOrder): number | null {
    if (!order.registered || order.email === null) return null
    const email = order.email.toLowerCase()
    const id = customers.get(email) ?? customers.size + 1
    customers.set(email, id)
    return id
  }

  return {
    orders,
    onChange: (listener) => void listeners.push(listener),

    place(given) {
      lastId += 1
      const placedAt = step(given.placedAt ?? clock.now())
      const order: BookOrder = {
        ...given,
        id: lastId,
        placedAt,
        updatedAt: placedAt,
        paid: given.state === 'placed',
        customerId: customerOf(given),
        refunds: [],
        totalMinor: totalOf(given),
      }
      orders.set(order.id, order)
      tell(order, 'place')
      return order
    },

    change(orderId, change, given = clock.now()) {
      const at = step(given)
      const order = orders.get(orderId)
      const moves = traits.movesUpdated[change.kind]
      if (order === undefined) throw new Error(`there is no order ${orderId}`)
      if (moves === undefined) throw new Error(`this platform has no ${change.kind}`)
      const changed = { ...order, ...apply(order, change, () => ++lastRefundId, at) }
      const stamped = moves ? { ...changed, updatedAt: at } : changed
      if (change.kind === 'destroy') orders.delete(orderId)
      else orders.set(orderId, stamped)
      tell(stamped, change.kind)
    },
  }
}

function apply(order: BookOrder, change: OrderChange, nextRefundId: () => number, at: Date): Partial<BookOrder> {
  const refunded = order.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0)
  switch (change.kind) {
    case 'edit':
      return { subtotalMinor: change.subtotalMinor, totalMinor: totalOf({ ...order, ...change }) }
    case 'pay':
      return { paid: true, state: 'placed' }
    case 'cancel':
      return { state: 'cancelled' }
    case 'refund': {
      if (refunded + change.amountMinor > order.totalMinor) throw new Error('more than was paid')
      const refund = { id: nextRefundId(), orderId: order.id, at, amountMinor: change.amountMinor }
      return { refunds: [...order.refunds, refund] }
    }
    case 'delete-refund':
      return { refunds: order.refunds.filter((refund) => refund.id !== change.refundId) }
    case 'trash':
      return { state: 'trashed' }
    case 'restore':
      return { state: 'placed' }
    case 'change-email':
      return { email: change.email }
    case 'touch':
    case 'destroy':
      return {}
  }
}

function totalOf(order: Pick<NewOrder, 'subtotalMinor' | 'discountMinor' | 'taxMinor' | 'shippingMinor'>): number {
  return order.subtotalMinor - order.discountMinor + order.taxMinor + order.shippingMinor
}
