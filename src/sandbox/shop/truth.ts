import { divideHalfUp } from '../../core/money.ts'
import type { SampleOrder } from './sample-order.ts'

/** A set of orders and what they are worth. Minor units. */
interface OrderSet {
  /** Distinct addresses; 0 for guests. */
  readonly customers: number
  readonly orders: number
  readonly revenueMinor: number
  /** revenue / orders, half up; null without orders. */
  readonly aovMinor: number | null
}

/** What a perfect program would find in a shop. Unless said otherwise under the policy `net`. */
export interface ShopTruth {
  /** All orders written, whatever their state. */
  readonly orders: number
  /** Of these without an address. */
  readonly anonymousOrders: number
  /** Why orders do not count under `net`, guests included. */
  readonly notCounted: {
    readonly test: number
    readonly cancelled: number
    readonly pending: number
    readonly fullyRefunded: number
  }
  /** Identified customers, their orders before refunds: the policy `gross`. */
  readonly gross: OrderSet
  /** Identified customers, their orders less refunds. */
  readonly net: OrderSet
  /** Part of `net`: each customer's first counted order. */
  readonly newOrders: OrderSet
  /** Part of `net`: all later ones. */
  readonly recurringOrders: OrderSet
  /** Guests. */
  readonly anonymous: OrderSet
}

/** Counts orders as they pass. */
export interface Tally {
  add(order: SampleOrder): void
  truth(): ShopTruth
}

/** A tally for orders that come as they were placed; it remembers the addresses, not the orders. */
export function createTally(): Tally {
  const [gross, net, first, later, anonymous] = [createSet(), createSet(), createSet(), createSet(), createSet()]
  const notCounted = { test: 0, cancelled: 0, pending: 0, fullyRefunded: 0 }
  let orders = 0
  let anonymousOrders = 0

  return {
    add(order) {
      orders++
      const email = order.email?.toLowerCase() ?? null
      if (email === null) anonymousOrders++
      if (order.test) notCounted.test++
      else if (order.state !== 'placed') notCounted[order.state]++
      else {
        if (email !== null) gross.add(email, order.totalMinor)
        const value = order.totalMinor - order.refundedMinor
        if (value <= 0) notCounted.fullyRefunded++
        else if (email === null) anonymous.add(null, value)
        else {
          const known = net.has(email)
          net.add(email, value)
          if (known) later.add(email, value)
          else first.add(email, value)
        }
      }
    },
    truth: () => ({
      orders,
      anonymousOrders,
      notCounted: { ...notCounted },
      gross: gross.total(),
      net: net.total(),
      newOrders: first.total(),
      recurringOrders: later.total(),
      anonymous: anonymous.total(),
    }),
  }
}

function createSet() {
  const emails = new Set<string>()
  let orders = 0
  let revenueMinor = 0
  return {
    has: (email: string): boolean => emails.has(email),
    add(email: string | null, valueMinor: number): void {
      if (email !== null) emails.add(email)
      orders++
      revenueMinor += valueMinor
    },
    total: (): OrderSet => ({
      customers: emails.size,
      orders,
      revenueMinor,
      aovMinor: orders === 0 ? null : Number(divideHalfUp(BigInt(revenueMinor), BigInt(orders))),
    }),
  }
}
