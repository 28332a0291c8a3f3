import { toMajorText } from '../../core/money.ts'
import type { Book, BookOrder } from '../shop-server/book.ts'
import type { Resource, Row } from './resource.ts'
import { isLogable, stateIdOf, stateRows } from './states.ts'
import { toWallClock } from './wall-clock.ts'

/** The book as PrestaShop's tables hold it. */
export interface ShopTables {
  readonly book: Book
  readonly timezone: string
  readonly currency: string
}

/** Every tenth order went out in two parcels, which PrestaShop makes two orders of one cart and one reference. */
const SPLIT_EVERY = 10
const SECOND_PART = 1_000_000
const GUEST = 500_000

/** All resources that can be listed here, by the name in their path. */
export function createResources(tables: ShopTables): Readonly<Record<string, Resource>> {
  const { book, timezone, currency } = tables
  const touched = watchParts(book)
  const currencyIds = createIds(currency)
  const orders = () => [...book.orders.values()]
  const idOfCurrency = (order: BookOrder) => currencyIds.idOf(order.currency)
  const partsOf = rememberRows(
    (order) => toParts(order, idOfCurrency(order), touched.get(order.id), timezone),
    (order) => touched.get(order.id),
  )
  const slipsOf = rememberRows((order) => toSlips(order, timezone))
  const customersOf = rememberRows((order) => toCustomers(order, timezone))
  const resource = (oneName: string, listName: string, fields: string, rows: () => readonly Row[]): Resource => ({
    oneName,
    listName,
    fields: fields.split(' '),
    rows,
  })
  return {
    orders: {
      ...resource(
        'order',
        'orders',
        'id id_cart id_currency id_customer current_state module valid date_add date_upd id_shop payment total_discounts ' +
          'total_discounts_tax_incl total_discounts_tax_excl total_paid total_paid_tax_incl total_paid_tax_excl ' +
          'total_paid_real total_products total_products_wt total_shipping total_shipping_tax_incl ' +
          'total_shipping_tax_excl total_wrapping conversion_rate reference',
        () => orders().flatMap(partsOf),
      ),
      computed: ['current_state'],
    },
    order_slip: resource(
      'order_slip',
      'order_slips',
      'id id_customer id_order conversion_rate total_products_tax_excl total_products_tax_incl ' +
        'total_shipping_tax_excl total_shipping_tax_incl amount shipping_cost shipping_cost_amount partial date_add ' +
        'date_upd order_slip_type',
      () => orders().flatMap(slipsOf),
    ),
    order_states: resource(
      'order_state',
      'order_states',
      'id unremovable logable paid deleted name template',
      stateRows,
    ),
    currencies: resource('currency', 'currencies', 'id iso_code active deleted', () => {
      for (const order of orders()) currencyIds.idOf(order.currency)
      return currencyIds.all().map(([iso_code, id]) => ({ id, iso_code, active: '1', deleted: '0' }))
    }),
    customers: resource('customer', 'customers', 'id email is_guest deleted active date_add date_upd', () => [
      ...new Map(orders().flatMap((order) => customersOf(order).map((row) => [row.id, row]))).values(),
    ]),
    configurations: resource('configuration', 'configurations', 'id name value', () => [
      { id: 1, name: 'PS_TIMEZONE', value: timezone },
      { id: 2, name: 'PS_CURRENCY_DEFAULT', value: '1' },
    ]),
    shops: resource('shop', 'shops', 'id name active', () => [{ id: 1, name: 'Sandbox', active: '1' }]),
  }
}

/** An order in the book is replaced when it changes: its rows are made once, not for every request. */
function rememberRows(
  toRows: (order: BookOrder) => Row[],
  stateOf: (order: BookOrder) => unknown = () => undefined,
): (order: BookOrder) => readonly Row[] {
  const made = new WeakMap<BookOrder, { state: unknown; rows: readonly Row[] }>()
  return (order) => {
    const state = stateOf(order)
    const known = made.get(order)
    if (known !== undefined && known.state === state) return known.rows
    const rows = toRows(order)
    made.set(order, { state, rows })
    return rows
  }
}

/** When something last moved only the second part of an order. */
function watchParts(book: Book): ReadonlyMap<number, Date> {
  const firstStays = new Map<number, Date>()
  let former = new Map<number, Date>()
  book.onChange((order, kind) => {
    const wasAt = former.get(order.id) ?? order.placedAt
    if (kind === 'touch') firstStays.set(order.id, firstStays.get(order.id) ?? wasAt)
    else if (kind !== 'refund' && kind !== 'delete-refund') firstStays.delete(order.id)
    former = former.set(order.id, order.updatedAt)
  })
  return firstStays
}

