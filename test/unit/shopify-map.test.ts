import { describe, expect, it } from 'vitest'
import type { SourceOrder } from '../../src/core/orders/order.ts'
import { mapOrder } from '../../src/sources/shopify/map.ts'
import { type OrderMore, toRecord } from '../../src/sources/shopify/record.ts'

const ID = '820982911946154508'
const NOTHING_MORE: OrderMore = { transactions: [], giftCards: [] }

function bag(amount: string, currencyCode = 'EUR') {
  return { shopMoney: { amount, currencyCode } }
}

/** 100 of goods less 10, 18 tax on top, 5 shipping. */
function wire(more: Readonly<Record<string, unknown>> = {}) {
  return {
    id: `gid://shopify/Order/${ID}`,
    createdAt: '2026-03-01T10:00:00Z',
    processedAt: '2026-02-28T23:59:59Z',
    updatedAt: '2026-03-02T08:00:00Z',
    cancelledAt: null,
    test: false,
    displayFinancialStatus: 'PAID',
    sourceName: 'web',
    email: 'typed@example.com',
    phone: null,
    currencyCode: 'EUR',
    taxesIncluded: false,
    customer: null,
    displayAddress: { countryCodeV2: 'IT' },
    purchasingEntity: null,
    totalPriceSet: bag('113.0'),
    subtotalPriceSet: bag('90.0'),
    totalDiscountsSet: bag('10.0'),
    totalTaxSet: bag('18.0'),
    totalTipReceivedSet: bag('0.0'),
    originalTotalDutiesSet: null,
    totalRefundedSet: bag('0.0'),
    shippingLine: { originalPriceSet: bag('5.0'), discountedPriceSet: bag('5.0'), taxLines: [] },
    ...more,
  }
}

function transaction(kind: string, status: string, amount: string, tail: string) {
  return {
    id: `gid://shopify/OrderTransaction/${tail}`,
    kind,
    status,
    createdAt: '2026-03-02T08:00:00Z',
    processedAt: null,
    amountSet: bag(amount),
  }
}

function map(raw: Readonly<Record<string, unknown>>, more: OrderMore | null = NOTHING_MORE, states = {}) {
  const id = String(raw['id'])
  return mapOrder(toRecord({ processedAt: '', updatedAt: '', ...raw, id }, ID), more, states)
}

function orderOf(more: Readonly<Record<string, unknown>>, rest: OrderMore = NOTHING_MORE, states = {}): SourceOrder {
  const mapped = map(wire(more), rest, states)
  if (mapped.kind !== 'order') throw new Error(`it was ${JSON.stringify(mapped)}`)
  return mapped.order
}

function rejectionOf(raw: Readonly<Record<string, unknown>>, more: OrderMore | null = NOTHING_MORE) {
  const mapped = map(raw, more)
  return mapped.kind === 'rejected' ? mapped.rejected : mapped
}

function sumOfParts(order: SourceOrder): number {
  const { subtotalMinor = 0, discountMinor = 0, taxMinor = 0, shippingMinor = 0, tipMinor = 0, dutiesMinor = 0 } = order
  return subtotalMinor - discountMinor + taxMinor + shippingMinor + tipMinor + dutiesMinor
}

