import { describe, expect, it } from 'vitest'
import { RecordError } from '../../src/core/errors.ts'
import { createLocalClock } from '../../src/core/local-clock.ts'
import type { Read } from '../../src/sources/prestashop/client.ts'
import type { LookUps } from '../../src/sources/prestashop/look-ups.ts'
import { toOrder } from '../../src/sources/prestashop/map.ts'
import type { OrderFate } from '../../src/sources/prestashop/states.ts'
import { type OrderRow, slipRow, stateRow } from '../../src/sources/prestashop/wire.ts'

const READ_AT = new Date('2026-11-21T12:00:00Z')

function row(more: Readonly<Record<string, unknown>> = {}): Read<OrderRow> {
  return {
    id: '41',
    id_cart: '9',
    id_customer: '5',
    id_currency: '1',
    current_state: '2',
    valid: '1',
    reference: 'XKBKNABJK',
    date_add: '2026-07-01 12:00:00',
    date_upd: '2026-07-02 08:30:00',
    total_paid_tax_incl: '71.510000',
    total_paid_tax_excl: '59.591667',
    total_products: '57.000000',
    total_discounts_tax_excl: '2.408333',
    total_shipping_tax_excl: '5.000000',
    readAt: READ_AT,
    ...more,
  } as Read<OrderRow>
}

const STATES = [
  { id: 1, paid: '0', logable: '0', unremovable: '1', template: 'cheque', name: 'Chèque' },
  { id: 2, paid: '1', logable: '1', unremovable: '1', template: 'payment', name: 'Payé' },
  { id: 6, paid: '0', logable: '0', unremovable: '1', template: 'order_canceled', name: 'Annulé' },
  { id: 7, paid: '0', logable: '0', unremovable: '1', template: 'refund', name: 'Remboursé' },
  { id: 8, paid: '0', logable: '0', unremovable: '1', template: 'payment_error', name: 'Erreur' },
  { id: 9, paid: '1', logable: '0', unremovable: '1', template: 'outofstock', name: 'En attente (payé)' },
  { id: 10, paid: '0', logable: '0', unremovable: '1', template: 'bankwire', name: 'Virement' },
  {
    id: 20,
    paid: 0,
    logable: 0,
    unremovable: 0,
    template: [{ id: '1', value: 'order_canceled' }],
    name: 'Annulé client',
  },
  { id: 21, paid: '0', logable: '0', unremovable: '0', template: '', name: 'À vérifier' },
  { id: 23, paid: '0', logable: '0', unremovable: '0', template: 'constructor', name: 'Own mail' },
  { id: 22, paid: '0', logable: '1', unremovable: '0', template: '', name: 'Marketplace' },
]

function lookUps(more: Partial<LookUps> = {}): LookUps {
  return {
    states: new Map(STATES.map((state) => stateRow.parse(state)).map((state) => [state.id, state])),
    currencies: new Map([
      ['1', 'EUR'],
      ['2', 'JPY'],
      ['3', 'KWD'],
      ['4', 'POINTS'],
    ]),
    customers: new Map([['5', { id: '5', email: 'Anna@Example.com', is_guest: false, deleted: false }]]),
    slips: new Map(),
    ...more,
  }
}

function slips(...given: Readonly<Record<string, unknown>>[]): Pick<LookUps, 'slips'> {
  const rows = given.map((slip, index) =>
    slipRow.parse({
      id: index + 1,
      id_order: '41',
      date_add: '2026-07-10 09:00:00',
      date_upd: '2026-07-10 09:00:00',
      total_products_tax_incl: '0.000000',
      total_shipping_tax_incl: '0.000000',
      amount: '0.000000',
      shipping_cost_amount: '0.000000',
      ...slip,
    }),
  )
  return { slips: Map.groupBy(rows, (slip) => slip.id_order ?? '') }
}

function map(
  rows: Read<OrderRow> | readonly [Read<OrderRow>, ...Read<OrderRow>[]] = row(),
  using = lookUps(),
  states: Readonly<Record<string, OrderFate>> = {},
) {
  const group = (Array.isArray(rows) ? rows : [rows]) as [Read<OrderRow>, ...Read<OrderRow>[]]
  return toOrder(group, using, { clock: createLocalClock('Europe/Paris'), states })
}

function complaint(run: () => unknown): { field: unknown; message: string } {
  try {
    run()
  } catch (error) {
    if (error instanceof RecordError) return { field: error.context['field'], message: error.message }
    throw error
  }
  throw new Error('expected a RecordError')
}

