import { describe, expect, it } from 'vitest'
import { isKnownState, type MapSettings, mapOrder } from '../../src/sources/vendure/map.ts'
import type { OrderRow } from '../../src/sources/vendure/wire.ts'

const settings: MapSettings = { states: {}, refundStates: {}, moneyPrecision: 2 }

/** 3 × 10.00 net at 20 %, less 3.00, and 5.00 net for shipping: 32.00 net, 38.40 gross. */
const line = {
  quantity: 3,
  orderPlacedQuantity: 3,
  unitPrice: 1000,
  unitPriceWithTax: 1200,
  linePrice: 3000,
  linePriceWithTax: 3600,
  proratedLinePrice: 2700,
}

const payment = { state: 'Settled', amount: 3840, updatedAt: '2026-11-02T08:00:00.100Z', refunds: [] }

const refund = {
  id: '5',
  state: 'Settled',
  total: 840,
  createdAt: '2026-11-05T08:00:00.000Z',
  updatedAt: '2026-11-05T08:00:00.000Z',
}

function row(changes: Readonly<Record<string, unknown>> = {}): OrderRow {
  return {
    id: '17',
    type: 'Regular',
    state: 'PaymentSettled',
    createdAt: '2026-11-02T07:00:00.000Z',
    updatedAt: '2026-11-02T07:30:00.123Z',
    orderPlacedAt: '2026-11-02T08:00:00.000Z',
    currencyCode: 'EUR',
    subTotal: 2700,
    shipping: 500,
    shippingWithTax: 600,
    total: 3200,
    totalWithTax: 3840,
    customer: { id: '3', emailAddress: 'ann@shop.test', phoneNumber: null, user: { id: '9' } },
    billingAddress: { countryCode: null },
    shippingAddress: { countryCode: 'AT' },
    channels: [{ code: '__default_channel__' }, { code: 'shop-at' }],
    discounts: [],
    payments: [payment],
    lines: [line],
    ...changes,
  }
}

/** As Vendure shows an order of which all was cancelled: the payments alone keep what was charged. */
const CANCELLED = {
  state: 'Cancelled',
  subTotal: 0,
  shipping: 0,
  shippingWithTax: 0,
  total: 0,
  totalWithTax: 0,
  discounts: [{ adjustmentSource: 'CANCEL_ORDER', amount: -500, amountWithTax: -600 }],
  lines: [{ ...line, quantity: 0, linePrice: 0, linePriceWithTax: 0, proratedLinePrice: 0 }],
}

function order(changes: Readonly<Record<string, unknown>> = {}, given: Partial<MapSettings> = {}) {
  const mapped = mapOrder(row(changes), { ...settings, ...given })
  if (mapped.kind !== 'order') throw new Error(`expected an order, got ${JSON.stringify(mapped)}`)
  return mapped.order
}

function rejected(changes: Readonly<Record<string, unknown>>, given: Partial<MapSettings> = {}) {
  const mapped = mapOrder(row(changes), { ...settings, ...given })
  if (mapped.kind !== 'rejected') throw new Error(`expected a dead letter, got ${mapped.kind}`)
  return mapped.rejected
}

describe('an order of Vendure', () => {
  it('keeps every component without tax, and they add up to what was charged', () => {
    const { subtotalMinor, discountMinor, taxMinor, shippingMinor, totalMinor } = order()
    expect({ subtotalMinor, discountMinor, taxMinor, shippingMinor, totalMinor }).toEqual({
      subtotalMinor: 3000,
      discountMinor: 300,
      taxMinor: 640,
      shippingMinor: 500,
      totalMinor: 3840,
    })
  })

  it('was placed at orderPlacedAt, and changed last when anything of it did', () => {
    const { placedAt, updatedAt } = order({ payments: [{ ...payment, refunds: [refund] }] })
    expect([placedAt, updatedAt]).toEqual([new Date('2026-11-02T08:00:00Z'), new Date('2026-11-05T08:00:00Z')])
  })

  it('has the channel beside the default one, and the country of the address that has one', () => {
    expect(order()).toMatchObject({ channel: 'shop-at', customer: { country: 'AT' } })
  })

  it('has no channel when it is in the default one only', () => {
    expect(order({ channels: [{ code: '__default_channel__' }] })).not.toHaveProperty('channel')
  })

  it('belongs to the id of a registered customer', () => {
    expect(order().customer).toEqual({ email: 'ann@shop.test', externalId: '3', country: 'AT' })
  })

  it('of a guest has the address and no id', () => {
    const customer = { id: '4', emailAddress: 'guest@shop.test', phoneNumber: '+43 1 234', user: null }
    expect(order({ customer }).customer).toEqual({ email: 'guest@shop.test', phone: '+43 1 234', country: 'AT' })
  })

  it('of nobody has no customer', () => {
    expect(order({ customer: null }).customer).toBeNull()
  })
})

