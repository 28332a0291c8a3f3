import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { AuthError, ConfigError, ContractError, RateLimitedError, RemoteRejectedError } from '../../src/core/errors.ts'
import type { Cursor } from '../../src/core/orders/page.ts'
import type { Source } from '../../src/core/orders/source.ts'
import type { PrestashopOptions } from '../../src/sandbox/prestashop/index.ts'
import type { BookTraits } from '../../src/sandbox/shop-server/book.ts'
import type { ShopServer } from '../../src/sandbox/shop-server/shop-server.ts'
import { newOrder, openPrestashop, prestashopSource, worthOf, worthOfBook } from '../support/prestashop.ts'
import { spoilPrestashop } from '../support/prestashop-proxy.ts'
import { type HistoryStep, historySteps, takeStep } from '../support/shop-history.ts'
import { createModelLedger, type ModelLedger } from '../support/shop-ledger-model.ts'

const { signal } = new AbortController()
const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const shops: ShopServer[] = []

afterEach(async () => {
  for (const shop of shops.splice(0)) await shop.close()
})

async function open(startedAt: string, options: PrestashopOptions = {}): Promise<ShopServer> {
  const shop = await openPrestashop(startedAt, options)
  shops.push(shop)
  return shop
}

/** Reads from where the ledger is, up to `pages` pages. */
async function read(source: Source, ledger: ModelLedger, pages = Number.POSITIVE_INFINITY): Promise<void> {
  let left = pages
  for await (const page of source.readOrders(ledger.cursors.at(-1) ?? null, signal)) {
    await ledger.save(page)
    left -= 1
    if (left <= 0) return
  }
}

async function cursorOf(source: Source): Promise<Cursor | undefined> {
  const ledger = createModelLedger(source)
  await read(source, ledger)
  return ledger.cursors.at(-1)
}

/** Orders that left the shop are kept as deleted, which the book does not. */
function worthInLedger(ledger: ModelLedger): object[] {
  return [...ledger.orders.values()]
    .filter((order) => order.state !== 'deleted')
    .map(worthOf)
    .sort(byId)
}

function worthInShop(shop: ShopServer): object[] {
  return [...shop.book.orders.values()].map(worthOfBook).sort(byId)
}

function byId(a: object, b: object): number {
  return JSON.stringify(a).localeCompare(JSON.stringify(b))
}

