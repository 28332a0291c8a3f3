import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { planWebhooks, repairWebhooks } from '../../src/app/manage-webhooks.ts'
import { AuthError, ContractError, RateLimitedError } from '../../src/core/errors.ts'
import type { SourceOrder } from '../../src/core/orders/order.ts'
import type { OrderPage } from '../../src/core/orders/page.ts'
import type { BookOrder } from '../../src/sandbox/shop-server/book.ts'
import { createShopClock } from '../../src/sandbox/shop-server/shop-clock.ts'
import { createShopifyShop, type ShopifyShop, type ShopifyShopOptions } from '../../src/sandbox/shopify/index.ts'
import { createModelLedger } from '../support/shop-ledger-model.ts'
import { createSecrets, newShopOrder, openShopify, pullShopify } from '../support/shopify.ts'
import { until } from '../support/until.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const DAY_MS = 86_400_000

async function openShop(options: ShopifyShopOptions = {}): Promise<ShopifyShop> {
  const shop = await createShopifyShop({ clock: createShopClock(NOW), ...options })
  onTestFinished(() => shop.close())
  return shop
}

/** What the ledger has to hold of the book, as far as sums depend on it. */
function toFacts(orders: Iterable<BookOrder>) {
  return [...orders].map((order) => [
    order.totalMinor,
    order.updatedAt.toISOString(),
    order.state,
    order.email,
    order.test,
    order.refunds.map(({ amountMinor }) => amountMinor),
  ])
}

function toLedgerFacts(orders: Iterable<SourceOrder>) {
  return [...orders]
    .filter(({ state }) => state !== 'deleted')
    .toSorted((a, b) => (BigInt(a.externalId) < BigInt(b.externalId) ? -1 : 1))
    .map((order) => [
      order.totalMinor,
      order.updatedAt.toISOString(),
      order.state,
      order.customer?.email ?? null,
      order.test,
      order.refunds.map(({ amountMinor }) => amountMinor),
    ])
}

function daysAgo(days: number): Date {
  return new Date(NOW.getTime() - days * DAY_MS)
}

function fill(shop: ShopifyShop, count: number, spreadDays = 300): void {
  for (let at = 0; at < count; at += 1) {
    const placedAt = daysAgo(spreadDays - (at * spreadDays) / count)
    const order = shop.book.place(
      newShopOrder({ placedAt, email: `c${at % 17}@example.com`, subtotalMinor: 1000 + at }),
    )
    if (at % 5 === 0) shop.book.change(order.id, { kind: 'refund', amountMinor: 100 + at }, placedAt)
    if (at % 11 === 0) shop.book.change(order.id, { kind: 'cancel' }, placedAt)
  }
}

describe.each([
  ['in pages', { bulkFrom: 1_000_000 }],
  ['by bulk exports', { bulkFrom: 1 }],
])('a backfill %s', (_, settings) => {
  it('gives every order with its refunds, to the cent', async () => {
    const shop = await openShop()
    fill(shop, 120)
    const source = openShopify(shop, settings)
    const ledger = createModelLedger(source)
    await pullShopify(source, ledger)
    expect(toLedgerFacts(ledger.orders.values())).toEqual(toFacts(shop.book.orders.values()))
    expect([...ledger.deadLetters.values()]).toEqual([])
  })

  it('knows what of an order bought gift cards', async () => {
    const shop = await openShop()
    const { id } = shop.book.place(newShopOrder({ placedAt: daysAgo(2) }))
    shop.book.place(newShopOrder({ placedAt: daysAgo(1) }))
    shop.giftCards.set(id, 1_500)
    const source = openShopify(shop, settings)
    const ledger = createModelLedger(source)
    await pullShopify(source, ledger)
    expect([...ledger.orders.values()].map(({ giftCardMinor }) => giftCardMinor).toSorted()).toEqual([0, 1_500])
  })

  it('of a shop without orders ends', async () => {
    const shop = await openShop()
    const source = openShopify(shop, settings)
    const ledger = createModelLedger(source)
    await pullShopify(source, ledger)
    expect(ledger.orders.size).toBe(0)
  })

  it('says how many orders there are', async () => {
    const shop = await openShop()
    fill(shop, 60)
    const source = openShopify(shop, settings)
    const totals: (number | undefined)[] = []
    for await (const page of source.readOrders(null, new AbortController().signal)) totals.push(page.progress?.total)
    expect(totals[0]).toBe(60)
  })

  it('leaves out what was placed before since', async () => {
    const shop = await openShop()
    fill(shop, 100, 100)
    const since = daysAgo(30).toISOString().slice(0, 10)
    const source = openShopify(shop, { ...settings, since })
    const ledger = createModelLedger(source)
    await pullShopify(source, ledger)
    const wanted = [...shop.book.orders.values()].filter(({ placedAt }) => placedAt >= new Date(since))
    expect(wanted.length).toBeLessThan(40)
    expect(toLedgerFacts(ledger.orders.values())).toEqual(toFacts(wanted))
  })

  it('goes on where another process was killed, whatever page that was', async () => {
    const shop = await openShop()
    fill(shop, 70)
    const pages: OrderPage[] = []
    for await (const page of openShopify(shop, settings).readOrders(null, new AbortController().signal))
      pages.push(page)
    for (const [at] of pages.entries()) {
      const source = openShopify(shop, settings)
      const ledger = createModelLedger(source)
      for (const page of pages.slice(0, at + 1)) await ledger.save(page)
      await pullShopify(source, ledger, pages[at]?.cursor ?? null)
      expect(toLedgerFacts(ledger.orders.values())).toEqual(toFacts(shop.book.orders.values()))
    }
  })
})

