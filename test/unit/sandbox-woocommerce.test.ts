import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { NewOrder } from '../../src/sandbox/shop-server/book.ts'
import { createShopClock } from '../../src/sandbox/shop-server/shop-clock.ts'
import { createWoocommerceShop, type WoocommerceShop } from '../../src/sandbox/woocommerce/index.ts'
import { SANDBOX_WEBHOOK_SECRET, type WoocommerceShopOptions } from '../../src/sandbox/woocommerce/options.ts'
import { toOauthParameters } from '../../src/sources/woocommerce/oauth1.ts'
import { createWoocommerceWebhookReader } from '../../src/sources/woocommerce/webhooks.ts'

const START = new Date('2026-11-20T12:00:00Z')
const KEY = 'ck_5a4d9b0c3e7f1a2b6d8c4e0f9a1b3c5d7e2f4a60:cs_0f6e2d4c8b1a3957e6d5c4b3a29180f7e6d5c4b3'
const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

interface Answer {
  readonly status: number
  readonly body: unknown
  readonly ids: number[]
  readonly total: string | null
  readonly date: string | null
}

/** A shop that takes Basic keys, and a way to ask it. */
async function open(options: WoocommerceShopOptions = {}) {
  const shop = await createWoocommerceShop({ clock: createShopClock(START), behindTls: true, ...options })
  closing.push(() => shop.close())
  async function ask(path: string, headers: Record<string, string> = { authorization: `Basic ${btoa(KEY)}` }) {
    const answer = await fetch(`${shop.url}/wp-json/wc/v3${path}`, { headers: { ...headers, connection: 'close' } })
    const text = await answer.text()
    const body: unknown = text.startsWith('<') ? text : JSON.parse(text)
    const ids = Array.isArray(body) ? body.map((record: { id: number }) => record.id) : []
    const told: Answer = {
      status: answer.status,
      body,
      ids,
      total: answer.headers.get('x-wp-total'),
      date: answer.headers.get('date'),
    }
    return told
  }
  return { shop, ask }
}

function place(shop: WoocommerceShop, at: string, more: Partial<NewOrder> = {}): number {
  return shop.book.place({
    placedAt: new Date(at),
    email: 'ann@shop.test',
    registered: true,
    country: 'DE',
    currency: 'EUR',
    subtotalMinor: 2000,
    discountMinor: 0,
    taxMinor: 0,
    shippingMinor: 0,
    state: 'placed',
    test: false,
    channel: 'online',
    ...more,
  }).id
}

