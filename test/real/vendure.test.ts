import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SourceOrder } from '../../src/core/orders/order.ts'
import type { Cursor, OrderPage } from '../../src/core/orders/page.ts'
import type { Source } from '../../src/core/orders/source.ts'
import { createVendureSource } from '../../src/sources/vendure/index.ts'
import { vendureSourceConfig } from '../../src/sources/vendure/schema.ts'
import { reference } from '../support/account-yaml.ts'
import { type RealVendureServer, startRealVendure } from '../support/real-vendure-server.ts'
import {
  createRealVendureShop,
  PRICES,
  type RealCart,
  type RealOrder,
  type RealVendureShop,
} from '../support/real-vendure-shop.ts'
import { rehearse } from '../support/rehearsal.ts'
import { createTestDatabase } from '../support/test-database.ts'
import { until } from '../support/until.ts'

const { signal } = new AbortController()
/** A reading leaves the last half minute to the next one. */
const SETTLED_MS = 90_000

/** What an order has to come to, in cents. */
interface Expected {
  readonly email: string
  readonly registered: boolean
  readonly state: SourceOrder['state']
  readonly totalMinor: number
  readonly refunds: readonly number[]
}

describe.each(['postgres', 'sqlite'] as const)('a real Vendure on %s', (database) => {
  const undo: (() => Promise<void>)[] = []
  let server: RealVendureServer
  let shop: RealVendureShop
  let lateCart: RealCart
  let plain: RealOrder
  let draft: string
  const expected = new Map<string, Expected>()
  /** Of the last whole reading. */
  let cursor: Cursor | null
  let read: ReadonlyMap<string, SourceOrder>

  beforeAll(async () => {
    const storage = database === 'postgres' ? await createTestDatabase() : null
    if (storage !== null) undo.push(() => storage.drop())
    server = await startRealVendure(storage?.url ?? null)
    undo.push(() => server.stop())
    shop = await createRealVendureShop(server.url)
    await tellStory()
    // A reading ends before the second in which it began: what was placed within it is the next one's.
    const first = await until(
      'the last order is older than a second',
      async () => {
        const reading = await readAll(open())
        return [...expected.keys()].every((id) => reading.orders.has(id)) ? reading : null
      },
      SETTLED_MS,
      200,
    )
    expect(first.rejected).toEqual([])
    cursor = first.cursor
    read = first.orders
  })
  afterAll(async () => {
    for (const step of undo.reverse()) await step()
  })

  /** Everything that happens to orders, each under its own address. */
  async function tellStory(): Promise<void> {
    const place = async (
      email: string,
      { registered = false, pieces = [2, 1, 0], coupon = '', method = 'card' as 'card' | 'authorize-only' } = {},
    ) => {
      const cart = await shop.fillCart(email, registered, pieces, coupon === '' ? undefined : coupon)
      return cart.pay(method)
    }
    const expectOrder = (
      order: { readonly id: string; readonly total: number },
      email: string,
      {
        registered = false,
        state = 'placed' as SourceOrder['state'],
        total = order.total,
        refunds = [] as number[],
      } = {},
    ) => expected.set(order.id, { email, registered, state, totalMinor: total, refunds })

    plain = await place('ann@shop.test', { registered: true })
    expectOrder(plain, 'ann@shop.test', { registered: true })
    await shop.ship(plain)

    const reduced = await place('Guest.One@Shop.test', { coupon: 'TEN', pieces: [3, 1, 2] })
    await shop.refund(reduced, 123, true)
    await shop.refund(reduced, 77, false)
    await shop.refund(reduced, 200, true)
    expectOrder(reduced, 'guest.one@shop.test', { refunds: [123, 200] })

    const lessOne = await place('guest.one@SHOP.test', { pieces: [3, 0, 1] })
    await shop.cancelPiece(lessOne)
    await shop.refund(lessOne, PRICES[0], true)
    expectOrder(lessOne, 'guest.one@shop.test', { refunds: [PRICES[0]] })

    const cancelled = await place('bob@shop.test', { registered: true, coupon: 'TEN' })
    await shop.cancel(cancelled)
    await shop.refund(cancelled, cancelled.total, true)
    expectOrder(cancelled, 'bob@shop.test', { registered: true, state: 'cancelled', refunds: [cancelled.total] })

    expectOrder(await place('cem@shop.test', { method: 'authorize-only' }), 'cem@shop.test')

    const captured = await place('dan@shop.test', { method: 'authorize-only' })
    await shop.settle(captured)
    expectOrder(captured, 'dan@shop.test')

    const released = await place('eve@shop.test', { method: 'authorize-only' })
    await shop.cancel(released)
    expectOrder(released, 'eve@shop.test', { state: 'cancelled' })

    const more = await place('fay@shop.test')
    await shop.modify(more, 4)
    expectOrder(more, 'fay@shop.test', { total: more.total + 2 * PRICES[0] })

    const less = await place('gil@shop.test')
    await shop.modify(less, 1)
    expectOrder(less, 'gil@shop.test', { refunds: [PRICES[0]] })

    const returned = await place('hal@shop.test')
    await shop.refund(returned, returned.total, true)
    expectOrder(returned, 'hal@shop.test', { refunds: [returned.total] })

    lateCart = await shop.fillCart('late@shop.test', false, [1, 0, 0])
    draft = await shop.draft()
  }

  function open(changes: Readonly<Record<string, unknown>> = {}): Source {
    return createVendureSource('real', vendureSourceConfig.parse({ ...shop.source, pageSize: 3, ...changes }))
  }

  it('gives every order to the cent, and no cart', () => {
    const seen = [...read].filter(([id]) => id !== draft)
    expect(Object.fromEntries(seen.map(([id, order]) => [id, summary(order)]))).toEqual(Object.fromEntries(expected))
    expect(expected.size).toBe(10)
  })

  it('gives components that add up to what was charged', () => {
    const sums = [...expected.keys()].map((id) => {
      const order = read.get(id)
      const { subtotalMinor = 0, discountMinor = 0, taxMinor = 0, shippingMinor = 0 } = order ?? {}
      return [id, subtotalMinor - discountMinor + taxMinor + shippingMinor]
    })
    expect(sums).toEqual([...expected].map(([id, { totalMinor }]) => [id, totalMinor]))
  })

  it('works out components of lines that are gone, to within a cent per line', () => {
    const of = (email: string) => [...read.values()].find(({ customer }) => customer?.email === email)
    const [kept, gone] = [of('cem@shop.test'), of('eve@shop.test')]
    expect(gone).toMatchObject({ totalMinor: kept?.totalMinor, shippingMinor: kept?.shippingMinor, discountMinor: 0 })
    expect(Math.abs((gone?.taxMinor ?? 0) - (kept?.taxMinor ?? Number.NaN))).toBeLessThanOrEqual(2)
  })

  it('keeps a draft as one, and gives nothing again once its last reading was whole', async () => {
    const source = open({ lookBackMinutes: 0 })
    const last = await until(
      'everything is old enough',
      async () => {
        const reading = await readAll(source, cursor)
        return reading.orders.has(draft) ? reading : null
      },
      SETTLED_MS,
      2_000,
    )
    expect(last.orders.get(draft)).toMatchObject({ state: 'draft', customer: null, totalMinor: 0 })
    expect([...(await readAll(source, last.cursor)).orders.keys()]).toEqual([])
    // From here on the cart of the late order lies behind the cursor.
    cursor = last.cursor
  })

  it('finds an order that was paid long after its cart was filled', async () => {
    const paid = await lateCart.pay('card')
    expected.set(paid.id, {
      email: 'late@shop.test',
      registered: false,
      state: 'placed',
      totalMinor: paid.total,
      refunds: [],
    })
    const found = await until(
      'the late order is old enough',
      async () => (await readAll(open({ lookBackMinutes: 0 }), cursor)).orders.get(paid.id),
      SETTLED_MS,
      2_000,
    )
    expect(summary(found)).toEqual(expected.get(paid.id))
  })

  it('finds a refund, which moves nothing, in a sweep', async () => {
    await shop.refund(plain, 250, true)
    expected.set(plain.id, { ...(expected.get(plain.id) as Expected), refunds: [250] })
    const { orders } = await readAll(open({ sweep: { days: 60, everyHours: 0.000_001 } }), cursor)
    expect(Object.fromEntries([...orders].map(([id, order]) => [id, summary(order)]))).toMatchObject(
      Object.fromEntries(expected),
    )
  })

  it('comes to the right averages in Klaviyo', async () => {
    const rehearsal = await rehearse()
    rehearsal.variables['VENDURE_API_KEY'] = String(shop.source['apiKey'])
    rehearsal.write('scontrino.yaml', syncYaml(shop.source))
    const { exitCode, stderr } = await rehearsal.run('sync')
    expect(exitCode, stderr).toBe(0)
    const { profiles } = await rehearsal.heldByKlaviyo()
    const averages = Object.entries(profiles).map(([email, properties]) => [email, properties['aov'] ?? null])
    expect(Object.fromEntries(averages)).toEqual(expectedAverages([...expected.values()]))
  })

  it('gives single orders, and says which there are not', async () => {
    const [id = ''] = expected.keys()
    const fetched = await open().fetchOrders?.([id, '999999'], signal)
    expect(fetched).toMatchObject({ orders: [{ externalId: id }], rejected: [], missing: ['999999'] })
  })

  it('is checked well with a right key, and told what to do with wrong ones', async () => {
    expect(await open().check(signal)).toEqual([
      expect.objectContaining({ level: 'ok', message: expect.stringContaining('currency EUR, 2 decimals') }),
    ])
    for (const wrong of [{ apiKey: 'wrong:key' }, { channel: 'nowhere' }, { channel: undefined }]) {
      expect(await open(wrong).check(signal)).toEqual([expect.objectContaining({ level: 'problem', code: 'E_AUTH' })])
    }
  })
})