describe('a bulk export', () => {
  async function openFilled() {
    const shop = await openShop()
    fill(shop, 50)
    const source = openShopify(shop, { bulkFrom: 1 })
    return { shop, source, ledger: createModelLedger(source) }
  }

  it('that another process started is taken up, not started again', async () => {
    const { shop, source } = await openFilled()
    const ledger = createModelLedger(source)
    for await (const page of source.readOrders(null, new AbortController().signal)) {
      await ledger.save(page)
      break
    }
    expect(shop.bulk.started).toBe(1)
    await pullShopify(openShopify(shop, { bulkFrom: 1 }), ledger, ledger.cursors.at(-1) ?? null)
    expect(shop.bulk.started).toBe(1)
    expect(ledger.orders.size).toBe(50)
  })

  it.each([
    ['fails and leaves partial data', 'fail'],
    ['has an address that expired', 'expire'],
    ['is torn', 'tear'],
    ['holds orders that were not asked for', 'misdate'],
  ] as const)('that %s is made again, and nothing of it is taken for all', async (_, fate) => {
    const { shop, source, ledger } = await openFilled()
    shop.bulk.doom(fate)
    await pullShopify(source, ledger)
    expect(shop.bulk.started).toBe(2)
    expect(toLedgerFacts(ledger.orders.values())).toEqual(toFacts(shop.book.orders.values()))
  })

  it.each(['fail', 'expire', 'tear', 'misdate'] as const)(
    'whose fate is always to %s gives way to pages',
    async (fate) => {
      const { shop, source, ledger } = await openFilled()
      shop.bulk.doom(fate, fate, fate, fate)
      await pullShopify(source, ledger)
      expect(shop.bulk.started).toBe(3)
      expect(toLedgerFacts(ledger.orders.values())).toEqual(toFacts(shop.book.orders.values()))
    },
  )

  it('that stays wrong gives way to pages also when every page is the last of its process', async () => {
    const { shop, source, ledger } = await openFilled()
    shop.bulk.doom('tear', 'tear', 'tear', 'tear')
    for (let process = 0; process < 12; process += 1) {
      for await (const page of source.readOrders(ledger.cursors.at(-1) ?? null, new AbortController().signal)) {
        await ledger.save(page)
        break
      }
    }
    expect(ledger.orders.size).toBeGreaterThan(0)
    await pullShopify(source, ledger, ledger.cursors.at(-1) ?? null)
    expect(toLedgerFacts(ledger.orders.values())).toEqual(toFacts(shop.book.orders.values()))
  })

  it('is believed only about when it was made, pages about now', async () => {
    const readings = async (bulkFrom: number) => {
      const { shop } = await openFilled()
      const readings = new Set<string | undefined>()
      for await (const page of openShopify(shop, { bulkFrom }).readOrders(null, new AbortController().signal)) {
        if (page.orders.length > 0) readings.add(page.reading)
      }
      return [...readings]
    }
    expect(await readings(1)).toEqual(['export'])
    expect(await readings(1_000)).toEqual(['live'])
  })

  it('that takes long sends the reading back to the queue, with the export in its cursor', async () => {
    const { shop, source, ledger } = await openFilled()
    shop.bulk.doom('never-end')
    await expect(pullShopify(source, ledger)).rejects.toBeInstanceOf(RateLimitedError)
    expect(JSON.stringify(ledger.cursors.at(-1))).toContain('gid://shopify/BulkOperation/')
  })
})