describe('a list of the WooCommerce sandbox', () => {
  // One order before, two within, two after the second that is asked about.
  async function openFive(timezone: string) {
    const { shop, ask } = await open({ timezone })
    const seconds = ['11:59:59', '12:00:00', '12:00:00', '12:00:01', '12:00:02']
    for (const second of seconds) place(shop, `2026-11-19T${second}Z`)
    return async (bound: string) => (await ask(`/orders?modified_after=${bound}`)).ids.length
  }

  it.each(['Europe/Berlin', 'America/New_York', 'UTC'])(
    'in %s leaves out the second of its bound',
    async (timezone) => {
      const count = await openFive(timezone)
      expect(await count('2026-11-19T12:00:00&dates_are_gmt=true')).toBe(2)
      expect(await count('2026-11-19T11:59:59&dates_are_gmt=true')).toBe(4)
    },
  )

  it('takes a bound without a zone for the shop’s own time', async () => {
    expect(await (await openFive('Europe/Berlin'))('2026-11-19T12:00:00')).toBe(5)
    expect(await (await openFive('America/New_York'))('2026-11-19T12:00:00')).toBe(0)
  })

  it('understands a Z where it does not think of UTC already', async () => {
    expect(await (await openFive('Europe/Berlin'))('2026-11-19T12:00:00Z')).toBe(2)
    expect(await (await openFive('America/New_York'))('2026-11-19T12:00:00.000Z')).toBe(2)
  })

  it('shifts a Z by the site’s offset where it does', async () => {
    expect(await (await openFive('Europe/Berlin'))('2026-11-19T12:00:00Z&dates_are_gmt=true')).toBe(0)
    expect(await (await openFive('America/New_York'))('2026-11-19T12:00:00Z&dates_are_gmt=true')).toBe(5)
    expect(await (await openFive('UTC'))('2026-11-19T12:00:00Z&dates_are_gmt=true')).toBe(2)
  })

  it('begins with the newest, ten to a page, and ties by id', async () => {
    const { shop, ask } = await open()
    const ids = Array.from({ length: 12 }, () => place(shop, '2026-11-19T12:00:00Z'))
    expect((await ask('/orders')).ids).toEqual(ids.toReversed().slice(0, 10))
    expect((await ask('/orders?order=asc&orderby=modified&per_page=5&page=3')).ids).toEqual(ids.slice(10))
  })

  it.each([
    ['hpos' as const, '0'],
    ['posts' as const, '3'],
  ])('of %s has a total of %s behind its end', async (storage, total) => {
    const { shop, ask } = await open({ storage })
    for (let n = 0; n < 3; n += 1) place(shop, '2026-11-19T12:00:00Z')
    expect(await ask('/orders?page=2')).toMatchObject({ status: 200, ids: [], total })
  })

  it.each([
    ['hpos' as const, ['00:30:00', '01:10:00']],
    ['posts' as const, ['01:10:00', '00:30:00']],
  ])('of %s stands in autumn in the order of %j', async (storage, times) => {
    const { shop, ask } = await open({ storage, timezone: 'Europe/Berlin' })
    for (const time of ['00:30:00', '01:10:00']) place(shop, `2026-10-25T${time}Z`)
    const { body } = await ask('/orders?orderby=date&order=asc')
    expect(body).toMatchObject(times.map((time) => ({ date_created_gmt: `2026-10-25T${time}` })))
  })

  it.each(['per_page=101', 'per_page=0', 'orderby=total', 'order=up', 'status=shipped', 'modified_after=yesterday'])(
    'refuses %s',
    async (query) => {
      const { ask } = await open()
      expect(await ask(`/orders?${query}`)).toMatchObject({ status: 400, body: { code: 'rest_invalid_param' } })
    },
  )

  it('does not mind what it does not know', async () => {
    const { shop, ask } = await open()
    place(shop, '2026-11-19T12:00:00Z')
    expect(await ask('/orders?updated_after=2027-01-01T00:00:00')).toMatchObject({ status: 200, total: '1' })
  })

  it('leaves the trash and drafts of the checkout out of `any`, whatever stands beside it', async () => {
    const { shop, ask } = await open()
    const [kept, trashed] = [place(shop, '2026-11-19T12:00:00Z'), place(shop, '2026-11-19T12:00:00Z')]
    place(shop, '2026-11-19T12:00:00Z', { state: 'draft' })
    shop.book.change(trashed, { kind: 'trash' })
    expect((await ask('/orders?status=any,trash')).ids).toEqual([kept])
    expect((await ask('/orders?status=trash')).ids).toEqual([trashed])
  })

  it('gives the refunds of all orders, also where one order’s are asked for', async () => {
    const { shop, ask } = await open()
    const ids = [place(shop, '2026-11-19T12:00:00Z'), place(shop, '2026-11-19T12:00:00Z')]
    for (const id of ids) shop.book.change(id, { kind: 'refund', amountMinor: 500 })
    expect((await ask(`/refunds?parent=${ids[0]}`)).ids).toHaveLength(2)
    expect((await ask('/refunds?include=9001')).body).toMatchObject([{ id: 9001, parent_id: ids[0], amount: '5.00' }])
  })

  it('tells the shop’s own time', async () => {
    const { shop, ask } = await open()
    shop.clock.advance(1_500)
    expect((await ask('/orders')).date).toBe('Fri, 20 Nov 2026 12:00:01 GMT')
  })
})