describe('an order of Shopify', () => {
  it('keeps its id of 18 digits, its instants and its components', () => {
    expect(orderOf({})).toEqual({
      externalId: ID,
      placedAt: new Date('2026-02-28T23:59:59Z'),
      updatedAt: new Date('2026-03-02T08:00:00Z'),
      currency: 'EUR',
      totalMinor: 11_300,
      state: 'placed',
      test: false,
      channel: 'online',
      customer: { email: 'typed@example.com', country: 'IT' },
      refunds: [],
      subtotalMinor: 10_000,
      discountMinor: 1_000,
      taxMinor: 1_800,
      shippingMinor: 500,
      tipMinor: 0,
      dutiesMinor: 0,
      giftCardMinor: 0,
    })
  })

  it('has components that do not overlap when prices include tax', () => {
    const order = orderOf({
      taxesIncluded: true,
      totalPriceSet: bag('128.2'),
      subtotalPriceSet: bag('109.8'),
      totalDiscountsSet: bag('12.2'),
      totalTaxSet: bag('20.9'),
      totalTipReceivedSet: bag('3.0'),
      originalTotalDutiesSet: bag('9.3'),
      shippingLine: {
        originalPriceSet: bag('6.1'),
        discountedPriceSet: bag('6.1'),
        taxLines: [{ priceSet: bag('0.8') }, { priceSet: bag('0.3') }],
      },
    })
    expect(order.shippingMinor).toBe(500)
    expect(sumOfParts(order)).toBe(order.totalMinor)
  })

  it('does not take a discount on shipping for one on merchandise', () => {
    const order = orderOf({
      totalPriceSet: bag('108.0'),
      totalDiscountsSet: bag('15.0'),
      shippingLine: { originalPriceSet: bag('5.0'), discountedPriceSet: bag('0.0'), taxLines: [] },
    })
    expect([order.discountMinor, order.shippingMinor]).toEqual([1_000, 0])
    expect(sumOfParts(order)).toBe(order.totalMinor)
  })

  it.each([
    ['JPY', '1000.0', 1_000],
    ['JPY', '1000', 1_000],
    ['KWD', '12.345', 12_345],
    ['EUR', '12.5', 1_250],
    ['EUR', '90071992547409.91', 9_007_199_254_740_991],
  ])('in %s of %s has %i minor units', (currency, amount, minor) => {
    const zero = bag('0.0', currency)
    const order = orderOf({
      currencyCode: currency,
      totalPriceSet: bag(amount, currency),
      subtotalPriceSet: null,
      totalDiscountsSet: null,
      totalTaxSet: null,
      totalTipReceivedSet: zero,
      totalRefundedSet: zero,
      shippingLine: null,
    })
    expect(order.totalMinor).toBe(minor)
  })

  it('counts a refund only where its transaction succeeded', () => {
    const transactions = [
      transaction('SALE', 'SUCCESS', '113.0', '1'),
      transaction('REFUND', 'SUCCESS', '10.0', '245135271310201194'),
      transaction('REFUND', 'FAILURE', '20.0', '3'),
      transaction('REFUND', 'PENDING', '30.0', '4'),
      transaction('CHANGE', 'SUCCESS', '7.0', '5'),
      transaction('REFUND', 'SUCCESS', '10.0', '245135271310201195'),
    ]
    const { refunds, totalMinor } = orderOf({ totalRefundedSet: bag('20.0') }, { transactions, giftCards: [] })
    const at = new Date('2026-03-02T08:00:00Z')
    expect(refunds).toEqual([
      { externalId: '245135271310201194', refundedAt: at, amountMinor: 1_000 },
      { externalId: '245135271310201195', refundedAt: at, amountMinor: 1_000 },
    ])
    expect(totalMinor).toBe(11_300)
  })

  it('adds up what bought gift cards', () => {
    expect(orderOf({}, { transactions: [], giftCards: [bag('25.0'), bag('50.0')] }).giftCardMinor).toBe(7_500)
  })

  it.each([
    ['PAID', 'placed'],
    ['AUTHORIZED', 'placed'],
    ['PARTIALLY_REFUNDED', 'placed'],
    ['REFUNDED', 'placed'],
    ['PENDING', 'pending'],
    ['EXPIRED', 'pending'],
    ['VOIDED', 'cancelled'],
    [null, 'pending'],
  ])('whose payment is %s is %s', (displayFinancialStatus, state) => {
    expect(orderOf({ displayFinancialStatus }).state).toBe(state)
  })

  it('that was cancelled is so whatever its payment', () => {
    expect(orderOf({ cancelledAt: '2026-03-02T08:00:00Z' }).state).toBe('cancelled')
  })

  it('takes its state from the configuration first', () => {
    expect(orderOf({ displayFinancialStatus: 'EXPIRED' }, NOTHING_MORE, { EXPIRED: 'failed' }).state).toBe('failed')
    expect(orderOf({ displayFinancialStatus: 'ON_HOLD' }, NOTHING_MORE, { ON_HOLD: 'pending' }).state).toBe('pending')
  })

  it.each([
    ['web', null, 'online'],
    ['pos', null, 'pos'],
    ['subscription_contract_checkout_one', null, 'subscription'],
    ['shopify_draft_order', null, 'draft-order'],
    ['580111', null, '580111'],
    ['web', { __typename: 'PurchasingCompany' }, 'b2b'],
    ['web', { __typename: 'Customer' }, 'online'],
  ])('sold by %s to %o has the channel %s', (sourceName, purchasingEntity, channel) => {
    expect(orderOf({ sourceName, purchasingEntity }).channel).toBe(channel)
  })

  it('belongs to the customer at their address of today', () => {
    const customer = {
      id: 'gid://shopify/Customer/706405506930370084',
      defaultEmailAddress: { emailAddress: 'today@example.com' },
      defaultPhoneNumber: { phoneNumber: '+393331234567' },
    }
    expect(orderOf({ customer }).customer).toEqual({
      email: 'today@example.com',
      externalId: '706405506930370084',
      phone: '+393331234567',
      country: 'IT',
    })
  })

  it('of nobody has no customer', () => {
    expect(orderOf({ email: null }).customer).toBeNull()
  })
})

describe('a dead letter of Shopify', () => {
  it.each([
    ['a status nobody knows', { displayFinancialStatus: 'ON_HOLD' }, 'displayFinancialStatus', /ON_HOLD/],
    ['an amount that is none', { totalPriceSet: bag('1.234,50') }, 'totalPriceSet', /decimal/],
    ['a negative total', { totalPriceSet: bag('-1.0') }, 'totalPriceSet', /zero or more/],
    ['an amount in another currency', { totalTaxSet: bag('1.0', 'USD') }, 'totalTaxSet', /currency/],
    ['a currency that is none', { currencyCode: 'XYZ' }, 'currencyCode', /ISO 4217/],
    ['a date that is none', { updatedAt: 'yesterday' }, 'updatedAt', /date/],
    ['a field that is missing', { totalPriceSet: undefined }, 'totalPriceSet', /missing/],
  ])('comes of %s, and names the field', (_, more, field, reason) => {
    expect(rejectionOf(wire(more))).toEqual({ place: `order ${ID}`, field, reason: expect.stringMatching(reason) })
  })

  it('comes of transactions that cannot be read', () => {
    expect(rejectionOf(wire(), null)).toMatchObject({ place: `order ${ID}`, field: 'transactions or lineItems' })
  })

  it.each(['constructor', 'toString'])('comes of the status %s, which every object has', (displayFinancialStatus) => {
    expect(map(wire({ displayFinancialStatus }))).toMatchObject({ kind: 'rejected' })
  })

  it('never tells a value', () => {
    const secret = 'ann@example.com'
    expect(JSON.stringify(rejectionOf(wire({ currencyCode: secret })))).not.toContain(secret)
    expect(JSON.stringify(rejectionOf(wire({ displayFinancialStatus: secret })))).not.toContain(secret)
  })
})