describe('reading changes', () => {
  async function openRead(options: ShopifyShopOptions = {}, settings: Readonly<Record<string, unknown>> = {}) {
    const shop = await openShop(options)
    fill(shop, 40, 20)
    const source = openShopify(shop, settings)
    const ledger = createModelLedger(source)
    const cursor = await pullShopify(source, ledger)
    shop.clock.advance(3_600_000)
    return { shop, source, ledger, cursor }
  }

  it('finds refunds, edits, cancellations and new orders', async () => {
    const { shop, source, ledger, cursor } = await openRead()
    shop.book.change(1_003, { kind: 'refund', amountMinor: 333 })
    shop.book.change(1_004, { kind: 'edit', subtotalMinor: 9_900 })
    shop.book.change(1_007, { kind: 'cancel' })
    shop.book.place(newShopOrder({ email: 'new@example.com' }))
    shop.clock.advance(600_000)
    await pullShopify(source, ledger, cursor)
    expect(toLedgerFacts(ledger.orders.values())).toEqual(toFacts(shop.book.orders.values()))
  })

  it('reads all of a second that holds more orders than a page', async () => {
    const { shop, source, ledger, cursor } = await openRead()
    for (let at = 0; at < 130; at += 1) shop.book.place(newShopOrder({ subtotalMinor: 500 + at }))
    shop.clock.advance(600_000)
    await pullShopify(source, ledger, cursor)
    expect(toLedgerFacts(ledger.orders.values())).toEqual(toFacts(shop.book.orders.values()))
  })

  it('loses nothing when orders change between its pages', async () => {
    let isChanging = false
    let turn = 0
    const opened: { shop?: ShopifyShop } = {}
    const onList = () => {
      if (!isChanging || opened.shop === undefined) return
      turn += 1
      opened.shop.clock.advance(1_000)
      opened.shop.book.change(1_001 + ((turn * 7) % 40), { kind: 'touch' })
    }
    const { shop, source, ledger, cursor } = await openRead({ onList })
    opened.shop = shop
    for (let at = 1_001; at <= 1_040; at += 1) shop.book.change(at, { kind: 'edit', subtotalMinor: 3_000 + at })
    shop.clock.advance(600_000)
    isChanging = true
    const middle = await pullShopify(source, ledger, cursor)
    isChanging = false
    expect(turn).toBeGreaterThan(1)
    shop.clock.advance(600_000)
    await pullShopify(source, ledger, middle)
    expect(toLedgerFacts(ledger.orders.values())).toEqual(toFacts(shop.book.orders.values()))
  })

  it('finds a deleted order at the next sweep, and leaves the others', async () => {
    const { shop, source, ledger, cursor } = await openRead()
    shop.book.change(1_005, { kind: 'destroy' })
    shop.clock.advance(2 * DAY_MS)
    await pullShopify(source, ledger, cursor)
    expect([...ledger.orders.values()].filter(({ state }) => state === 'deleted')).toHaveLength(1)
    expect(toLedgerFacts(ledger.orders.values())).toEqual(toFacts(shop.book.orders.values()))
  })

  it('makes one record that cannot be read one dead letter', async () => {
    const { shop, source, ledger, cursor } = await openRead()
    shop.book.change(1_003, { kind: 'touch' })
    shop.book.change(1_004, { kind: 'edit', subtotalMinor: 7_777 })
    shop.clock.advance(600_000)
    shop.faults.add({ kind: 'malformed-record' })
    await pullShopify(source, ledger, cursor)
    expect([...ledger.deadLetters.values()]).toEqual([
      { place: 'order 820982000000001003', field: 'totalPriceSet', reason: expect.stringContaining('decimal') },
    ])
    expect(ledger.orders.get('820982000000001004')?.totalMinor).toBe(7_777 - 200 + 458 + 499)
  })

  it('notices a shop that ignores the filter instead of importing everything', async () => {
    const { shop, source, ledger, cursor } = await openRead()
    shop.faults.add({ kind: 'ignore-filter' })
    await expect(pullShopify(source, ledger, cursor)).rejects.toBeInstanceOf(ContractError)
  })

  it.each([
    ['a lost connection', { kind: 'drop' }],
    ['a torn answer', { kind: 'truncate' }],
    ['a page of a proxy', { kind: 'html', status: 502 }],
    ['a 503 with a time', { kind: 'status', status: 503, retryAfterSeconds: 1 }],
  ] as const)('gets over %s', async (_, fault) => {
    const { shop, source, ledger, cursor } = await openRead()
    shop.book.change(1_003, { kind: 'edit', subtotalMinor: 4_444 })
    shop.clock.advance(600_000)
    shop.faults.add(fault)
    await pullShopify(source, ledger, cursor)
    expect(toLedgerFacts(ledger.orders.values())).toEqual(toFacts(shop.book.orders.values()))
  })
})