describe('an order of the WooCommerce sandbox', () => {
  it('keeps its total when it is refunded, and shows refunds below zero', async () => {
    const { shop, ask } = await open()
    const id = place(shop, '2026-11-19T12:00:00Z')
    shop.book.change(id, { kind: 'refund', amountMinor: 2000 })
    expect((await ask(`/orders/${id}`)).body).toMatchObject({
      status: 'refunded',
      total: '20.00',
      refunds: [{ total: '-20.00' }],
    })
  })

  it('has two decimals in every currency, or as many as are asked for', async () => {
    const { shop, ask } = await open()
    const yen = place(shop, '2026-11-19T12:00:00Z', { currency: 'JPY' })
    const dinars = place(shop, '2026-11-19T12:00:00Z', { currency: 'KWD' })
    expect((await ask(`/orders/${yen}`)).body).toMatchObject({ total: '2000.00' })
    expect((await ask(`/orders/${dinars}?dp=6`)).body).toMatchObject({ total: '2.000000' })
  })

  it('that is gone is said to be so, and one in the trash is shown', async () => {
    const { shop, ask } = await open()
    const id = place(shop, '2026-11-19T12:00:00Z')
    shop.book.change(id, { kind: 'trash' })
    expect((await ask(`/orders/${id}`)).body).toMatchObject({ status: 'trash' })
    shop.book.change(id, { kind: 'destroy' })
    expect(await ask(`/orders/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'woocommerce_rest_shop_order_invalid_id' },
    })
  })
})

describe('the key of the WooCommerce sandbox', () => {
  it('is ignored over plain http, in a header and in the address', async () => {
    const { ask } = await open({ behindTls: false })
    const [key, secret] = KEY.split(':')
    expect(await ask('/orders')).toMatchObject({ status: 401, body: { code: 'woocommerce_rest_cannot_view' } })
    expect(await ask(`/orders?consumer_key=${key}&consumer_secret=${secret}`, {})).toMatchObject({ status: 401 })
  })

  it('signs with a nonce that is taken once', async () => {
    const { shop, ask } = await open({ behindTls: false })
    const [consumerKey = '', consumerSecret = ''] = KEY.split(':')
    const moment = { nonce: 'n', timestampSeconds: Math.floor(Date.now() / 1000) }
    const signed = toOauthParameters(`${shop.url}/wp-json/wc/v3/orders`, {}, { consumerKey, consumerSecret }, moment)
    const path = `/orders?${new URLSearchParams(signed)}`
    expect((await ask(path, {})).status).toBe(200)
    expect(await ask(path, {})).toMatchObject({ status: 401, body: { message: expect.stringContaining('nonce') } })
  })

  it('is of no use where permalinks are plain', async () => {
    const { ask } = await open({ permalinks: false })
    expect(await ask('/orders')).toMatchObject({ status: 404, body: expect.stringContaining('<html>') })
  })
})

describe('a webhook of the WooCommerce sandbox', () => {
  /** A door that answers with `status` and keeps what it was sent. */
  async function openDoor(status: number) {
    const deliveries: { body: Buffer; headers: Record<string, string | undefined>; receivedAt: Date }[] = []
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const headers = request.headers as Record<string, string | undefined>
      deliveries.push({ body: Buffer.concat(chunks), headers, receivedAt: START })
      response.writeHead(status, { connection: 'close' }).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(() => new Promise((resolve) => server.close(resolve)))
    return { deliveries, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` }
  }

  it('begins with a ping and then tells of orders, signed', async () => {
    const door = await openDoor(200)
    const { shop } = await open()
    shop.addWebhooks(door.url)
    const id = place(shop, '2026-11-19T12:00:00Z')
    shop.book.change(id, { kind: 'trash' })
    await shop.settled()
    const read = createWoocommerceWebhookReader({ webhookSecrets: [SANDBOX_WEBHOOK_SECRET] })
    const readings = door.deliveries.map(read)
    expect(readings.map(({ kind }) => kind)).toEqual([...Array(4).fill('ignored'), 'event', 'event'])
    expect(readings.at(-1)).toMatchObject({ orderIds: [String(id)] })
  })

  it('is disabled after more than five failures', async () => {
    const door = await openDoor(500)
    const { shop, ask } = await open()
    shop.addWebhooks(door.url)
    for (let n = 0; n < 7; n += 1) place(shop, '2026-11-19T12:00:00Z')
    await shop.settled()
    const { body } = await ask('/webhooks')
    expect(body).toContainEqual(expect.objectContaining({ topic: 'order.created', status: 'disabled' }))
  })
})
