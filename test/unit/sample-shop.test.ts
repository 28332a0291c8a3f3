import { describe, expect, test } from 'vitest'
import { aggregateCustomer } from '../../src/core/customers/aggregates.ts'
import { divideHalfUp } from '../../src/core/money.ts'
import { valueOrder } from '../../src/core/orders/order-value.ts'
import { POLICIES } from '../../src/core/orders/policy.ts'
import { generateShop, type ShopOptions } from '../../src/sandbox/shop/generate.ts'
import type { SampleOrder } from '../../src/sandbox/shop/sample-order.ts'
import { createTally, type ShopTruth } from '../../src/sandbox/shop/truth.ts'

const TO = new Date('2026-11-01T00:00:00Z')
const DAY_MS = 86_400_000
const CATEGORIES = ['fashion', 'machines'] as const

const SHOPS = { fashion: shop({ category: 'fashion' }), machines: shop({ category: 'machines' }) }

function shop(options: Partial<ShopOptions> = {}): SampleOrder[] {
  return [...generateShop({ to: TO, customers: 2000, ...options })]
}

function truthOf(orders: readonly SampleOrder[]): ShopTruth {
  const tally = createTally()
  for (const order of orders) tally.add(order)
  return tally.truth()
}

function settingsFor(policy: 'net' | 'gross') {
  return { policy: POLICIES[policy], currency: 'EUR', timezone: 'UTC', rates: [] }
}