describe('reading a PrestaShop from the beginning', () => {
  it('takes all orders to the cent, split ones as one, guests by their address', async () => {
    const shop = await open('2026-07-01T12:00:00Z')
    const currencies = ['EUR', 'JPY', 'KWD']
    for (let n = 0; n < 230; n += 1) {
      const placedAt = new Date(Date.parse('2026-01-01T00:00:00Z') + n * 17 * HOUR)
      const currency = currencies[n % 3] ?? 'EUR'
      const order = shop.book.place(
        newOrder({
          placedAt,
          currency,
          subtotalMinor: 2000 + n,
          registered: n % 2 === 0,
          email: `c${n % 40}@shop.test`,
        }),
      )
      if (n % 7 === 0) shop.book.change(order.id, { kind: 'refund', amountMinor: 333 })
    }
    const source = prestashopSource(shop)
    const ledger = createModelLedger(source)
    await read(source, ledger)
    expect(worthInLedger(ledger)).toEqual(worthInShop(shop))
    expect(ledger.deadLetters.size).toBe(0)
  })

  it('keeps parts apart when told to', async () => {
    const shop = await open('2026-07-01T12:00:00Z')
    for (let n = 0; n < 12; n += 1) shop.book.place(newOrder())
    shop.clock.advance(SECOND)
    const source = prestashopSource(shop, { groupByReference: false })
    const ledger = createModelLedger(source)
    await read(source, ledger)
    expect(ledger.orders.size).toBe(13)
    const sum = [...ledger.orders.values()].reduce((total, order) => total + order.totalMinor, 0)
    expect(sum).toBe(12 * 2740)
  })

  it('drops what were orders of their own once parts are put together', async () => {
    const shop = await open('2026-07-01T12:00:00Z')
    for (let n = 0; n < 12; n += 1) shop.book.place(newOrder())
    shop.clock.advance(SECOND)
    const apart = prestashopSource(shop, { groupByReference: false })
    const ledger = createModelLedger(apart)
    await read(apart, ledger)
    await read(prestashopSource(shop), ledger)
    expect(worthInLedger(ledger)).toEqual(worthInShop(shop))
  })

  it('goes through more orders of one second than a page holds', async () => {
    const shop = await open('2026-07-01T12:00:00Z')
    const placedAt = new Date('2026-06-01T10:00:00Z')
    for (let n = 0; n < 650; n += 1) shop.book.place(newOrder({ placedAt, subtotalMinor: 1000 + n }))
    const source = prestashopSource(shop)
    const ledger = createModelLedger(source)
    await read(source, ledger)
    expect(worthInLedger(ledger)).toEqual(worthInShop(shop))
  })

  it('goes on in the middle after it was stopped', async () => {
    const shop = await open('2026-07-01T12:00:00Z')
    for (let n = 0; n < 500; n += 1) {
      shop.book.place(newOrder({ placedAt: new Date(Date.parse('2026-05-01T00:00:00Z') + Math.floor(n / 3) * MINUTE) }))
    }
    const source = prestashopSource(shop)
    const ledger = createModelLedger(source)
    await read(source, ledger, 1)
    expect(ledger.orders.size).toBeLessThan(250)
    await read(source, ledger)
    expect(worthInLedger(ledger)).toEqual(worthInShop(shop))
  })

  it('leaves orders before `since` out', async () => {
    const shop = await open('2026-07-01T12:00:00Z')
    const old = shop.book.place(newOrder({ placedAt: new Date('2026-05-31T21:59:59Z') }))
    const first = shop.book.place(newOrder({ placedAt: new Date('2026-05-31T22:00:00Z') }))
    const source = prestashopSource(shop, { since: '2026-06-01' })
    const ledger = createModelLedger(source)
    await read(source, ledger)
    shop.book.change(old.id, { kind: 'touch' })
    shop.clock.advance(HOUR)
    await read(source, ledger)
    expect([...ledger.orders.keys()]).toEqual([String(first.id)])
  })

  it('reads an empty shop', async () => {
    const shop = await open('2026-07-01T12:00:00Z')
    const source = prestashopSource(shop)
    const ledger = createModelLedger(source)
    await read(source, ledger)
    expect(ledger.orders.size).toBe(0)
    expect(ledger.cursors.length).toBeGreaterThan(0)
  })
})