describe('a throttled shop', () => {
  it('is waited for as long as its bucket says', async () => {
    const shop = await createShopifyShop({ restoreRate: 500 })
    onTestFinished(() => shop.close())
    fillNow(shop, 400)
    const source = openShopify(shop, { bulkFrom: 1_000_000 })
    const ledger = createModelLedger(source)
    await pullShopify(source, ledger)
    expect(toLedgerFacts(ledger.orders.values())).toEqual(toFacts(shop.book.orders.values()))
  })

  it('whose bucket fills slowly sends the reading back to the queue with the time to wait', async () => {
    const shop = await openShop({ restoreRate: 10 })
    fill(shop, 10)
    const source = openShopify(shop)
    const ledger = createModelLedger(source)
    const failure = await pullShopify(source, ledger).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(RateLimitedError)
    expect((failure as RateLimitedError).delayMs).toBeGreaterThan(10_000)
  })
})

function fillNow(shop: ShopifyShop, count: number): void {
  for (let at = 0; at < count; at += 1) {
    shop.book.place(
      newShopOrder({ placedAt: new Date(Date.now() - (count - at) * 60_000 - DAY_MS), subtotalMinor: 900 + at }),
    )
  }
}

describe('without read_all_orders', () => {
  const scopes = ['read_orders', 'read_customers']

  it('a backfill of everything is refused, and says what to do', async () => {
    const shop = await openShop({ scopes })
    fill(shop, 20)
    const source = openShopify(shop)
    const failure = await pullShopify(source, createModelLedger(source)).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(AuthError)
    expect(String(failure)).toMatch(/read_all_orders.*since: 2026-09-22/)
  })

  it('a backfill since a visible date is complete', async () => {
    const shop = await openShop({ scopes })
    fill(shop, 100, 100)
    const since = daysAgo(50).toISOString().slice(0, 10)
    const source = openShopify(shop, { since })
    const ledger = createModelLedger(source)
    await pullShopify(source, ledger)
    const wanted = [...shop.book.orders.values()].filter(({ placedAt }) => placedAt >= new Date(since))
    expect(toLedgerFacts(ledger.orders.values())).toEqual(toFacts(wanted))
  })

  it('a young shop is read as a whole', async () => {
    const shop = await openShop({ scopes, createdAt: daysAgo(40) })
    fill(shop, 20, 30)
    const source = openShopify(shop)
    const ledger = createModelLedger(source)
    await pullShopify(source, ledger)
    expect(ledger.orders.size).toBe(20)
  })

  it('orders that grow old are not taken for deleted, those that were deleted are', async () => {
    const shop = await openShop({ scopes })
    fill(shop, 50, 50)
    const source = openShopify(shop, { since: daysAgo(55).toISOString().slice(0, 10) })
    const ledger = createModelLedger(source)
    const cursor = await pullShopify(source, ledger)
    shop.book.change(1_045, { kind: 'destroy' })
    shop.clock.advance(20 * DAY_MS)
    await pullShopify(source, ledger, cursor)
    const deleted = [...ledger.orders.values()].filter(({ state }) => state === 'deleted')
    expect(deleted.map(({ externalId }) => externalId)).toEqual(['820982000000001045'])
  })

  describe('after a sweep was interrupted', () => {
    /** Reads the shop, then the first page of the sweep of some weeks later; @returns its cursor. */
    async function interruptSweep(settings: Readonly<Record<string, unknown>>) {
      const shop = await openShop({ scopes })
      fill(shop, 50, 50)
      const source = openShopify(shop, { ...settings, since: daysAgo(55).toISOString().slice(0, 10) })
      const ledger = createModelLedger(source)
      let cursor = await pullShopify(source, ledger)
      shop.clock.advance(2 * DAY_MS)
      for await (const page of source.readOrders(cursor, new AbortController().signal)) {
        await ledger.save(page)
        cursor = page.cursor
        if (page.cursor['census'] !== null) break
      }
      expect(cursor['census']).toMatchObject({ isSweep: true })
      return { shop, source, ledger, cursor }
    }

    it.each([
      ['in pages', { bulkFrom: 1_000_000 }],
      ['by bulk exports', { bulkFrom: 1 }],
    ])('it goes on %s with what is still visible, and takes nothing hidden for deleted', async (_, settings) => {
      const { shop, source, ledger, cursor } = await interruptSweep(settings)
      shop.clock.advance(30 * DAY_MS)
      shop.book.change(1_045, { kind: 'destroy' })
      await pullShopify(source, ledger, cursor)
      const deleted = [...ledger.orders.values()].filter(({ state }) => state === 'deleted')
      expect(deleted.map(({ externalId }) => externalId)).toEqual(['820982000000001045'])
    })

    it('it is made anew when nothing of it is visible any more', async () => {
      const { shop, source, ledger, cursor } = await interruptSweep({})
      shop.clock.advance(90 * DAY_MS)
      shop.book.place(newShopOrder())
      await pullShopify(source, ledger, cursor)
      expect(ledger.cursors.at(-1)).toMatchObject({ census: null, censusAtMs: shop.clock.now().getTime() })
      expect([...ledger.orders.values()].filter(({ state }) => state === 'deleted')).toEqual([])
    })
  })

  it('a backfill that was interrupted until part of it is hidden is refused', async () => {
    const shop = await openShop({ scopes })
    fill(shop, 50, 50)
    const source = openShopify(shop, { since: daysAgo(55).toISOString().slice(0, 10) })
    const ledger = createModelLedger(source)
    for await (const page of source.readOrders(null, new AbortController().signal)) {
      await ledger.save(page)
      break
    }
    shop.clock.advance(50 * DAY_MS)
    await expect(pullShopify(source, ledger, ledger.cursors.at(-1) ?? null)).rejects.toBeInstanceOf(AuthError)
  })

  it('an old order that is asked for by id is a dead letter, not a deletion', async () => {
    const shop = await openShop({ scopes })
    const { id } = shop.book.place(newShopOrder({ placedAt: daysAgo(90) }))
    shop.book.place(newShopOrder())
    const source = openShopify(shop)
    const asked = [`820982000000${String(id).padStart(6, '0')}`, '820982000000001999']
    const fetched = await source.fetchOrders?.(asked, new AbortController().signal)
    expect(fetched?.rejected.map(({ place }) => place)).toEqual([`order ${asked[0]}`])
    expect(fetched?.missing).toEqual([asked[1]])
  })
})