describe('what was charged', () => {
  it('stays when lines are cancelled, which lowers the totals', () => {
    const cancelledLine = { ...line, quantity: 2, linePrice: 2000, linePriceWithTax: 2400, proratedLinePrice: 1800 }
    const changes = { subTotal: 1800, total: 2300, totalWithTax: 2760, lines: [cancelledLine] }
    expect(order(changes)).toMatchObject({
      totalMinor: 3840,
      taxMinor: 640,
      shippingMinor: 500,
      discountMinor: 300,
      subtotalMinor: 3000,
    })
  })

  it('stays when everything is cancelled, which leaves zeros', () => {
    expect(order(CANCELLED)).toMatchObject({
      state: 'cancelled',
      totalMinor: 3840,
      taxMinor: 640,
      shippingMinor: 500,
      discountMinor: 300,
      subtotalMinor: 3000,
    })
  })

  it('of a cancelled order that was only authorised is what was authorised', () => {
    const payments = [
      { ...payment, state: 'Declined', amount: 3840 },
      { ...payment, state: 'Cancelled', amount: 3840 },
    ]
    expect(order({ ...CANCELLED, payments })).toMatchObject({ state: 'cancelled', totalMinor: 3840, taxMinor: 640 })
  })

  it('of a cancelled order without any payment is nothing', () => {
    expect(order({ ...CANCELLED, payments: null })).toMatchObject({ totalMinor: 0, taxMinor: 0, subtotalMinor: 0 })
  })

  it('is the total, whatever was tried and declined', () => {
    const payments = [{ ...payment, state: 'Declined', amount: 9999 }, payment]
    expect(order({ payments }).totalMinor).toBe(3840)
  })

  it('is the total while only part of it is paid', () => {
    expect(order({ payments: [{ ...payment, amount: 1000 }] }).totalMinor).toBe(3840)
  })

  it('of a free order is nothing', () => {
    const free = { subTotal: 0, shipping: 0, shippingWithTax: 0, total: 0, totalWithTax: 0, payments: [] }
    expect(order({ ...free, lines: [{ ...line, proratedLinePrice: 0 }] })).toMatchObject({
      totalMinor: 0,
      discountMinor: 3000,
      subtotalMinor: 3000,
      state: 'placed',
    })
  })
})

describe('refunds', () => {
  it('count when they are settled, each with its own id', () => {
    const refunds = [refund, { ...refund, id: '6', total: 100 }]
    expect(order({ payments: [{ ...payment, refunds }] }).refunds).toEqual([
      { externalId: '5', refundedAt: new Date('2026-11-05T08:00:00Z'), amountMinor: 840 },
      { externalId: '6', refundedAt: new Date('2026-11-05T08:00:00Z'), amountMinor: 100 },
    ])
  })

  it.each(['Pending', 'Failed'])('do not count while they are %s', (state) => {
    expect(order({ payments: [{ ...payment, refunds: [{ ...refund, state }] }] }).refunds).toEqual([])
  })

  it('hang under any of several payments', () => {
    const payments = [
      { ...payment, amount: 1840, refunds: [refund] },
      { ...payment, amount: 2000, refunds: [{ ...refund, id: '6' }] },
    ]
    expect(order({ payments }).refunds.map(({ externalId }) => externalId)).toEqual(['5', '6'])
  })

  it('in a state of a custom process wait for the configuration', () => {
    const payments = [{ ...payment, refunds: [{ ...refund, state: 'Booked' }] }]
    expect(rejected({ payments })).toEqual({
      place: 'order 17',
      field: 'payments.refunds.state',
      reason: 'the state Booked is not known; say under refundStates what it means',
    })
    expect(order({ payments }, { refundStates: { Booked: 'settled' } }).refunds).toHaveLength(1)
  })

  it('without an amount are left out', () => {
    expect(order({ payments: [{ ...payment, refunds: [{ ...refund, total: 0 }] }] }).refunds).toEqual([])
  })
})

describe('a state of a custom order process', () => {
  it.each(['Packed', 'constructor', 'toString'])('named %s is not taken for one that is known', (name) => {
    expect(isKnownState(name)).toBe(false)
    expect(rejected({ state: name }).field).toBe('state')
  })
})

