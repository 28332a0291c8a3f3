import { afterEach, describe, expect, it } from 'vitest'
import type { SourceOrder } from '../../src/core/orders/order.ts'
import type { Cursor, OrderPage } from '../../src/core/orders/page.ts'
import type { Source } from '../../src/core/orders/source.ts'
import type { NewOrder } from '../../src/sandbox/shop-server/book.ts'
import { createShopClock } from '../../src/sandbox/shop-server/shop-clock.ts'
import type { ShopServer, ShopServerOptions } from '../../src/sandbox/shop-server/shop-server.ts'
import { createVendureShop } from '../../src/sandbox/vendure/index.ts'
import { createVendureSource } from '../../src/sources/vendure/index.ts'
import { vendureSourceConfig } from '../../src/sources/vendure/schema.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const { signal } = new AbortController()

const NEW: NewOrder = {
  email: 'ann@shop.test',
  registered: true,
  country: 'IT',
  currency: 'EUR',
  subtotalMinor: 4000,
  discountMinor: 500,
  taxMinor: 700,
  shippingMinor: 490,
  state: 'placed',
  test: false,
  channel: 'online',
}

const shops: ShopServer[] = []
afterEach(async () => {
  for (const shop of shops.splice(0)) await shop.close()
})

async function openShop(options: ShopServerOptions = {}): Promise<ShopServer> {
  const shop = await createVendureShop({ clock: createShopClock(new Date('2026-11-20T12:00:00Z')), ...options })
  shops.push(shop)
  return shop
}

function openSource(shop: ShopServer, changes: Readonly<Record<string, unknown>> = {}): Source {
  return createVendureSource('shop', vendureSourceConfig.parse({ ...shop.source, ...changes }))
}

async function read(source: Source, from: Cursor | null = null) {
  const pages: OrderPage[] = []
  for await (const page of source.readOrders(from, signal)) pages.push(page)
  const orders = new Map<string, SourceOrder>()
  for (const order of pages.flatMap((page) => page.orders)) orders.set(order.externalId, order)
  return {
    pages,
    orders,
    ids: [...orders.keys()].map(Number).sort((a, b) => a - b),
    rejected: pages.flatMap((page) => page.rejected),
    cursor: pages.at(-1)?.cursor ?? null,
  }
}