describe('money of a PrestaShop order', () => {
  it('keeps every component in minor units, rounded once from six decimals', () => {
    expect(map()).toMatchObject({
      externalId: '41',
      currency: 'EUR',
      totalMinor: 7151,
      taxMinor: 1192,
      subtotalMinor: 5700,
      discountMinor: 241,
      shippingMinor: 500,
      refunds: [],
      test: false,
    })
  })

  it('knows currencies without decimals and with three', () => {
    const paid = { total_paid_tax_incl: '2898.000000', total_paid_tax_excl: '2635.000000' }
    expect(map(row({ ...paid, id_currency: '2' }))).toMatchObject({ totalMinor: 2898, taxMinor: 263 })
    expect(map(row({ ...paid, id_currency: '3' }))).toMatchObject({ totalMinor: 2_898_000, taxMinor: 263_000 })
  })

  it('reads amounts that a version gives as numbers', () => {
    expect(map(row({ total_paid_tax_incl: 71.51 })).totalMinor).toBe(7151)
  })

  it.each([
    ['total_paid_tax_incl', '1.234,50 €'],
    ['total_paid_tax_incl', '-3.000000'],
    ['total_paid_tax_incl', null],
    ['total_paid_tax_incl', '99999999999999999999.000000'],
    ['id_currency', '77'],
    ['id_currency', '4'],
    ['current_state', '0'],
    ['current_state', '99'],
    ['date_add', '0000-00-00 00:00:00'],
    ['date_upd', 'yesterday'],
  ])('an absurd %s makes it a dead letter that names the field, and not the value', (field, value) => {
    const refused = complaint(() => map(row({ [field]: value })))
    expect(refused.field).toBe(field)
    if (typeof value === 'string' && value.length > 3) expect(refused.message).not.toContain(value)
  })

  it('names a state that the shop does not list', () => {
    expect(complaint(() => map(row({ current_state: '99' }))).message).toContain('order state 99')
  })
})

describe('credit slips', () => {
  it('give back products and shipping with tax, whatever their `amount` says without', () => {
    const using = lookUps(
      slips(
        {
          total_products_tax_incl: '12.000000',
          total_shipping_tax_incl: '2.400000',
          amount: '10.000000',
          shipping_cost_amount: '2.000000',
        },
        { total_products_tax_incl: '1.005000' },
      ),
    )
    expect(map(row(), using).refunds).toEqual([
      { externalId: '1', refundedAt: new Date('2026-07-10T07:00:00Z'), amountMinor: 1440 },
      { externalId: '2', refundedAt: new Date('2026-07-10T07:00:00Z'), amountMinor: 101 },
    ])
  })

  it('of old versions hold only an amount and a shipping amount', () => {
    const using = lookUps(slips({ amount: '10.000000', shipping_cost_amount: '2.000000' }))
    expect(map(row(), using).refunds).toMatchObject([{ amountMinor: 1200 }])
  })

  it('over nothing are no refunds', () => {
    expect(map(row(), lookUps(slips({}))).refunds).toEqual([])
  })

  it('take the date of their change where they have none of their own', () => {
    const using = lookUps(slips({ amount: '1.000000', date_add: '0000-00-00 00:00:00' }))
    expect(map(row(), using).refunds).toMatchObject([{ refundedAt: new Date('2026-07-10T07:00:00Z') }])
  })

  it('that cannot be read hold their order back', () => {
    const refused = complaint(() => map(row(), lookUps(slips({ amount: 'ten' }))))
    expect(refused.field).toBe('order_slip 1')
  })
})

describe('the state of a PrestaShop order', () => {
  it.each([
    ['2', 'placed'],
    ['9', 'placed'],
    ['22', 'placed'],
    ['1', 'pending'],
    ['10', 'pending'],
    ['21', 'pending'],
    ['6', 'cancelled'],
    ['20', 'cancelled'],
    ['8', 'failed'],
  ])('%s is %s', (current_state, state) => {
    expect(map(row({ current_state, valid: '0' })).state).toBe(state)
  })

  it.each(['21', '23'])('%s that waits is placed when the shop counts the order as valid', (current_state) => {
    expect(map(row({ current_state, valid: '1' })).state).toBe('placed')
  })

  it('is what the configuration says, also of a state that is not listed or has flags', () => {
    expect(map(row({ current_state: '21' }), lookUps(), { '21': 'draft' }).state).toBe('draft')
    expect(map(row({ current_state: '99' }), lookUps(), { '99': 'cancelled' }).state).toBe('cancelled')
    expect(map(row({ current_state: '2' }), lookUps(), { '2': 'pending' }).state).toBe('pending')
  })

  it('of a refund gives back all that no slip did, and stays a sale', () => {
    const using = lookUps(slips({ total_products_tax_incl: '21.510000' }))
    const order = map(row({ current_state: '7', valid: '0' }), using)
    expect(order).toMatchObject({ state: 'placed', totalMinor: 7151 })
    expect(order.refunds).toEqual([
      { externalId: '1', refundedAt: new Date('2026-07-10T07:00:00Z'), amountMinor: 2151 },
      { externalId: 'state-41', refundedAt: new Date('2026-07-02T06:30:00Z'), amountMinor: 5000 },
    ])
  })

  it('of a refund that slips cover gives nothing back twice', () => {
    const using = lookUps(slips({ total_products_tax_incl: '71.510000' }))
    expect(map(row({ current_state: '7' }), using).refunds).toMatchObject([{ amountMinor: 7151 }])
  })
})