describe('tokens', () => {
  it('of client credentials are fetched once and kept sealed', async () => {
    const shop = await openShop()
    const secrets = createSecrets()
    await pullShopify(openShopify(shop, {}, secrets), createModelLedger(openShopify(shop)))
    expect(shop.tokens.granted).toBe(1)
    await openShopify(shop, {}, secrets).fetchOrders?.(['1'], new AbortController().signal)
    expect(shop.tokens.granted).toBe(1)
    expect(secrets.kept).not.toContain('shpat')
    expect(Buffer.from(secrets.kept ?? '', 'base64').toString('latin1')).not.toContain('shpat')
  })

  it('that are refused are renewed once', async () => {
    const shop = await openShop()
    shop.book.place(newShopOrder())
    const source = openShopify(shop)
    const ledger = createModelLedger(source)
    const cursor = await pullShopify(source, ledger)
    shop.tokens.revokeAll()
    await pullShopify(source, ledger, cursor)
    expect(shop.tokens.granted).toBe(2)
  })

  it('of a rotating refresh token outlive the process, and the configured one is not used again', async () => {
    const shop = await openShop()
    const secrets = createSecrets()
    const settings = { refreshToken: 'shprt_sandbox' }
    for (let turn = 1; turn <= 4; turn += 1) {
      const source = openShopify(shop, settings, secrets)
      await pullShopify(source, createModelLedger(source))
      expect(shop.tokens.granted).toBe(turn)
      shop.tokens.revokeAll()
    }
  })

  it('that another process has renewed meanwhile are taken from where it put them', async () => {
    const shop = await openShop()
    const settings = { refreshToken: 'shprt_sandbox' }
    const shared = createSecrets()
    const other = openShopify(shop, settings, shared)
    await pullShopify(other, createModelLedger(other))
    shop.tokens.revokeAll()
    await pullShopify(other, createModelLedger(other))
    // Looks before the other process has saved anything, and again after it was refused.
    let looks = 0
    const late = {
      save: shared.save,
      load: async () => {
        looks += 1
        return looks <= 2 ? null : await shared.load()
      },
    }
    const source = openShopify(shop, settings, late)
    await pullShopify(source, createModelLedger(source))
    expect(shop.tokens.granted).toBe(2)
  })

  it('that cannot be renewed end the reading with an authorisation error', async () => {
    const shop = await openShop()
    const source = openShopify(shop, { clientSecret: 'wrong' })
    await expect(pullShopify(source, createModelLedger(source))).rejects.toBeInstanceOf(AuthError)
  })

  it('that are static and wrong are refused, without the token in the message', async () => {
    const shop = await openShop()
    const wrong = { clientId: undefined, clientSecret: undefined, accessToken: 'shpat_wrong' }
    const failure = await pullShopify(openShopify(shop, wrong), createModelLedger(openShopify(shop))).catch(
      (e: unknown) => e,
    )
    expect(failure).toBeInstanceOf(AuthError)
    expect(JSON.stringify(failure) + String(failure)).not.toContain('shpat_wrong')
  })
})