function toParts(order: BookOrder, currencyId: number, firstAt: Date | undefined, timezone: string): Row[] {
  const whole = amountsOf(order)
  if (order.id % SPLIT_EVERY !== 0) return [toOrderRow(order, order.id, whole, currencyId, order.updatedAt, timezone)]
  const third = (minor: number) => Math.floor(minor / 3)
  const second = mapAmounts(whole, third)
  const first = mapAmounts(whole, (minor) => minor - third(minor))
  return [
    toOrderRow(order, order.id, first, currencyId, firstAt ?? order.updatedAt, timezone),
    toOrderRow(order, SECOND_PART + order.id, second, currencyId, order.updatedAt, timezone),
  ]
}

interface Amounts {
  readonly products: number
  readonly discounts: number
  readonly tax: number
  readonly shipping: number
}

function amountsOf(order: BookOrder): Amounts {
  return {
    products: order.subtotalMinor,
    discounts: order.discountMinor,
    tax: order.taxMinor,
    shipping: order.shippingMinor,
  }
}

function mapAmounts({ products, discounts, tax, shipping }: Amounts, map: (minor: number) => number): Amounts {
  return { products: map(products), discounts: map(discounts), tax: map(tax), shipping: map(shipping) }
}

function toOrderRow(
  order: BookOrder,
  id: number,
  { products, discounts, tax, shipping }: Amounts,
  currencyId: number,
  updatedAt: Date,
  timezone: string,
): Row {
  const money = (minor: number) => sixDecimals(minor, order.currency)
  const withoutTax = products - discounts + shipping
  const state = stateIdOf(order)
  return {
    id,
    id_cart: String(order.id + 7),
    id_currency: String(currencyId),
    id_customer: String(customerIdOf(order)),
    current_state: String(state),
    module: 'ps_wirepayment',
    valid: isLogable(state) ? '1' : '0',
    date_add: toWallClock(order.placedAt, timezone),
    date_upd: toWallClock(updatedAt, timezone),
    id_shop: '1',
    payment: 'Bank transfer',
    total_discounts: money(discounts),
    total_discounts_tax_incl: money(discounts),
    total_discounts_tax_excl: money(discounts),
    total_paid: money(withoutTax + tax),
    total_paid_tax_incl: money(withoutTax + tax),
    total_paid_tax_excl: money(withoutTax),
    total_paid_real: order.paid ? money(withoutTax + tax) : '0.000000',
    total_products: money(products),
    total_products_wt: money(products + tax),
    total_shipping: money(shipping),
    total_shipping_tax_incl: money(shipping),
    total_shipping_tax_excl: money(shipping),
    total_wrapping: '0.000000',
    conversion_rate: '1.000000',
    reference: referenceOf(order.id),
  }
}

/** Nine capital letters, as PrestaShop draws them. */
function referenceOf(id: number): string {
  return [...String(id).padStart(9, '0')].map((digit) => 'QWERTZUIOP'[Number(digit)] ?? 'Q').join('')
}

/** `amount` is without tax where prices are entered so: the trap for who takes it for what was given back. */
function toSlips(order: BookOrder, timezone: string): Row[] {
  return order.refunds.map((refund) => {
    const at = toWallClock(refund.at, timezone)
    const isOfSecond = order.id % SPLIT_EVERY === 0 && refund.id % 2 === 0
    const withoutTax = sixDecimals(Math.floor(refund.amountMinor * 0.8), order.currency)
    return {
      id: refund.id,
      id_customer: String(customerIdOf(order)),
      id_order: String(isOfSecond ? SECOND_PART + order.id : order.id),
      conversion_rate: '1.000000',
      total_products_tax_excl: withoutTax,
      total_products_tax_incl: sixDecimals(refund.amountMinor, order.currency),
      total_shipping_tax_excl: '0.000000',
      total_shipping_tax_incl: '0.000000',
      amount: withoutTax,
      shipping_cost: '0',
      shipping_cost_amount: '0.000000',
      partial: '1',
      date_add: at,
      date_upd: at,
      order_slip_type: '0',
    }
  })
}

function customerIdOf(order: BookOrder): number {
  if (order.email === null) return 0
  return order.customerId ?? GUEST + order.id
}

/** A guest has a row of its own for every order, also under the same address. */
function toCustomers(order: BookOrder, timezone: string): Row[] {
  if (order.email === null) return []
  const at = toWallClock(order.placedAt, timezone)
  const is_guest = order.customerId === null ? '1' : '0'
  const row = { id: customerIdOf(order), email: order.email, is_guest, deleted: '0', active: '1' }
  return [{ ...row, date_add: at, date_upd: at }]
}

function sixDecimals(minor: number, currency: string): string {
  const [whole = '0', decimals = ''] = toMajorText(minor, currency).split('.')
  return `${whole}.${decimals.padEnd(6, '0')}`
}

/** Ids in the order in which currencies were first met; the shop's own has the first. */
function createIds(first: string) {
  const ids = new Map([[first, 1]])
  return {
    idOf(code: string): number {
      const id = ids.get(code) ?? ids.size + 1
      ids.set(code, id)
      return id
    },
    all: () => [...ids],
  }
}
