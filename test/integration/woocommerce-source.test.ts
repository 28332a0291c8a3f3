import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { AuthError, ContractError, RateLimitedError } from '../../src/core/errors.ts'
import type { OrderState, SourceOrder } from '../../src/core/orders/order.ts'
import type { OrderPage } from '../../src/core/orders/page.ts'
import type { Source } from '../../src/core/orders/source.ts'
import type { BookOrder, NewOrder } from '../../src/sandbox/shop-server/book.ts'
import { createShopClock } from '../../src/sandbox/shop-server/shop-clock.ts'
import { createWoocommerceShop, type WoocommerceShop } from '../../src/sandbox/woocommerce/index.ts'
import type { WoocommerceShopOptions } from '../../src/sandbox/woocommerce/options.ts'
import { toTraits } from '../../src/sandbox/woocommerce/traits.ts'
import { createWoocommerceSource } from '../../src/sources/woocommerce/index.ts'
import { woocommerceSourceConfig } from '../../src/sources/woocommerce/schema.ts'
import { type HistoryStep, historySteps, takeStep } from '../support/shop-history.ts'
import { createModelLedger, type ModelLedger } from '../support/shop-ledger-model.ts'

const START = new Date('2026-11-20T12:00:00Z')
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const shops: WoocommerceShop[] = []

afterEach(async () => {
  for (const shop of shops.splice(0)) await shop.close()
})

interface Rig {
  readonly shop: WoocommerceShop
  readonly source: Source
  readonly ledger: ModelLedger
  /** Reads from the last saved cursor to the end, or so many pages; answers the pages that were saved. */
  read(pages?: number): Promise<OrderPage[]>
}

async function open(options: WoocommerceShopOptions = {}, config: Record<string, unknown> = {}): Promise<Rig> {
  const shop = await createWoocommerceShop({ clock: createShopClock(START), timezone: 'Europe/Berlin', ...options })
  shops.push(shop)
  const source = createWoocommerceSource('shop', woocommerceSourceConfig.parse({ ...shop.source, ...config }))
  const ledger = createModelLedger(source)
  async function read(pages = Number.POSITIVE_INFINITY): Promise<OrderPage[]> {
    const saved: OrderPage[] = []
    for await (const page of source.readOrders(ledger.cursors.at(-1) ?? null, new AbortController().signal)) {
      if (saved.length >= pages) break
      await ledger.save(page)
      saved.push(page)
    }
    return saved
  }
  return { shop, source, ledger, read }
}

function newOrder(more: Partial<NewOrder> = {}): NewOrder {
  return {
    email: 'ann@shop.test',
    registered: true,
    country: 'DE',
    currency: 'EUR',
    subtotalMinor: 2000,
    discountMinor: 200,
    taxMinor: 342,
    shippingMinor: 490,
    state: 'placed',
    test: false,
    channel: 'online',
    ...more,
  }
}

/** What the ledger is to hold of an order of the shop. */
function expected(order: BookOrder): Partial<SourceOrder> {
  const state: OrderState = order.state === 'trashed' ? 'deleted' : order.state
  return {
    externalId: String(order.id),
    placedAt: order.placedAt,
    currency: order.currency,
    totalMinor: order.totalMinor,
    subtotalMinor: order.subtotalMinor,
    discountMinor: order.discountMinor,
    taxMinor: order.taxMinor,
    shippingMinor: order.shippingMinor,
    state,
    refunds: order.refunds.map(({ id, at, amountMinor }) => ({ externalId: String(id), refundedAt: at, amountMinor })),
  }
}

/** Every order that lists show, or that was read, is held as the shop has it; one that is gone is deleted. */
function expectSame({ shop, ledger }: Rig): void {
  for (const order of shop.book.orders.values()) {
    const held = ledger.orders.get(String(order.id))
    const isHidden = order.state === 'draft' || order.state === 'trashed'
    if (held === undefined && isHidden) continue
    const wanted = expected(order)
    // What is in the trash counts for nothing, whatever else it says.
    if (order.state === 'trashed') expect(held).toMatchObject({ externalId: wanted.externalId, state: 'deleted' })
    else expect(held).toMatchObject(wanted)
  }
  for (const held of ledger.orders.values()) {
    if (!shop.book.orders.has(Number(held.externalId))) expect(held.state).toBe('deleted')
  }
}

const SITES = ['Europe/Berlin', 'America/New_York', 'UTC'].flatMap((timezone) =>
  (['hpos', 'posts'] as const).map((storage) => ({ timezone, storage })),
)

