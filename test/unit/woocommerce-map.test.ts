import { describe, expect, it } from 'vitest'
import { mapOrder, readOrder } from '../../src/sources/woocommerce/map.ts'
import type { WireOrder, WireRefund } from '../../src/sources/woocommerce/wire.ts'

const RECORD = {
  id: 4711,
  status: 'processing',
  currency: 'EUR',
  date_created: '2026-10-25T02:30:00',
  date_created_gmt: '2026-10-25T01:30:00',
  date_modified: '2026-10-26T09:00:01',
  date_modified_gmt: '2026-10-26T08:00:01',
  total: '29.350000',
  total_tax: '1.350000',
  shipping_total: '10.000000',
  shipping_tax: '0.000000',
  discount_total: '2.000000',
  customer_id: 7,
  created_via: 'checkout',
  billing: { email: 'Ann@Shop.test', phone: '030 1234', country: 'DE', city: 'Berlin' },
  line_items: [
    { id: 1, subtotal: '12.596639', total: '12.000000', price: 12.596638666666665 },
    { id: 2, subtotal: '7.403361', total: '6.000000', price: 7.4 },
  ],
  fee_lines: [],
  refunds: [],
  meta_data: [{ id: 1, key: 'anything', value: null }],
}

function wireOf(more: Record<string, unknown> = {}): WireOrder {
  const wire = readOrder('4711', { ...RECORD, ...more })
  if ('place' in wire) throw new Error(`not read: ${wire.field} ${wire.reason}`)
  return wire
}

const map = (more: Record<string, unknown> = {}, refunds: WireRefund[] = []) => mapOrder(wireOf(more), refunds, {})