describe('reading a PrestaShop again', () => {
  async function openRead(options: PrestashopOptions = {}) {
    const shop = await open('2026-07-01T12:00:00Z', options)
    for (let n = 0; n < 30; n += 1) {
      shop.book.place(newOrder({ placedAt: new Date(Date.parse('2026-06-20T00:00:00Z') + n * HOUR) }))
    }
    const source = prestashopSource(shop)
    const ledger = createModelLedger(source)
    await read(source, ledger)
    return { shop, source, ledger }
  }

  it('finds a credit slip, which does not move its order, and reads nothing else', async () => {
    const { shop, source, ledger } = await openRead()
    shop.clock.advance(2 * HOUR)
    // The second part of a split order gets every other slip.
    for (const id of [1005, 1010, 1010, 1020]) shop.book.change(id, { kind: 'refund', amountMinor: 500 })
    shop.clock.advance(5 * MINUTE)
    const touched: string[] = []
    for await (const page of source.readOrders(ledger.cursors.at(-1) ?? null, signal)) {
      touched.push(...page.orders.map((order) => order.externalId))
      await ledger.save(page)
    }
    expect([...new Set(touched)].sort()).toEqual(['1005', '1010', '1020'])
    expect(worthInLedger(ledger)).toEqual(worthInShop(shop))
  })

  it('finds a change of one part of a split order', async () => {
    const { shop, source, ledger } = await openRead()
    shop.clock.advance(2 * HOUR)
    shop.book.change(1010, { kind: 'touch' })
    const before = ledger.orders.get('1010')?.updatedAt
    shop.clock.advance(5 * MINUTE)
    await read(source, ledger)
    expect(ledger.orders.get('1010')?.updatedAt).not.toEqual(before)
    expect(worthInLedger(ledger)).toEqual(worthInShop(shop))
  })

  it('finds deleted orders and deleted slips with the sweep', async () => {
    const { shop, source, ledger } = await openRead()
    shop.book.change(1003, { kind: 'refund', amountMinor: 500 })
    shop.clock.advance(5 * MINUTE)
    await read(source, ledger)
    expect(ledger.orders.get('1003')?.refunds).toHaveLength(1)
    const refundId = shop.book.orders.get(1003)?.refunds[0]?.id ?? 0
    shop.book.change(1003, { kind: 'delete-refund', refundId })
    shop.book.change(1004, { kind: 'destroy' })
    shop.book.change(1010, { kind: 'destroy' })
    shop.clock.advance(25 * HOUR)
    await read(source, ledger)
    expect(worthInLedger(ledger)).toEqual(worthInShop(shop))
    expect(ledger.orders.get('1004')?.state).toBe('deleted')
  })

  it('makes one record that cannot be read a dead letter, and reads the others', async () => {
    const { shop, source, ledger } = await openRead()
    shop.clock.advance(2 * HOUR)
    shop.book.change(1001, { kind: 'edit', subtotalMinor: 5000 })
    shop.book.change(1002, { kind: 'edit', subtotalMinor: 6000 })
    shop.clock.advance(5 * MINUTE)
    shop.faults.add({ kind: 'malformed-record' }, { path: '/orders', times: 4 })
    await read(source, ledger)
    expect([...ledger.deadLetters.values()]).toMatchObject([{ place: 'order 1001', field: 'total_paid_tax_incl' }])
    expect(ledger.orders.get('1002')?.totalMinor).toBe(6740)
    shop.faults.clear()
    shop.book.change(1001, { kind: 'touch' })
    shop.clock.advance(5 * MINUTE)
    await read(source, ledger)
    expect(ledger.deadLetters.size).toBe(0)
  })

  it('refuses a shop that ignores the filter, and does not take it for changes', async () => {
    const { shop, source, ledger } = await openRead()
    shop.clock.advance(25 * HOUR)
    shop.faults.add({ kind: 'ignore-filter' }, { path: 'date_upd', times: 10 })
    await expect(read(source, ledger)).rejects.toThrow(ContractError)
  })

  it('refuses a shop that ignores which slips are asked for', async () => {
    const { shop, source, ledger } = await openRead()
    shop.book.change(1030, { kind: 'refund', amountMinor: 500 })
    shop.clock.advance(2 * HOUR)
    shop.book.change(1002, { kind: 'touch' })
    shop.clock.advance(5 * MINUTE)
    shop.faults.add({ kind: 'ignore-filter' }, { path: 'id_order%5D=', times: 10 })
    await expect(read(source, ledger)).rejects.toThrow('ignore the filter on id_order')
  })

  it('says so when the shop cannot filter by date', async () => {
    const { shop, source, ledger } = await openRead()
    shop.faults.add({ kind: 'status', status: 400 }, { path: 'date_upd' })
    await expect(read(source, ledger)).rejects.toThrow(RemoteRejectedError)
  })

  it('hands a longer rate limit back to the queue', async () => {
    const { shop, source, ledger } = await openRead()
    shop.faults.add({ kind: 'status', status: 503, retryAfterSeconds: 120 }, { path: 'date_upd' })
    const error = await read(source, ledger).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RateLimitedError)
    expect(error).toMatchObject({ delayMs: 120_000 })
  })

  it('begins again when settings give records another meaning', async () => {
    const { shop, ledger } = await openRead()
    shop.book.change(1001, { kind: 'cancel' })
    const source = prestashopSource(shop, { states: { 6: 'failed' } })
    const pages = []
    for await (const page of source.readOrders(ledger.cursors.at(-1) ?? null, signal)) pages.push(page)
    expect(pages[0]?.startsOver).toBe(true)
    expect(pages.flatMap((page) => page.orders).find((order) => order.externalId === '1001')?.state).toBe('failed')
  })
})

describe('orders looked up one by one', () => {
  it('come whole, whichever part is named, and say who is missing', async () => {
    const shop = await open('2026-07-01T12:00:00Z')
    for (let n = 0; n < 12; n += 1) shop.book.place(newOrder())
    const found = await prestashopSource(shop).fetchOrders?.(['1011', '1001010', '99', 'not-an-id'], signal)
    expect(found?.orders.map((order) => [order.externalId, order.totalMinor])).toEqual([
      ['1011', 2740],
      ['1010', 2740],
    ])
    expect(found?.missing).toEqual(['1001010', '99', 'not-an-id'])
  })
})