describe.each(SITES)('a WooCommerce shop in $timezone with $storage', ({ timezone, storage }) => {
  it('is read whole, and then only what changed', async () => {
    const rig = await open({ timezone, storage })
    const { shop, read, ledger } = rig
    for (let n = 0; n < 230; n += 1) {
      shop.book.place(
        newOrder({ placedAt: new Date(START.getTime() - (n + 1) * 37 * MINUTE_MS), email: `c${n}@shop.test` }),
      )
    }
    await read()
    expect(ledger.orders.size).toBe(230)
    shop.clock.advance(2 * 60 * MINUTE_MS)
    const [first = 0] = shop.book.orders.keys()
    shop.book.change(first, { kind: 'cancel' })
    shop.clock.advance(MINUTE_MS)
    const pages = await read()
    expect(pages.flatMap(({ orders }) => orders.map(({ externalId }) => externalId))).toEqual([String(first)])
    expectSame(rig)
  })

  it('shows what changed in the very second at which the window before ended', async () => {
    const rig = await open({ timezone, storage }, { lookBackMinutes: 0 })
    const { shop, read } = rig
    const order = shop.book.place(newOrder({ placedAt: new Date(START.getTime() - DAY_MS) }))
    await read()
    shop.clock.advance(MINUTE_MS)
    // The safety margin is 30 s: the first window of changes ends here, and is open at its end.
    await read()
    shop.clock.advance(-30_000)
    shop.book.change(order.id, { kind: 'cancel' })
    shop.clock.advance(90_000)
    await read()
    expectSame(rig)
  })

  it('loses no order of the hour that comes twice in autumn', async () => {
    const rig = await open({ timezone, storage })
    const { shop, read, ledger } = rig
    const fallBack = timezone === 'America/New_York' ? '2026-11-01T06:00:00Z' : '2026-10-25T01:00:00Z'
    for (let minute = -90; minute < 90; minute += 1) {
      for (const second of [0, 30]) {
        shop.book.place(newOrder({ placedAt: new Date(Date.parse(fallBack) + minute * MINUTE_MS + second * 1000) }))
      }
    }
    await read()
    expect(ledger.orders.size).toBe(360)
    expectSame(rig)
  })
})

const story = fc.record({
  timezone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'UTC'),
  storage: fc.constantFrom('hpos' as const, 'posts' as const),
  refundsMoveOrders: fc.boolean(),
  // Orders of a few seconds, so that pages end in the middle of one.
  former: fc.constantFrom(0, 0, 130, 260),
  before: historySteps(40),
  during: historySteps(40),
  kills: fc.array(fc.nat({ max: 5 }), { maxLength: 4 }),
})

/** Lets a shop live while it is read and the reading killed; at the end the ledger holds what the shop has. */
async function live(
  { former, before, during, kills, ...site }: typeof story extends fc.Arbitrary<infer T> ? T : never,
  config: Record<string, unknown>,
  isPossible: (step: HistoryStep) => boolean,
): Promise<void> {
  const left = during.filter(isPossible)
  const next = () => {
    const step = left.shift()
    if (step !== undefined) take(step)
  }
  const rig = await open({ ...site, onList: next }, { lookBackMinutes: 1, ...config })
  const { shop, read } = rig
  function take(step: HistoryStep): void {
    takeStep(shop.book, toTraits(site), shop.clock.now().getTime(), step)
    shop.clock.advance(step.advance * 1000)
  }
  try {
    for (let n = 0; n < former; n += 1) {
      shop.book.place(newOrder({ placedAt: new Date(START.getTime() - (n % 4) * 1000 - MINUTE_MS) }))
    }
    for (const step of before) take(step)
    for (const pages of kills) {
      await read(pages)
      shop.clock.advance(20_000)
    }
    for (const step of left.splice(0)) take(step)
    shop.clock.advance(DAY_MS)
    await read()
    expectSame(rig)
  } finally {
    shops.splice(shops.indexOf(shop), 1)
    await shop.close()
  }
}