describe('a first reading', () => {
  it('reads every placed order once, and no cart or part of a seller', async () => {
    const shop = await openShop()
    for (let at = 0; at < 23; at += 1) {
      shop.book.place({ ...NEW, placedAt: new Date(Date.parse('2026-01-01T00:00:00Z') + at * HOUR) })
    }
    const { pages, ids, rejected } = await read(openSource(shop, { pageSize: 5 }))
    expect(ids).toEqual([...shop.book.orders.keys()])
    expect(pages.flatMap((page) => page.orders)).toHaveLength(23)
    expect(rejected).toEqual([])
  })

  it('reads orders that share one instant, more than a page of them', async () => {
    const shop = await openShop()
    const placedAt = new Date('2026-10-01T10:00:00.123Z')
    for (let at = 0; at < 17; at += 1) shop.book.place({ ...NEW, placedAt })
    const { ids } = await read(openSource(shop, { pageSize: 3 }))
    expect(ids).toEqual([...shop.book.orders.keys()])
  })

  it('maps money, refunds, states and customers to the cent', async () => {
    const shop = await openShop({ currency: 'JPY' })
    const { book } = shop
    const paid = book.place(NEW)
    book.change(paid.id, { kind: 'refund', amountMinor: 1234 })
    const yen = book.place({ ...NEW, currency: 'JPY', email: 'Guest@Shop.test', registered: false })
    const dinar = book.place({ ...NEW, currency: 'KWD', state: 'pending', email: null })
    const cancelled = book.place({ ...NEW, discountMinor: 0 })
    book.change(cancelled.id, { kind: 'cancel' })
    const failed = book.place({ ...NEW, state: 'failed' })
    shop.clock.advance(HOUR)
    const { orders } = await read(openSource(shop))
    const seen = (id: number) => orders.get(String(id))
    const components = { subtotalMinor: 4000, discountMinor: 500, taxMinor: 700, shippingMinor: 490, totalMinor: 4690 }
    expect(seen(paid.id)).toMatchObject({ ...components, state: 'placed', currency: 'EUR', channel: 'sandbox-store' })
    expect(seen(paid.id)?.refunds.map(({ amountMinor }) => amountMinor)).toEqual([1234])
    expect(seen(yen.id)).toMatchObject({ ...components, currency: 'JPY' })
    expect(seen(yen.id)?.customer).toEqual({ email: 'guest@shop.test', country: 'IT' })
    expect(seen(dinar.id)).toMatchObject({ ...components, currency: 'KWD', state: 'pending', customer: null })
    expect(seen(cancelled.id)).toMatchObject({
      state: 'cancelled',
      totalMinor: 5190,
      taxMinor: 700,
      shippingMinor: 490,
    })
    expect(seen(failed.id)).toMatchObject({ ...components, state: 'failed' })
  })

  it('leaves out what was placed before `since`', async () => {
    const shop = await openShop()
    shop.book.place({ ...NEW, placedAt: new Date('2026-05-31T23:59:59Z') })
    const kept = shop.book.place({ ...NEW, placedAt: new Date('2026-06-01T00:00:00Z') })
    expect((await read(openSource(shop, { since: '2026-06-01' }))).ids).toEqual([kept.id])
  })

  it('goes on in the middle where it was interrupted', async () => {
    const shop = await openShop()
    for (let at = 0; at < 12; at += 1) shop.book.place({ ...NEW, placedAt: new Date(Date.UTC(2026, 1, 1 + at)) })
    const source = openSource(shop, { pageSize: 4 })
    let [cursor, before]: [Cursor | null, number[]] = [null, []]
    for await (const page of source.readOrders(null, signal)) {
      ;[cursor, before] = [page.cursor, page.orders.map(({ externalId }) => Number(externalId))]
      break
    }
    expect(before.length).toBeGreaterThan(0)
    expect([...before, ...(await read(source, cursor)).ids]).toEqual([...shop.book.orders.keys()])
  })
})