describe('money', () => {
  it.each([
    { currencyCode: 'JPY', moneyPrecision: 2, total: 289_800, minor: 2898 },
    { currencyCode: 'JPY', moneyPrecision: 2, total: 289_850, minor: 2899 },
    { currencyCode: 'JPY', moneyPrecision: 0, total: 2898, minor: 2898 },
    { currencyCode: 'KWD', moneyPrecision: 2, total: 1234, minor: 12_340 },
    { currencyCode: 'KWD', moneyPrecision: 3, total: 1234, minor: 1234 },
    { currencyCode: 'EUR', moneyPrecision: 3, total: 12_345, minor: 1235 },
    { currencyCode: 'EUR', moneyPrecision: 3, total: 12_344, minor: 1234 },
  ])(
    '$total in $currencyCode with $moneyPrecision decimals is $minor',
    ({ currencyCode, moneyPrecision, total, minor }) => {
      expect(order({ currencyCode, total, totalWithTax: total, payments: [] }, { moneyPrecision }).totalMinor).toBe(
        minor,
      )
    },
  )
})

describe('states', () => {
  it.each([
    ['ArrangingPayment', 'pending'],
    ['PaymentAuthorized', 'placed'],
    ['PartiallyShipped', 'placed'],
    ['Delivered', 'placed'],
    ['Modifying', 'placed'],
    ['ArrangingAdditionalPayment', 'placed'],
    ['Cancelled', 'cancelled'],
  ])('%s is %s', (state, ours) => {
    expect(order({ state }).state).toBe(ours)
  })

  it('of a custom process are what the configuration says', () => {
    expect(order({ state: 'Packed' }, { states: { Packed: 'placed' } }).state).toBe('placed')
  })

  it('can be told otherwise', () => {
    expect(order({ state: 'PaymentAuthorized' }, { states: { PaymentAuthorized: 'pending' } }).state).toBe('pending')
  })

  it.each(['Packed', 'constructor', '__proto__'])('that nobody knows, such as %s, become a dead letter', (state) => {
    expect(rejected({ state })).toMatchObject({ place: 'order 17', field: 'state' })
  })

  it('that could hold anything are not repeated', () => {
    expect(rejected({ state: 'ann@shop.test paid' }).reason).not.toContain('ann')
  })
})

describe('what is no order of ours', () => {
  it('is a seller’s part of an order that several sellers share', () => {
    expect(mapOrder(row({ type: 'Seller' }), settings)).toEqual({ kind: 'none', externalId: '17' })
  })

  it('is not the order that such parts make up', () => {
    expect(order({ type: 'Aggregate' }).totalMinor).toBe(3840)
  })

  it('is a cart that was given up', () => {
    expect(mapOrder(row({ state: 'Cancelled', orderPlacedAt: null }), settings).kind).toBe('none')
  })

  it('is not a draft, which is kept from when it was begun', () => {
    expect(order({ state: 'Draft', orderPlacedAt: null, payments: [] })).toMatchObject({
      state: 'draft',
      placedAt: new Date('2026-11-02T07:00:00Z'),
    })
  })
})

describe('a dead letter', () => {
  it.each([
    ['currencyCode', { currencyCode: 'XYZ' }],
    ['totalWithTax', { totalWithTax: 38.4 }],
    ['totalWithTax', { totalWithTax: undefined }],
    ['totalWithTax', { totalWithTax: -1, payments: [] }],
    ['customer.emailAddress', { customer: { id: '1', user: null } }],
    ['payments.0.amount', { payments: [{ ...payment, amount: '3840' }] }],
    ['payments.refunds.total', { payments: [{ ...payment, refunds: [{ ...refund, total: -5 }] }] }],
    ['createdAt', { createdAt: '-1' }],
    ['type', { type: 'Gift' }],
  ])('names %s and no value', (field, changes) => {
    const { place, reason, field: named } = rejected(changes)
    expect({ place, named }).toEqual({ place: 'order 17', named: field })
    expect(reason).not.toMatch(/38|XYZ|-1|Gift/)
  })

  it('is what an amount becomes that no order can have', () => {
    expect(rejected({ totalWithTax: Number.MAX_SAFE_INTEGER, currencyCode: 'KWD', payments: [] })).toMatchObject({
      field: 'totalWithTax',
      reason: 'the amount is too large to be an order',
    })
  })
})
