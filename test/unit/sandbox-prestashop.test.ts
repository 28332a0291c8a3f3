import { afterEach, describe, expect, it } from 'vitest'
import type { PrestashopOptions } from '../../src/sandbox/prestashop/index.ts'
import type { ShopServer } from '../../src/sandbox/shop-server/shop-server.ts'
import { newOrder, openPrestashop } from '../support/prestashop.ts'

const shops: ShopServer[] = []

afterEach(async () => {
  for (const shop of shops.splice(0)) await shop.close()
})

/** Ids 1001 to 1005, an hour apart from 10:00 in Berlin (08:00 UTC) on 1 July. */
async function open(options: PrestashopOptions = {}): Promise<ShopServer> {
  const shop = await openPrestashop('2026-07-02T12:00:00Z', options)
  shops.push(shop)
  for (let n = 0; n < 5; n += 1) {
    shop.book.place(newOrder({ placedAt: new Date(Date.parse('2026-07-01T08:00:00Z') + n * 3_600_000) }))
  }
  return shop
}

async function get(
  shop: ShopServer,
  path: string,
  query: Readonly<Record<string, string>> = {},
  key = String(shop.source['key']),
) {
  const url = `${shop.url}/api/${path}?${new URLSearchParams({ output_format: 'JSON', ...query })}`
  const response = await fetch(url, {
    headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  return { status: response.status, text, headers: response.headers, body: isJson ? JSON.parse(text) : undefined }
}

async function ids(shop: ShopServer, query: Readonly<Record<string, string>>): Promise<number[]> {
  const { body } = await get(shop, 'orders', { display: '[id]', ...query })
  return Array.isArray(body) ? body : body.orders.map((order: { id: number }) => order.id)
}

describe('the filters of the webservice', () => {
  it('are inclusive on both sides of a range', async () => {
    const shop = await open()
    const range = { date: '1', 'filter[date_add]': '[2026-07-01 11:00:00,2026-07-01 13:00:00]' }
    expect(await ids(shop, range)).toEqual([1002, 1003, 1004])
  })

  it('are exclusive with > and <', async () => {
    const shop = await open()
    expect(await ids(shop, { date: '1', 'filter[date_add]': '>[2026-07-01 12:00:00]' })).toEqual([1004, 1005])
    expect(await ids(shop, { 'filter[id]': '<[1003]' })).toEqual([1001, 1002])
  })

  it('take a time with a Z for local digits, and a range of such for its first time alone', async () => {
    const shop = await open()
    expect(await ids(shop, { date: '1', 'filter[date_add]': '>[2026-07-01T12:00:00Z]' })).toEqual([1004, 1005])
    const range = '[2026-07-01T10:00:00Z,2026-07-01T23:00:00Z]'
    expect(await ids(shop, { date: '1', 'filter[date_add]': range })).toEqual([1001])
  })

  it('know several values and exclusions', async () => {
    const shop = await open()
    expect(await ids(shop, { 'filter[id]': '[1001|1003|7]' })).toEqual([1001, 1003])
    expect(await ids(shop, { 'filter[id]': '![1001|1003]' })).toEqual([1002, 1004, 1005])
  })

  it.each([
    ['a date without date=1', { 'filter[date_upd]': '>[2026-07-01 12:00:00]' }, 32],
    ['a field that there is not', { 'filter[total]': '[1]' }, 32],
    ['an empty filter', { 'filter[id]': '' }, 33],
    ['the state, which is worked out', { 'filter[current_state]': '[2]' }, 34],
    ['a field to show that there is not', { display: '[id,total]' }, 35],
    ['fields to show without brackets', { display: 'id' }, 36],
    ['a sort without a direction', { sort: '[id]' }, 37],
    ['a sort by date without date=1', { sort: '[date_upd_ASC]' }, 38],
    ['three numbers as a limit', { limit: '1,2,3' }, 39],
  ])('refuse %s', async (_, query, code) => {
    const { status, body } = await get(await open(), 'orders', query)
    expect(status).toBe(400)
    expect(body.errors).toMatchObject([{ code }])
  })

  it('ignore what they do not know', async () => {
    expect(await ids(await open(), { updated_after: '2026-07-01 12:00:00' })).toHaveLength(5)
  })
})

describe('the lists of the webservice', () => {
  it('show ids only, ascending, unless told otherwise, and are never cut', async () => {
    const { body } = await get(await open(), 'orders')
    expect(body).toEqual({ orders: [1001, 1002, 1003, 1004, 1005].map((id) => ({ id })) })
  })

  it('are an empty array when they are empty', async () => {
    const { status, body } = await get(await open(), 'orders', { 'filter[id]': '[7]' })
    expect([status, body]).toEqual([200, []])
  })

  it('leave the order of ties open unless the id sorts them', async () => {
    const shop = await open()
    const placedAt = new Date('2026-07-02T08:00:00Z')
    for (let n = 0; n < 4; n += 1) shop.book.place(newOrder({ placedAt }))
    const since = { date: '1', 'filter[date_add]': '>[2026-07-02 00:00:00]' }
    const sorted = [1006, 1007, 1008, 1009]
    expect(await ids(shop, { ...since, sort: '[date_add_ASC,id_ASC]' })).toEqual(sorted)
    expect(await ids(shop, { ...since, sort: '[date_add_ASC]' })).not.toEqual(sorted)
  })

  it('are cut by offset over what there is at that moment', async () => {
    const shop = await open()
    const page = { date: '1', sort: '[date_upd_ASC,id_ASC]' }
    expect(await ids(shop, { ...page, limit: '0,2' })).toEqual([1001, 1002])
    shop.book.change(1001, { kind: 'touch' })
    // 1003 has moved to the first page: who goes on by offset never sees it.
    expect(await ids(shop, { ...page, limit: '2,2' })).toEqual([1004, 1005])
  })

  it('tell local times without a zone, the id as a number and all else as text with six decimals', async () => {
    const { body } = await get(await open(), 'orders', { 'filter[id]': '[1001]', display: 'full' })
    expect(body.orders[0]).toMatchObject({
      id: 1001,
      date_add: '2026-07-01 10:00:00',
      total_paid_tax_incl: '27.400000',
      total_paid_tax_excl: '23.900000',
      id_currency: '1',
    })
  })

  it('are XML unless JSON is asked for in capitals', async () => {
    const { headers } = await get(await open(), 'orders', { output_format: 'json' })
    expect(headers.get('content-type')).toContain('text/xml')
  })

  it('tell the time by the clock of the shop', async () => {
    const { headers } = await get(await open(), 'orders')
    expect(headers.get('date')).toBe('Thu, 02 Jul 2026 12:00:00 GMT')
  })
})

describe('what the webservice lists', () => {
  it('a guest is a new customer for every order', async () => {
    const shop = await open()
    for (let n = 0; n < 2; n += 1) shop.book.place(newOrder({ registered: false, email: 'guest@shop.test' }))
    const { body } = await get(shop, 'customers', { display: '[id,email,is_guest]' })
    const guests = body.customers.filter((customer: { is_guest: string }) => customer.is_guest === '1')
    expect(guests.map((guest: { email: string }) => guest.email)).toEqual(['guest@shop.test', 'guest@shop.test'])
    expect(body.customers).toHaveLength(3)
  })

  it('an order in two parcels is two orders of one cart and one reference', async () => {
    const shop = await open()
    for (let n = 0; n < 5; n += 1) shop.book.place(newOrder())
    const { body } = await get(shop, 'orders', {
      'filter[id]': '[1010|1001010]',
      display: '[id,id_cart,reference,total_paid]',
    })
    const [first, second] = body.orders
    expect(second).toMatchObject({ id_cart: first.id_cart, reference: first.reference })
    expect(Number(first.total_paid) + Number(second.total_paid)).toBeCloseTo(27.4, 6)
  })

  it('a credit slip is a thing of its own, with an amount without tax, and does not move its order', async () => {
    const shop = await open()
    shop.book.change(1002, { kind: 'refund', amountMinor: 1000 })
    const slips = await get(shop, 'order_slip', { display: 'full' })
    expect(slips.body.order_slips).toMatchObject([
      { id_order: '1002', total_products_tax_incl: '10.000000', amount: '8.000000', date_upd: '2026-07-02 14:00:00' },
    ])
    const order = await get(shop, 'orders/1002')
    expect(order.body.order.date_upd).toBe('2026-07-01 11:00:00')
  })
})

describe('who may ask the webservice', () => {
  it('answers a wrong key in plain text', async () => {
    const { status, text, headers } = await get(await open(), 'orders', {}, 'wrong')
    expect([status, text]).toEqual([401, '401 Unauthorized'])
    expect(headers.get('content-type')).toContain('text/html')
  })

  it('answers 401 also for a resource that the key may not read', async () => {
    const shop = await open({ keys: { ORDERSONLY: ['orders'] } })
    expect((await get(shop, 'orders', {}, 'ORDERSONLY')).status).toBe(200)
    expect(await get(shop, 'customers', {}, 'ORDERSONLY')).toMatchObject({
      status: 401,
      body: { errors: [{ code: 26 }] },
    })
  })

  it('answers 404 with an empty body for an order that there is not', async () => {
    expect(await get(await open(), 'orders/7')).toMatchObject({ status: 404, text: '' })
  })

  it('answers 405 for a method that a reading key has not', async () => {
    const shop = await open()
    const authorization = `Basic ${Buffer.from(`${String(shop.source['key'])}:`).toString('base64')}`
    const response = await fetch(`${shop.url}/api/orders?output_format=JSON`, {
      method: 'DELETE',
      headers: { authorization },
    })
    expect(response.status).toBe(405)
  })

  it('refuses another store', async () => {
    const shop = await open()
    expect((await get(shop, 'orders', { id_shop: '1' })).status).toBe(200)
    expect((await get(shop, 'orders', { id_shop: 'all' })).status).toBe(200)
    expect((await get(shop, 'orders', { id_shop: '2' })).status).toBe(403)
  })
})