describe('check', () => {
  const signal = new AbortController().signal

  it('tells currency, time zone and plan', async () => {
    const shop = await openShop({ currency: 'JPY', timezone: 'Asia/Tokyo' })
    const findings = await openShopify(shop).check(signal)
    expect(findings.every(({ level }) => level === 'ok' || level === 'note')).toBe(true)
    expect(findings[0]?.message).toMatch(/plan Advanced.*JPY.*Asia\/Tokyo; API version 2026-10/)
  })

  it.each([
    ['a wrong secret', { clientSecret: 'wrong' }],
    ['a wrong token', { clientId: undefined, clientSecret: undefined, accessToken: 'wrong' }],
  ])('says that %s is not accepted', async (_, settings) => {
    const shop = await openShop()
    const findings = await openShopify(shop, settings).check(signal)
    expect(findings).toEqual([
      expect.objectContaining({ level: 'problem', code: 'E_AUTH', action: expect.any(String) }),
    ])
  })

  it('names missing scopes', async () => {
    const shop = await openShop({ scopes: ['read_all_orders'] })
    const findings = await openShopify(shop).check(signal)
    expect(findings.find(({ level }) => level === 'problem')?.message).toBe(
      'the key lacks read_orders and read_customers',
    )
  })

  it('finds that read_all_orders is missing, and what to do', async () => {
    const shop = await openShop({ scopes: ['read_orders', 'read_customers'] })
    const problem = (await openShopify(shop).check(signal)).find(({ level }) => level === 'problem')
    expect(problem).toMatchObject({
      message: expect.stringContaining('read_all_orders'),
      action: expect.stringContaining('since'),
    })
  })

  it('warns that later changes stay unseen where since makes do without it', async () => {
    const shop = await openShop({ scopes: ['read_orders', 'read_customers'] })
    const findings = await openShopify(shop, { since: '2026-11-01' }).check(signal)
    expect(findings.map(({ level }) => level)).toEqual(['ok', 'ok', 'note', 'warning'])
    expect(findings[2]?.message).toContain('read_customer_merge')
  })
})