describe('later readings', () => {
  it('keep a draft as one until it is placed', async () => {
    const shop = await openShop()
    const source = openSource(shop)
    const { cursor } = await read(source)
    const { id } = shop.book.place({ ...NEW, state: 'draft' })
    shop.clock.advance(MINUTE)
    const drafted = await read(source, cursor)
    expect(drafted.orders.get(String(id))?.state).toBe('draft')
    shop.book.change(id, { kind: 'pay' })
    shop.clock.advance(MINUTE)
    expect((await read(source, drafted.cursor)).orders.get(String(id))?.state).toBe('placed')
  })

  it('find an order that was placed long after its cart last changed', async () => {
    const shop = await openShop()
    const source = openSource(shop, { lookBackMinutes: 0 })
    const { cursor } = await read(source)
    shop.clock.advance(2 * MINUTE)
    const { id } = shop.book.place(NEW)
    shop.clock.advance(MINUTE)
    expect((await read(source, cursor)).ids).toEqual([id])
  })

  it('find edits and cancellations by the changed instant, microseconds and all', async () => {
    const shop = await openShop()
    const orders = [1, 2, 3, 4].map((day) => shop.book.place({ ...NEW, placedAt: new Date(Date.UTC(2026, 2, day)) }))
    const source = openSource(shop, { pageSize: 1, lookBackMinutes: 0 })
    const { cursor } = await read(source)
    shop.clock.advance(HOUR)
    for (const { id } of orders) shop.book.change(id, { kind: 'edit', subtotalMinor: 9000 })
    shop.clock.advance(HOUR)
    const later = await read(source, cursor)
    expect([...later.orders.values()].map(({ totalMinor }) => totalMinor)).toEqual([9690, 9690, 9690, 9690])
    expect((await read(source, later.cursor)).ids).toEqual([])
  })

  it('get past orders whose microseconds lie in the millisecond before, a page of them or more', async () => {
    const shop = await openShop()
    const orders = [1, 2, 3, 4, 5].map((day) => shop.book.place({ ...NEW, placedAt: new Date(Date.UTC(2026, 2, day)) }))
    const source = openSource(shop, { pageSize: 1, lookBackMinutes: 0 })
    const { cursor } = await read(source)
    shop.clock.advance(HOUR)
    for (const [at, { id }] of orders.entries()) {
      if (at === 3) shop.clock.advance(1)
      shop.book.change(id, { kind: 'edit', subtotalMinor: 9000 })
    }
    shop.clock.advance(HOUR)
    const { pages, ids } = await read(source, cursor)
    expect(ids).toEqual(orders.map(({ id }) => id))
    expect(pages.flatMap((page) => page.orders)).toHaveLength(orders.length)
  })

  it('find refunds, which move nothing, when the sweep is due and not before', async () => {
    const shop = await openShop()
    const { id } = shop.book.place({ ...NEW, placedAt: new Date('2026-11-01T00:00:00Z') })
    const source = openSource(shop)
    const first = await read(source)
    shop.book.change(id, { kind: 'refund', amountMinor: 100 })
    shop.clock.advance(5 * HOUR)
    const early = await read(source, first.cursor)
    expect(early.ids).toEqual([])
    shop.clock.advance(HOUR)
    const { orders } = await read(source, early.cursor)
    expect(orders.get(String(id))?.refunds.map(({ amountMinor }) => amountMinor)).toEqual([100])
    expect(orders.get(String(id))?.updatedAt).toEqual(new Date('2026-11-20T12:00:00Z'))
  })

  it('call the roll in a sweep, so that a deleted order is missed', async () => {
    const shop = await openShop()
    const kept = shop.book.place({ ...NEW, placedAt: new Date('2026-11-01T00:00:00Z') })
    const gone = shop.book.place({ ...NEW, placedAt: new Date('2026-11-02T00:00:00Z') })
    const source = openSource(shop)
    const { cursor } = await read(source)
    shop.book.change(gone.id, { kind: 'destroy' })
    shop.clock.advance(7 * HOUR)
    const { pages } = await read(source, cursor)
    expect(pages.flatMap((page) => page.rollCall?.externalIds ?? [])).toEqual([String(kept.id)])
    const fetched = await source.fetchOrders?.([String(kept.id), String(gone.id)], signal)
    expect(fetched).toMatchObject({ orders: [{ externalId: String(kept.id) }], missing: [String(gone.id)] })
  })

  it('miss nothing when an order changes between two pages', async () => {
    let onList: () => void = () => undefined
    const shop = await openShop({ onList: () => onList() })
    const orders = [1, 2, 3, 4, 5, 6].map(() => shop.book.place(NEW))
    const source = openSource(shop, { pageSize: 2 })
    const { cursor } = await read(source)
    for (const { id } of orders) {
      shop.clock.advance(MINUTE)
      shop.book.change(id, { kind: 'edit', subtotalMinor: 5000 })
    }
    shop.clock.advance(5 * MINUTE)
    let lists = 0
    onList = () => {
      lists += 1
      if (lists === 1) shop.book.change(orders[0]?.id ?? 0, { kind: 'edit', subtotalMinor: 6000 })
    }
    expect((await read(source, cursor)).ids).toEqual(orders.map(({ id }) => id))
  })
})