describe('an order of WooCommerce', () => {
  it('keeps every component of its total in minor units', () => {
    expect(map()).toEqual({
      externalId: '4711',
      placedAt: new Date('2026-10-25T01:30:00Z'),
      updatedAt: new Date('2026-10-26T08:00:01Z'),
      currency: 'EUR',
      totalMinor: 2935,
      subtotalMinor: 2000,
      discountMinor: 200,
      taxMinor: 135,
      shippingMinor: 1000,
      state: 'placed',
      test: false,
      channel: 'checkout',
      customer: { email: 'Ann@Shop.test', externalId: '7', phone: '030 1234', country: 'DE' },
      refunds: [],
    })
  })

  it('keeps its total whatever was given back, and each refund with its own id and instant', () => {
    const refund = (id: number, second: string) => ({
      id,
      date_created_gmt: `2026-11-01T10:00:${second}`,
      amount: '1.00',
    })
    const refunds = [5, 6, 7, 8, 9].map((id) => refund(id, `0${id}`))
    const order = map(
      { status: 'completed', total: '24.99', refunds: refunds.map(({ id }) => ({ id, total: '-1.00' })) },
      refunds,
    )
    expect(order).toMatchObject({ totalMinor: 2499, state: 'placed' })
    expect('refunds' in order && order.refunds).toEqual(
      [5, 6, 7, 8, 9].map((id) => ({
        externalId: String(id),
        refundedAt: new Date(`2026-11-01T10:00:0${id}Z`),
        amountMinor: 100,
      })),
    )
  })

  it('that was imported as refunded, without a refund, is given back whole', () => {
    expect(map({ status: 'refunded' })).toMatchObject({
      state: 'placed',
      totalMinor: 2935,
      refunds: [{ amountMinor: 2935, refundedAt: new Date('2026-10-26T08:00:01Z') }],
    })
    expect(mapOrder(wireOf({ status: 'refunded' }), [], { refunded: 'cancelled' })).toMatchObject({ refunds: [] })
  })

  it.each([
    ['JPY', '19.98', 20],
    ['JPY', '1998.00', 1998],
    ['KWD', '12.3456', 12_346],
    ['EUR', '41.705', 4171],
    ['EUR', '0.1', 10],
  ])('of %s %s has a total of %i, rounded half up once', (currency, total, totalMinor) => {
    expect(map({ currency, total })).toMatchObject({ totalMinor })
  })

  it('adds up lines before it rounds', () => {
    const line_items = ['0.333333', '0.333333', '0.333334'].map((subtotal) => ({ subtotal }))
    expect(map({ line_items })).toMatchObject({ subtotalMinor: 100 })
  })

  it('takes an amount that a plug-in made a number', () => {
    expect(map({ total: 29.35 })).toMatchObject({ totalMinor: 2935 })
  })

  it('counts a fee below zero as a discount, and leaves one above to the total', () => {
    expect(map({ fee_lines: [{ total: '-5.00' }, { total: '1.50' }] })).toMatchObject({ discountMinor: 700 })
  })

  it.each([
    ['pending', 'pending'],
    ['on-hold', 'pending'],
    ['completed', 'placed'],
    ['refunded', 'placed'],
    ['cancelled', 'cancelled'],
    ['failed', 'failed'],
    ['trash', 'deleted'],
    ['checkout-draft', 'draft'],
  ])('that is %s stays in the ledger as %s', (status, state) => {
    expect(map({ status })).toMatchObject({ state })
  })

  it('with a status of the shop’s own is a dead letter that names it', () => {
    expect(map({ status: 'in-production' })).toEqual({
      place: 'order 4711',
      field: 'status',
      reason: expect.stringContaining('in-production'),
    })
  })

  it('with a status of the shop’s own is what the configuration says', () => {
    expect(mapOrder(wireOf({ status: 'in-production' }), [], { 'in-production': 'placed' })).toMatchObject({
      state: 'placed',
    })
  })

  it('is paid on hold where the configuration says so', () => {
    expect(mapOrder(wireOf({ status: 'on-hold' }), [], { 'on-hold': 'placed' })).toMatchObject({ state: 'placed' })
  })

  it('of a status that is a word of JavaScript is a dead letter too', () => {
    expect(map({ status: 'constructor' })).toMatchObject({ field: 'status' })
  })

  it('of a guest has no customer id', () => {
    expect(map({ customer_id: 0 })).toMatchObject({ customer: { email: 'Ann@Shop.test' } })
    expect(map({ customer_id: 0 })).not.toHaveProperty('customer.externalId')
  })

  it('of nobody has no customer', () => {
    expect(map({ customer_id: 0, billing: { email: '', phone: '', country: 'DE' } })).toMatchObject({ customer: null })
  })

  it('of an erased customer has none, whatever else is left', () => {
    const billing = { email: 'deleted@site.invalid', phone: '0', country: 'DE' }
    expect(map({ billing })).toMatchObject({ customer: null })
  })

  it('that never changed was last changed when it was placed', () => {
    expect(map({ date_modified_gmt: null })).toMatchObject({ updatedAt: new Date('2026-10-25T01:30:00Z') })
  })

  it('with amounts of no currency is a dead letter', () => {
    expect(map({ currency: 'XXZ' })).toMatchObject({ field: 'currency' })
  })

  it.each([
    ['total', { total: 'n/a' }],
    ['total', { total: '-1.00' }],
    ['total', { total: '99999999999999999' }],
    ['total_tax', { total_tax: '' }],
    ['fee_lines.total', { fee_lines: [{ total: 'free' }] }],
    ['date_created_gmt', { date_created_gmt: '2026-13-45T00:00:00' }],
  ])('with an absurd %s is a dead letter that says where', (field, more) => {
    const rejected = map(more)
    expect(rejected).toMatchObject({ place: 'order 4711', field })
    expect(JSON.stringify(rejected)).not.toContain(Object.values(more)[0] === '' ? 'undefined' : Object.values(more)[0])
  })

  it('with a refund below zero is a dead letter', () => {
    const refund = { id: 1, date_created_gmt: '2026-11-01T10:00:00', amount: '-3.00' }
    expect(map({}, [refund])).toMatchObject({ field: 'refunds' })
  })
})

describe('a record that is no order of WooCommerce', () => {
  it.each([
    ['status', { status: undefined }],
    ['customer_id', { customer_id: '7' }],
    ['billing', { billing: undefined }],
    ['date_created_gmt', { date_created_gmt: null }],
    ['line_items.0.subtotal', { line_items: [{ total: '1' }] }],
  ])('is a dead letter at %s', (field, more) => {
    expect(readOrder('4711', { ...RECORD, ...more })).toMatchObject({ place: 'order 4711', field })
  })
})