describe('a key or a zone that is wrong', () => {
  it('stops the reading', async () => {
    const shop = await open('2026-07-01T12:00:00Z')
    await expect(cursorOf(prestashopSource(shop, { key: 'X'.repeat(32) }))).rejects.toThrow(AuthError)
  })

  it('stops the reading when the key may not tell the zone, and names the permission', async () => {
    const keys = { NOCONFIG: ['orders', 'order_slip', 'order_states', 'currencies', 'customers'] }
    const shop = await open('2026-07-01T12:00:00Z', { keys })
    // Too far east: what changes seems to have been read.
    for (const timezone of ['Asia/Tokyo', 'Europe/Berlin']) {
      const error = await cursorOf(prestashopSource(shop, { key: 'NOCONFIG', timezone })).catch(
        (thrown: unknown) => thrown,
      )
      expect(error).toBeInstanceOf(AuthError)
      expect(error).toMatchObject({ message: expect.stringContaining('lacks GET on configurations') })
    }
  })

  it.each([[''], ['Mars/Olympus'], [null]])('stops the reading when the shop says %j of its zone', async (value) => {
    const shop = await open('2026-07-01T12:00:00Z')
    const spoiled = await spoilPrestashop(shop.url, (resource, row) => {
      if (resource !== 'configurations') return row
      return value === null ? null : { ...row, value }
    })
    shops.push({ ...shop, close: spoiled.close })
    const error = await cursorOf(prestashopSource(shop, { url: spoiled.url })).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ConfigError)
    expect(error).toMatchObject({ problems: [{ hint: expect.stringContaining('Localization') }] })
  })

  it('stops the reading of all stores at once when they are in several zones', async () => {
    const shop = await open('2026-07-01T12:00:00Z')
    const spoiled = await spoilPrestashop(shop.url, (resource, row) =>
      resource === 'configurations' ? [row, { ...row, value: 'America/New_York' }] : row,
    )
    shops.push({ ...shop, close: spoiled.close })
    const cursorWith = (one: 'all' | 1) => cursorOf(prestashopSource(shop, { url: spoiled.url, shop: one }))
    await expect(cursorWith('all')).rejects.toThrow(ConfigError)
    await expect(cursorWith(1)).resolves.toBeDefined()
  })

  it('stops the reading before a change can be missed', async () => {
    const shop = await open('2026-07-01T12:00:00Z')
    const wrong = prestashopSource(shop, { timezone: 'Europe/London' })
    await expect(cursorOf(wrong)).rejects.toThrow(ConfigError)
    await expect(cursorOf(prestashopSource(shop, { timezone: 'Europe/Rome' }))).resolves.toBeDefined()
  })
})

const TRAITS: BookTraits = {
  precisionMs: SECOND,
  movesUpdated: {
    edit: true,
    pay: true,
    cancel: true,
    refund: false,
    'delete-refund': false,
    touch: true,
    destroy: false,
  },
}
/** Found only by the sweep. */
const SILENT = new Set<HistoryStep['kind']>(['destroy', 'delete-refund', 'place-earlier'])

/** Starts within hours of the clock's being put back, so that histories run through the hour that comes twice. */
const nights = fc.constantFrom(
  { timezone: 'Europe/Berlin', start: '2026-10-24T23:10:00Z' },
  { timezone: 'Europe/Berlin', start: '2026-10-25T00:30:00Z' },
  { timezone: 'Europe/Berlin', start: '2026-03-29T00:20:00Z' },
  { timezone: 'America/New_York', start: '2026-11-01T05:05:00Z' },
  { timezone: 'America/New_York', start: '2026-06-01T12:00:00Z' },
)

interface Night {
  readonly timezone: string
  readonly start: string
}

/** One reading: how many steps happen before it, and after how many pages it is stopped. */
interface Reading {
  readonly steps: number
  readonly pages: number
}

/** Lets a history happen between readings and while pages are read, with readings stopped and begun anew. */
async function live(night: Night, steps: readonly HistoryStep[], readings: readonly Reading[], minutesAStep: number) {
  const left = [...steps]
  const next = () => {
    const step = left.shift()
    if (step === undefined) return
    takeStep(shop.book, TRAITS, shop.clock.now().getTime(), step)
    shop.clock.advance(step.advance * minutesAStep * MINUTE)
  }
  let lists = 0
  const onList = () => {
    lists += 1
    if (lists % 4 === 0) next()
  }
  const shop = await openPrestashop(night.start, { timezone: night.timezone, onList })
  try {
    // What is not found at once is not found at all.
    const source = prestashopSource(shop, { lookBackMinutes: 0 })
    const ledger = createModelLedger(source)
    await read(source, ledger)
    for (const reading of readings) {
      for (let n = 0; n < reading.steps; n += 1) next()
      await read(source, ledger, reading.pages)
    }
    while (left.length > 0) next()
    const finish = async (afterMs: number) => {
      shop.clock.advance(afterMs)
      await read(source, ledger)
    }
    return { shop, ledger, finish }
  } catch (error) {
    await shop.close()
    throw error
  }
}