describe('a WooCommerce source', () => {
  it('ends with what the shop has, whatever happens while it reads and wherever it is killed', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        await live(told, { sweep: { everyHours: 1, days: 300 } }, () => true)
      }),
      { numRuns: 30 },
    )
  })

  it('needs no sweep for anything that a list of the shop tells', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const { movesUpdated } = toTraits(told)
        const isTold = ({ kind }: HistoryStep) =>
          kind === 'place' ||
          kind === 'refund' ||
          (kind !== 'place-earlier' && kind !== 'destroy' && movesUpdated[kind] === true)
        await live(told, { sweep: { everyHours: 8760, days: 1 } }, isTold)
      }),
      { numRuns: 30 },
    )
  })

  it('passes a second with more orders than an address can name', async () => {
    const rig = await open()
    const { shop, read, ledger } = rig
    const imported = new Date(START.getTime() - DAY_MS)
    for (let n = 0; n < 950; n += 1) shop.book.place(newOrder({ placedAt: imported }))
    for (let n = 1; n <= 130; n += 1) {
      shop.book.place(newOrder({ placedAt: new Date(imported.getTime() + n * MINUTE_MS) }))
    }
    const pages = await read()
    expect(ledger.orders.size).toBe(1080)
    expect(pages.flatMap(({ rollCall }) => rollCall?.externalIds ?? []).length).toBe(1080)
    expectSame(rig)
  })

  it('reads a full second again when an order leaves it between two pages', async () => {
    let isTrashed = false
    const rig: Rig = await open({
      onList: () => {
        if (isTrashed || rig.ledger.orders.size < 450) return
        isTrashed = true
        rig.shop.book.change([...rig.shop.book.orders.keys()][0] ?? 0, { kind: 'trash' })
      },
    })
    const placedAt = new Date(START.getTime() - DAY_MS)
    for (let n = 0; n < 650; n += 1) rig.shop.book.place(newOrder({ placedAt }))
    await rig.read()
    expect(isTrashed).toBe(true)
    rig.shop.clock.advance(MINUTE_MS)
    await rig.read()
    expectSame(rig)
  })

  it('sees a refund that does not move its order, by the list of refunds', async () => {
    const rig = await open({ refundsMoveOrders: false })
    const { shop, read, ledger } = rig
    const order = shop.book.place(newOrder({ placedAt: new Date(START.getTime() - 400 * DAY_MS) }))
    await read()
    shop.book.change(order.id, { kind: 'refund', amountMinor: 500 })
    shop.book.change(order.id, { kind: 'refund', amountMinor: 300 })
    shop.clock.advance(MINUTE_MS)
    await read()
    expect(ledger.orders.get(String(order.id))?.refunds.map(({ amountMinor }) => amountMinor)).toEqual([500, 300])
  })

  it('sees such a refund by its sweep where WooCommerce has no list of refunds', async () => {
    const rig = await open({ refundsMoveOrders: false, refundList: false })
    const { shop, read, ledger } = rig
    const order = shop.book.place(newOrder({ placedAt: new Date(START.getTime() - 20 * DAY_MS) }))
    await read()
    shop.book.change(order.id, { kind: 'refund', amountMinor: 500 })
    shop.clock.advance(MINUTE_MS)
    await read()
    expect(ledger.orders.get(String(order.id))?.refunds).toEqual([])
    shop.clock.advance(DAY_MS)
    await read()
    expect(ledger.orders.get(String(order.id))?.refunds).toHaveLength(1)
  })

  it('sees by its sweep what posts storage does not tell: an edited line, a deleted refund', async () => {
    const rig = await open({ storage: 'posts' })
    const { shop, read, ledger } = rig
    const [edited, refunded] = [shop.book.place(newOrder()), shop.book.place(newOrder())]
    shop.book.change(refunded.id, { kind: 'refund', amountMinor: 500 })
    shop.clock.advance(MINUTE_MS)
    await read()
    shop.book.change(edited.id, { kind: 'edit', subtotalMinor: 2559 })
    const refundId = shop.book.orders.get(refunded.id)?.refunds[0]?.id ?? 0
    shop.book.change(refunded.id, { kind: 'delete-refund', refundId })
    shop.clock.advance(DAY_MS + MINUTE_MS)
    await read()
    expect(ledger.orders.get(String(edited.id))?.subtotalMinor).toBe(2559)
    expectSame(rig)
  })

  it('takes a trashed order out of the sums, and back in when it is restored', async () => {
    const rig = await open()
    const { shop, read, ledger } = rig
    const order = shop.book.place(newOrder())
    shop.clock.advance(MINUTE_MS)
    await read()
    shop.book.change(order.id, { kind: 'trash' })
    shop.clock.advance(MINUTE_MS)
    await read()
    expect(ledger.orders.get(String(order.id))?.state).toBe('deleted')
    shop.book.change(order.id, { kind: 'restore' })
    shop.clock.advance(MINUTE_MS)
    await read()
    expect(ledger.orders.get(String(order.id))?.state).toBe('placed')
  })

  it('leaves out orders from before `since`, also when they change', async () => {
    const rig = await open({}, { since: '2026-11-01' })
    const { shop, read, ledger } = rig
    const old = shop.book.place(newOrder({ placedAt: new Date('2026-10-31T23:59:59Z') }))
    const kept = shop.book.place(newOrder({ placedAt: new Date('2026-11-01T00:00:00Z') }))
    await read()
    for (const { id } of [old, kept]) shop.book.change(id, { kind: 'refund', amountMinor: 100 })
    shop.clock.advance(MINUTE_MS)
    await read()
    expect([...ledger.orders.keys()]).toEqual([String(kept.id)])
  })

  it('makes one record that cannot be read one dead letter, and takes it back when it can', async () => {
    const rig = await open()
    const { shop, read, ledger } = rig
    const orders = [1, 2, 3].map((n) => shop.book.place(newOrder({ placedAt: new Date(START.getTime() - n * DAY_MS) })))
    shop.faults.add({ kind: 'malformed-record' }, { path: 'orderby=date' })
    await read()
    expect([...ledger.deadLetters.values()]).toEqual([
      { place: `order ${orders[2]?.id}`, field: 'total', reason: expect.any(String) },
    ])
    expect(ledger.orders.size).toBe(2)
    shop.clock.advance(DAY_MS)
    await read()
    expect(ledger.deadLetters.size).toBe(0)
    expectSame(rig)
  })

  it('asks for statuses of the shop’s own to be mapped, and reads them once they are', async () => {
    const renamedStatuses = { processing: 'in-production' }
    const unmapped = await open({ renamedStatuses })
    unmapped.shop.book.place(newOrder({ placedAt: new Date(START.getTime() - DAY_MS) }))
    await unmapped.read()
    expect([...unmapped.ledger.deadLetters.values()][0]?.reason).toContain('in-production')
    const mapped = await open({ renamedStatuses }, { states: { 'in-production': 'placed' } })
    mapped.shop.book.place(newOrder({ placedAt: new Date(START.getTime() - DAY_MS) }))
    await mapped.read()
    expectSame(mapped)
  })

  it('is loud when the shop ignores what it is asked for', async () => {
    const { shop, read } = await open()
    for (let n = 0; n < 30; n += 1) shop.book.place(newOrder({ placedAt: new Date(START.getTime() - n * DAY_MS) }))
    await read()
    shop.clock.advance(MINUTE_MS)
    shop.faults.add({ kind: 'ignore-filter' }, { path: 'orderby=modified' })
    await expect(read()).rejects.toThrow(ContractError)
  })

  it('waits as long as the shop says', async () => {
    const { shop, read } = await open()
    shop.faults.add({ kind: 'status', status: 429, retryAfterSeconds: 120 })
    await expect(read()).rejects.toMatchObject({ delayMs: 120_000 })
    shop.faults.add({ kind: 'status', status: 503, retryAfterSeconds: 60 })
    await expect(read()).rejects.toThrow(RateLimitedError)
  })

  it('survives lost connections, torn answers and pages of a proxy', async () => {
    const rig = await open()
    for (let n = 1; n <= 150; n += 1)
      rig.shop.book.place(newOrder({ placedAt: new Date(START.getTime() - n * DAY_MS) }))
    for (const kind of ['drop', 'truncate'] as const) rig.shop.faults.add({ kind }, { path: '/orders' })
    rig.shop.faults.add({ kind: 'html', status: 502 }, { path: 'orderby=modified' })
    await rig.read()
    expectSame(rig)
  })

  it('says that the key is wrong, and nothing of the key', async () => {
    const { read } = await open({}, { consumerSecret: 'cs_wrong' })
    const error = await read().then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(AuthError)
    expect(JSON.stringify(error) + String(error)).not.toContain('cs_wrong')
  })

  it.each(['basic', 'query'] as const)('shows its key by %s to a shop behind TLS', async (auth) => {
    const { shop, read, ledger } = await open({ behindTls: true }, { auth })
    shop.book.place(newOrder({ placedAt: new Date(START.getTime() - DAY_MS) }))
    await read()
    expect(ledger.orders.size).toBe(1)
  })

  it('tells orders that are gone from those in the trash and from drafts of the checkout', async () => {
    const { shop, source } = await open()
    const [kept, trashed, draft, gone] = [0, 1, 2, 3].map((n) =>
      shop.book.place(newOrder({ state: n === 2 ? 'draft' : 'placed' })),
    )
    shop.book.change(trashed?.id ?? 0, { kind: 'trash' })
    shop.book.change(gone?.id ?? 0, { kind: 'destroy' })
    const ids = [kept, trashed, draft, gone].map((order) => String(order?.id))
    const { orders, missing } = (await source.fetchOrders?.(ids, new AbortController().signal)) ?? {}
    expect(orders?.map(({ externalId, state }) => [externalId, state])).toEqual([
      [ids[0], 'placed'],
      [ids[1], 'deleted'],
      [ids[2], 'draft'],
    ])
    expect(missing).toEqual([ids[3]])
  })

  it('does not take an order for gone because something in between answers', async () => {
    const { shop, source } = await open()
    shop.faults.add({ kind: 'html', status: 404 }, { path: '/orders/77' })
    await expect(source.fetchOrders?.(['77'], new AbortController().signal)).rejects.toThrow('404')
  })
})