describe('webhooks', () => {
  const { signal } = new AbortController()

  async function openHooked() {
    const shop = await openShop()
    const source = openShopify(shop)
    const received: Parameters<NonNullable<typeof source.readWebhook>>[0][] = []
    const door = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        )
        received.push({ headers, body: Buffer.concat(chunks), receivedAt: shop.clock.now() })
        response.end()
      })
    })
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => new Promise<void>((resolve) => void door.close(() => resolve())))
    const address = door.address()
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/webhooks/main/shop`
    for (const topic of source.subscriptions?.topics ?? []) await source.subscriptions?.create(topic, url, signal)
    return { shop, source, received, url }
  }

  it('that the shop sends are understood, and name the order to fetch', async () => {
    const { shop, source, received } = await openHooked()
    const { id } = shop.book.place(newShopOrder())
    shop.book.change(id, { kind: 'edit', subtotalMinor: 8_000 })
    shop.book.change(id, { kind: 'refund', amountMinor: 500 })
    shop.book.change(id, { kind: 'cancel' })
    await until('all are delivered', () => received.length === 7)
    const readings = received.map((delivery) => source.readWebhook?.(delivery))
    const ids = new Set(readings.flatMap((reading) => (reading?.kind === 'event' ? reading.orderIds : ['?'])))
    expect([...ids]).toEqual([`820982000000${String(id).padStart(6, '0')}`])
    const fetched = await source.fetchOrders?.([...ids], signal)
    expect(toLedgerFacts(fetched?.orders ?? [])).toEqual(toFacts(shop.book.orders.values()))
  })

  it('of a deleted order lead to one that is missing', async () => {
    const { shop, source, received } = await openHooked()
    const { id } = shop.book.place(newShopOrder())
    shop.book.change(id, { kind: 'destroy' })
    await until('both are delivered', () => received.length === 2)
    const last = received.map((delivery) => source.readWebhook?.(delivery)).at(-1)
    const ids = last?.kind === 'event' ? last.orderIds : []
    expect((await source.fetchOrders?.(ids, signal))?.missing).toEqual(ids)
  })

  it('are listed where they were made, and removed', async () => {
    const { source, url } = await openHooked()
    const listed = (await source.subscriptions?.list(signal)) ?? []
    expect(listed.map(({ topic }) => topic).toSorted()).toEqual([...(source.subscriptions?.topics ?? [])].toSorted())
    expect(new Set(listed.map((one) => one.url))).toEqual(new Set([url]))
    await source.subscriptions?.remove(listed[0]?.id ?? '', signal)
    expect(await source.subscriptions?.list(signal)).toHaveLength(listed.length - 1)
  })

  it.each([
    ['without its scope leave out the merging of customers', ['read_orders', 'read_customers'], false],
    ['with its scope tell of merged customers', ['read_orders', 'read_customers', 'read_customer_merge'], true],
  ])('that are repaired %s', async (_, scopes, hasMerge) => {
    const { subscriptions } = openShopify(await openShop({ scopes }))
    if (subscriptions === undefined) throw new Error('the shop has no webhooks')
    const url = 'https://scontrino.example/webhooks/main/shop'
    await repairWebhooks(subscriptions, url, signal)
    const planned = await planWebhooks(subscriptions, url, signal)
    expect(new Set(planned.map(({ action }) => action))).toEqual(new Set(['none']))
    expect(planned.some(({ topic }) => topic === 'CUSTOMERS_MERGE')).toBe(hasMerge)
  })

  it('that are made twice are refused by the shop', async () => {
    const { source, url } = await openHooked()
    await expect(source.subscriptions?.create('ORDERS_CREATE', url, signal)).rejects.toMatchObject({
      code: 'E_REMOTE_REJECTED',
    })
  })
})