/** Orders by customer, in the order of their first one; test orders have one of their own. */
function byCustomer(orders: readonly SampleOrder[]): SampleOrder[][] {
  return [...Map.groupBy(orders, (order) => order.customer).entries()].flatMap(([id, own]) =>
    id === null ? [] : [own],
  )
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

describe('a sample shop', () => {
  test('is the same for the same seed', () => {
    expect(shop({ seed: 7, customers: 300 })).toEqual(shop({ seed: 7, customers: 300 }))
  })

  test('is another one for another seed', () => {
    expect(shop({ seed: 7, customers: 300 })).not.toEqual(shop({ seed: 8, customers: 300 }))
  })

  test('can be read as a stream, whose beginning does not depend on how far it is read', () => {
    const whole = shop({ customers: 300 })
    expect(generateShop({ to: TO, customers: 300 }).take(50).toArray()).toEqual(whole.slice(0, 50))
  })

  test('has no orders when no day has passed', () => {
    expect(shop({ from: TO })).toEqual([])
  })

  test('has three years of orders and 5,000 customers unless told otherwise', () => {
    const orders = [...generateShop({ to: TO })]
    expect(byCustomer(orders.filter((order) => !order.test))).toHaveLength(5000)
    const first = orders[0]?.placedAt.getTime() ?? 0
    expect((TO.getTime() - first) / (365 * DAY_MS)).toBeCloseTo(3, 1)
  })

  test('counts in a currency without minor units too', () => {
    const orders = shop({ customers: 300, currency: 'JPY', priceLevel: 160 })
    expect(orders.every((order) => Number.isInteger(order.totalMinor))).toBe(true)
    expect(median(orders.map((order) => order.totalMinor))).toBeGreaterThan(5000)
  })
})

describe.each(CATEGORIES)('a shop for %s', (category) => {
  const orders = SHOPS[category]

  test('tells its orders as they were placed, with growing numbers', () => {
    const sorted = orders.toSorted((a, b) => a.placedAt.getTime() - b.placedAt.getTime())
    expect(orders.map((order) => order.placedAt)).toEqual(sorted.map((order) => order.placedAt))
    expect(orders.map((order) => order.order)).toEqual(orders.map((_, index) => String(1001 + index)))
  })

  test('knows nothing of the future', () => {
    const instants = orders.flatMap(({ placedAt, updatedAt, refundedAt }) => [
      placedAt,
      updatedAt,
      refundedAt ?? placedAt,
    ])
    expect(Math.max(...instants.map(Number))).toBeLessThanOrEqual(TO.getTime())
  })

  test('changes an order never before it was placed, and last when it was refunded', () => {
    for (const { placedAt, updatedAt, refundedAt } of orders) {
      expect(updatedAt.getTime()).toBeGreaterThanOrEqual(placedAt.getTime())
      if (refundedAt !== null) expect(refundedAt).toEqual(updatedAt)
    }
  })

  test('charges exactly what the parts of an order sum to', () => {
    const sums = orders.map((o) => o.subtotalMinor - o.discountMinor + o.taxMinor + o.shippingMinor)
    expect(orders.map((order) => order.totalMinor)).toEqual(sums)
  })

  test('has no negative amount, and gives back no more than was charged', () => {
    for (const order of orders) {
      const { subtotalMinor, discountMinor, taxMinor, shippingMinor, refundedMinor, totalMinor } = order
      expect(Math.min(subtotalMinor, discountMinor, taxMinor, shippingMinor, refundedMinor)).toBeGreaterThanOrEqual(0)
      expect(refundedMinor).toBeLessThanOrEqual(totalMinor)
      expect(refundedMinor > 0).toBe(order.refundedAt !== null)
    }
  })

  test('has the customers that were asked for, and guests and test orders on top', () => {
    expect(byCustomer(orders.filter((order) => !order.test))).toHaveLength(2000)
    expect(orders.filter((order) => order.email === null)).toHaveLength(240)
    expect(orders.filter((order) => order.test)).toHaveLength(20)
  })

  test('has orders of every kind', () => {
    const kinds = {
      cancelled: orders.some((order) => order.state === 'cancelled'),
      pending: orders.some((order) => order.state === 'pending'),
      partlyRefunded: orders.some((order) => order.refundedMinor > 0 && order.refundedMinor < order.totalMinor),
      fullyRefunded: orders.some((order) => order.state === 'placed' && order.refundedMinor === order.totalMinor),
      refundedLate: orders.some((o) => Number(o.refundedAt ?? o.placedAt) - Number(o.placedAt) > 45 * DAY_MS),
      inCapitals: orders.some((order) => order.email !== null && order.email !== order.email.toLowerCase()),
    }
    expect(Object.values(kinds)).toEqual(Object.values(kinds).map(() => true))
  })

  test('sees most customers once', () => {
    const counts = byCustomer(orders).map((own) => own.length)
    expect(counts.filter((count) => count === 1).length).toBeGreaterThan(counts.length / 2)
    expect(Math.max(...counts)).toBeGreaterThan(4)
  })

  test('sees those who come back at ever shorter intervals', () => {
    const intervals = (nth: number): number[] =>
      byCustomer(orders.filter((order) => !order.test)).flatMap((own) => {
        const [before, after] = [own[nth - 1], own[nth]]
        return before && after ? [after.placedAt.getTime() - before.placedAt.getTime()] : []
      })
    expect(median(intervals(3))).toBeLessThan(median(intervals(1)))
  })

  test('sells more and cheaper in the month of its sale', () => {
    // Three fifths of the three years before TO.
    const month = (text: string): SampleOrder[] =>
      orders.filter((order) => order.placedAt.toISOString().startsWith(text))
    const aov = (of: SampleOrder[]): number => of.reduce((sum, order) => sum + order.totalMinor, 0) / of.length
    const [before, sale, after] = [month('2025-07'), month('2025-08'), month('2025-09')]
    expect(sale.length).toBeGreaterThan(1.3 * Math.max(before.length, after.length))
    expect(aov(sale)).toBeLessThan(0.8 * Math.min(aov(before), aov(after)))
  })
})

describe('recurring customers', () => {
  test('spend more per order than new ones in a shop for fashion', () => {
    const { newOrders, recurringOrders } = truthOf(SHOPS.fashion)
    expect(recurringOrders.aovMinor).toBeGreaterThan(1.15 * (newOrders.aovMinor ?? 0))
  })

  test('spend less per order than new ones in a shop for machines', () => {
    const { newOrders, recurringOrders } = truthOf(SHOPS.machines)
    expect(recurringOrders.aovMinor).toBeLessThan(0.5 * (newOrders.aovMinor ?? 0))
  })
})

describe.each(CATEGORIES)('the truth about a shop for %s', (category) => {
  const orders = SHOPS[category]
  const truth = truthOf(orders)
  const identified = orders.filter((order) => order.email !== null)

  test.each(['net', 'gross'] as const)('is what the rule of an order’s value gives under the policy %s', (policy) => {
    const values = identified.flatMap((order) => {
      const value = valueOrder(order, settingsFor(policy))
      return 'valueMinor' in value ? [{ email: order.email?.toLowerCase(), minor: value.valueMinor }] : []
    })
    const revenueMinor = values.reduce((sum, { minor }) => sum + minor, 0)
    expect(truth[policy]).toEqual({
      customers: new Set(values.map(({ email }) => email)).size,
      orders: values.length,
      revenueMinor,
      aovMinor: Number(divideHalfUp(BigInt(revenueMinor), BigInt(values.length))),
    })
  })

  test('gives the reasons why orders do not count', () => {
    const reasons = orders.flatMap((order) => {
      const value = valueOrder(order, settingsFor('net'))
      return 'notCounted' in value ? [value.notCounted] : []
    })
    const count = (reason: string): number => reasons.filter((one) => one === reason).length
    expect(truth.notCounted).toEqual({
      test: count('test order'),
      cancelled: count('cancelled'),
      pending: count('pending'),
      fullyRefunded: count('fully refunded'),
    })
    expect(reasons).toHaveLength(Object.values(truth.notCounted).reduce((sum, each) => sum + each, 0))
  })

  test('sums up the aggregates of the customers', () => {
    const aggregates = [...Map.groupBy(identified, (order) => order.email?.toLowerCase()).values()].flatMap(
      (own) => aggregateCustomer(own, [], settingsFor('net'), TO) ?? [],
    )
    const sum = (of: (aggregate: (typeof aggregates)[number]) => number): number =>
      aggregates.reduce((total, aggregate) => total + of(aggregate), 0)
    expect(truth.net.customers).toBe(aggregates.length)
    expect(truth.net.orders).toBe(sum((aggregate) => aggregate.orderCount))
    expect(truth.net.revenueMinor).toBe(sum((aggregate) => aggregate.revenueMinor))
    expect(truth.recurringOrders.orders).toBe(sum((aggregate) => aggregate.orderCount - 1))
    expect(truth.recurringOrders.customers).toBe(aggregates.filter(({ orderCount }) => orderCount > 1).length)
  })

  test('parts the orders that count into first ones and later ones', () => {
    expect(truth.newOrders.orders + truth.recurringOrders.orders).toBe(truth.net.orders)
    expect(truth.newOrders.revenueMinor + truth.recurringOrders.revenueMinor).toBe(truth.net.revenueMinor)
    expect(truth.newOrders.customers).toBe(truth.net.customers)
  })

  test('keeps guests apart', () => {
    const values = orders.flatMap((order) => {
      const value = order.email === null ? valueOrder(order, settingsFor('net')) : null
      return value !== null && 'valueMinor' in value ? [value.valueMinor] : []
    })
    const revenueMinor = values.reduce((sum, minor) => sum + minor, 0)
    expect(truth.anonymous).toMatchObject({ customers: 0, orders: values.length, revenueMinor })
    expect(truth.anonymousOrders).toBe(orders.length - identified.length)
  })
})