describe('a history of changes while pages are read', () => {
  const reading = fc.record({ steps: fc.nat({ max: 8 }), pages: fc.integer({ min: 1, max: 12 }) })
  const readings = fc.array(reading, { minLength: 1, maxLength: 8 })
  const steps = historySteps(60)

  it('leaves no difference once the next reading is through, wherever the clock is put back', async () => {
    const spoken = steps.map((all) => all.filter((step) => !SILENT.has(step.kind)))
    await fc.assert(
      fc.asyncProperty(nights, spoken, readings, fc.constantFrom(0.01, 4, 12), async (night, history, pages, pace) => {
        const { shop, ledger, finish } = await live(night, history, pages, pace)
        try {
          // An hour that comes twice is read when it is over.
          await finish(HOUR + 2 * MINUTE)
          expect(worthInLedger(ledger)).toEqual(worthInShop(shop))
        } finally {
          await shop.close()
        }
      }),
      { numRuns: 80 },
    )
  })

  it('leaves no difference after a sweep, also of what moves no instant', async () => {
    await fc.assert(
      fc.asyncProperty(nights, steps, readings, async (night, history, pages) => {
        const { shop, ledger, finish } = await live(night, history, pages, 3)
        try {
          await finish(DAY + HOUR)
          expect(worthInLedger(ledger)).toEqual(worthInShop(shop))
        } finally {
          await shop.close()
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('the hour that comes twice', () => {
  it('hides no order from a first reading within it, though its first change is older by the digits', async () => {
    const shop = await open('2026-10-25T00:30:00Z')
    const order = shop.book.place(newOrder())
    shop.clock.advance(36 * MINUTE)
    shop.book.change(order.id, { kind: 'touch' })
    shop.clock.advance(12 * MINUTE)
    const source = prestashopSource(shop)
    const ledger = createModelLedger(source)
    await read(source, ledger)
    shop.clock.advance(HOUR)
    await read(source, ledger)
    expect(worthInLedger(ledger)).toEqual(worthInShop(shop))
  })

  async function openAt(startedAt: string) {
    const shop = await open(startedAt)
    const order = shop.book.place(newOrder({ placedAt: new Date('2026-10-01T10:00:00Z') }))
    const source = prestashopSource(shop, { lookBackMinutes: 0 })
    return { shop, order, source, ledger: createModelLedger(source) }
  }

  it('loses no change of its second passing, whose digits lie before those of the last reading', async () => {
    const { shop, order, source, ledger } = await openAt('2026-10-25T00:55:00Z')
    await read(source, ledger)
    shop.clock.advance(15 * MINUTE)
    shop.book.change(order.id, { kind: 'edit', subtotalMinor: 9000 })
    shop.clock.advance(5 * MINUTE)
    await read(source, ledger)
    expect(worthInLedger(ledger)).toEqual(worthInShop(shop))
  })

  it('does not hold a change of its first passing for newer than one of its second', async () => {
    const { shop, order, source, ledger } = await openAt('2026-10-25T00:40:00Z')
    shop.book.change(order.id, { kind: 'edit', subtotalMinor: 5000 })
    shop.clock.advance(5 * MINUTE)
    await read(source, ledger)
    expect(worthInLedger(ledger)).toEqual(worthInShop(shop))
    shop.clock.advance(25 * MINUTE)
    shop.book.change(order.id, { kind: 'edit', subtotalMinor: 9000 })
    shop.clock.advance(5 * MINUTE)
    await read(source, ledger)
    expect(worthInLedger(ledger)).toEqual(worthInShop(shop))
  })

  it('shows a change of its first passing when it is over, at the latest', async () => {
    const { shop, order, source, ledger } = await openAt('2026-10-25T00:20:00Z')
    await read(source, ledger)
    shop.clock.advance(MINUTE)
    shop.book.change(order.id, { kind: 'refund', amountMinor: 700 })
    shop.clock.advance(HOUR + 2 * MINUTE)
    await read(source, ledger)
    expect(worthInLedger(ledger)).toEqual(worthInShop(shop))
  })
})