async function readAll(source: Source, from: Cursor | null = null) {
  const pages: OrderPage[] = []
  for await (const page of source.readOrders(from, signal)) pages.push(page)
  return {
    orders: new Map(pages.flatMap((page) => page.orders.map((order) => [order.externalId, order] as const))),
    rejected: pages.flatMap((page) => page.rejected),
    cursor: pages.at(-1)?.cursor ?? from,
  }
}

function summary({ customer, state, totalMinor, refunds }: SourceOrder): Expected {
  return {
    email: customer?.email ?? '',
    registered: customer?.externalId !== undefined,
    state,
    totalMinor,
    refunds: refunds.map(({ amountMinor }) => amountMinor),
  }
}

function syncYaml(source: RealVendureShop['source']): string {
  return `accounts:
  main:
    klaviyo: { apiKey: "${reference('KLAVIYO_API_KEY')}", baseUrl: "${reference('KLAVIYO_BASE_URL')}" }
    currency: EUR
    timezone: Europe/Rome
    aov: { policy: net }
    profiles: create
    sources:
      shop:
        type: vendure
        url: ${JSON.stringify(source['url'])}
        apiKey: "${reference('VENDURE_API_KEY')}"
        channel: ${JSON.stringify(source['channel'])}
`
}

/** In euros by address, for those with an order that counts: cancelled and fully refunded ones do not. */
function expectedAverages(orders: readonly Expected[]): Record<string, number> {
  const values = orders
    .filter(({ state }) => state === 'placed')
    .map(({ email, totalMinor, refunds }) => ({
      email,
      value: totalMinor - refunds.reduce((sum, one) => sum + one, 0),
    }))
    .filter(({ value }) => value > 0)
  const byEmail = Map.groupBy(values, ({ email }) => email)
  return Object.fromEntries(
    [...byEmail].map(([email, all]) => {
      const sum = all.reduce((total, { value }) => total + value, 0)
      return [email, Math.round(sum / all.length) / 100]
    }),
  )
}