describe('who bought', () => {
  const customers = (more: object) =>
    lookUps({
      customers: new Map([['5', { id: '5', email: 'Guest@Example.com', is_guest: false, deleted: false, ...more }]]),
    })

  it('is a customer with an id of the shop', () => {
    expect(map().customer).toEqual({ externalId: '5', email: 'Anna@Example.com' })
  })

  it('is only an address for a guest, who is a new row each time', () => {
    expect(map(row(), customers({ is_guest: true })).customer).toEqual({ email: 'Guest@Example.com' })
  })

  it.each([
    ['deleted', { deleted: true }],
    ['moved to the anonymous customer', { email: 'Anonymous@psgdpr.com' }],
    ['a guest without an address', { is_guest: true, email: '' }],
  ])('is nobody when %s', (_, more) => {
    expect(map(row(), customers(more)).customer).toBeNull()
  })

  it('is nobody when the shop has no such customer any more', () => {
    expect(map(row({ id_customer: '6' })).customer).toBeNull()
    expect(map(row({ id_customer: '0' })).customer).toBeNull()
  })
})

describe('local times', () => {
  it('are read in the zone of the shop', () => {
    expect(map()).toMatchObject({
      placedAt: new Date('2026-07-01T10:00:00Z'),
      updatedAt: new Date('2026-07-02T06:30:00Z'),
    })
  })

  it('of the hour that comes twice never make a later change look older', () => {
    const changed = (date_upd: string, readAt: string) =>
      map(row({ date_upd, readAt: new Date(readAt) })).updatedAt.toISOString()
    // Changed at 00:40 UTC (02:40 summer time), then at 01:10 UTC (02:10 winter time), and read in between and after.
    expect(changed('2026-10-25 02:40:00', '2026-10-25T00:45:00Z')).toBe('2026-10-25T00:40:00.000Z')
    expect(changed('2026-10-25 02:10:00', '2026-10-25T01:15:00Z')).toBe('2026-10-25T01:10:00.000Z')
  })

  it('that an import left empty are taken from the other date', () => {
    expect(map(row({ date_upd: '0000-00-00 00:00:00' })).updatedAt).toEqual(new Date('2026-07-01T10:00:00Z'))
  })
})

describe('an order in several parts', () => {
  const second = (more: Readonly<Record<string, unknown>> = {}) =>
    row({
      id: '42',
      date_add: '2026-07-01 12:00:01',
      date_upd: '2026-07-03 08:00:00',
      total_paid_tax_incl: '8.490000',
      total_paid_tax_excl: '7.075000',
      total_products: '7.075000',
      total_discounts_tax_excl: '0',
      total_shipping_tax_excl: '0',
      ...more,
    })

  it('is the sum of them under the first id, changed when any of them was', () => {
    expect(map([row(), second()])).toMatchObject({
      externalId: '41',
      totalMinor: 8000,
      subtotalMinor: 5700 + 708,
      shippingMinor: 500,
      placedAt: new Date('2026-07-01T10:00:00Z'),
      updatedAt: new Date('2026-07-03T06:00:00Z'),
    })
  })

  it('keeps the slips of each part', () => {
    const using = lookUps(slips({ amount: '1.000000' }, { amount: '2.000000', id_order: '42' }))
    expect(map([row(), second()], using).refunds.map(({ amountMinor }) => amountMinor)).toEqual([100, 200])
  })

  it('is worth what was not cancelled', () => {
    expect(map([row({ current_state: '6', valid: '0' }), second()])).toMatchObject({ state: 'placed', totalMinor: 849 })
    const both = [row({ current_state: '6', valid: '0' }), second({ current_state: '6', valid: '0' })] as const
    expect(map([...both])).toMatchObject({ state: 'cancelled', totalMinor: 8000 })
  })

  it('is held back when a part cannot be read', () => {
    expect(complaint(() => map([row(), second({ total_paid_tax_incl: 'much' })])).field).toBe('total_paid_tax_incl')
    expect(complaint(() => map([row(), second({ id_currency: '2' })])).field).toBe('id_currency')
  })
})