describe('bad days', () => {
  it('make one dead letter of a record that cannot be read, and the next reading mends it', async () => {
    const shop = await openShop()
    const [bad, good] = [1, 2].map((day) => shop.book.place({ ...NEW, placedAt: new Date(Date.UTC(2026, 10, day)) }))
    shop.faults.add({ kind: 'malformed-record' })
    const source = openSource(shop)
    const first = await read(source)
    expect(first.ids).toEqual([good?.id])
    expect(first.rejected).toEqual([
      {
        place: `order ${bad?.id}`,
        field: 'state',
        reason: 'the state Teleported is not known; say under states what it means',
      },
    ])
    shop.clock.advance(7 * HOUR)
    expect((await read(source, first.cursor)).ids).toEqual([bad?.id, good?.id])
  })

  it('stop loudly when the server ignores the filter', async () => {
    const shop = await openShop()
    shop.book.place({ ...NEW, placedAt: new Date('2026-01-01T00:00:00Z') })
    const source = openSource(shop)
    const { cursor } = await read(source)
    shop.clock.advance(HOUR)
    shop.faults.add({ kind: 'ignore-filter' })
    await expect(read(source, cursor)).rejects.toMatchObject({ code: 'E_REMOTE_CONTRACT' })
  })

  it.each(['drop', 'truncate'] as const)('repeat a question after a %s', async (kind) => {
    const shop = await openShop()
    const { id } = shop.book.place(NEW)
    shop.clock.advance(HOUR)
    shop.faults.add({ kind })
    expect((await read(openSource(shop))).ids).toEqual([id])
  })

  it('obey a throttling proxy’s Retry-After', async () => {
    const shop = await openShop()
    shop.faults.add({ kind: 'status', status: 429, retryAfterSeconds: 120 })
    await expect(read(openSource(shop))).rejects.toMatchObject({ code: 'E_RATE_LIMITED', delayMs: 120_000 })
  })

  it('name a wrong key, and never show it', async () => {
    const shop = await openShop()
    const failed = read(openSource(shop, { apiKey: 'wrong-key-of-mine' }))
    await expect(failed).rejects.toMatchObject({ code: 'E_AUTH' })
    await expect(failed).rejects.not.toThrow('wrong-key-of-mine')
  })

  it('name a channel that does not exist', async () => {
    const shop = await openShop()
    await expect(read(openSource(shop, { channel: 'nope' }))).rejects.toThrow('no channel of the configured token')
  })

  it('begin anew when a state means something else from now on', async () => {
    const shop = await openShop()
    const { id } = shop.book.place({ ...NEW, state: 'pending' })
    shop.clock.advance(HOUR)
    const { cursor } = await read(openSource(shop))
    const { pages, orders } = await read(openSource(shop, { states: { AwaitingTransfer: 'placed' } }), cursor)
    expect(pages[0]?.startsOver).toBe(true)
    expect(orders.get(String(id))?.state).toBe('placed')
  })
})

describe('check', () => {
  it('says which channel the key reads, its orders, its currency and its decimals', async () => {
    const shop = await openShop()
    for (let at = 0; at < 8; at += 1) shop.book.place(NEW)
    expect(await openSource(shop).check(signal)).toEqual([
      {
        level: 'ok',
        subject: 'source shop',
        message:
          'the key is accepted in channel sandbox-store, which has 9 orders; currency EUR, 3 decimals; instants are in UTC',
        currencies: ['EUR'],
      },
      expect.objectContaining({ level: 'note', message: expect.stringContaining('1 of its orders are sellers') }),
    ])
  })

  it('says which states of a custom process are not known', async () => {
    const shop = await openShop()
    expect(await openSource(shop, { states: {} }).check(signal)).toContainEqual(
      expect.objectContaining({
        level: 'warning',
        message: expect.stringContaining('AwaitingTransfer, PaymentFailed'),
        action: expect.stringContaining('states'),
      }),
    )
  })

  it('doubts decimals that the server contradicts', async () => {
    const shop = await openShop()
    expect(await openSource(shop, { moneyPrecision: 2 }).check(signal)).toContainEqual(
      expect.objectContaining({ level: 'warning', message: expect.stringContaining('moneyPrecision is 2') }),
    )
  })

  it.each([
    ['a wrong key', { apiKey: 'wrong' }, 'E_AUTH', /API key/],
    ['a wrong channel', { channel: 'wrong' }, 'E_AUTH', /channel/],
    ['a wrong path', { adminApiPath: 'shop-admin' }, 'E_REMOTE_REJECTED', /adminApiPath/],
  ])('says what to do about %s', async (_, changes, code, action) => {
    const shop = await openShop()
    expect(await openSource(shop, changes).check(signal)).toEqual([
      expect.objectContaining({ level: 'problem', code, action: expect.stringMatching(action) }),
    ])
  })
})
