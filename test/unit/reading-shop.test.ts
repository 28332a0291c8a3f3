import { describe, expect, test } from 'vitest'
import type { Cursor, OrderPage } from '../../src/core/orders/page.ts'
import { readShop, type Shop } from '../../src/reading/read-shop.ts'
import type { BookOrder, NewOrder } from '../../src/sandbox/shop-server/book.ts'
import { createModelLedger } from '../support/shop-ledger-model.ts'
import { createMemoryShop, type MemoryShopOptions } from '../support/shop-memory.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

const order: NewOrder = {
  email: 'ann@shop.test',
  registered: false,
  country: 'DE',
  currency: 'EUR',
  subtotalMinor: 1_000,
  discountMinor: 0,
  taxMinor: 0,
  shippingMinor: 0,
  state: 'placed',
  test: false,
  channel: 'online',
}

const timing = {
  safetyMs: MINUTE_MS,
  lookBackMs: MINUTE_MS,
  sweep: { everyMs: DAY_MS, reachMs: 30 * DAY_MS },
  since: new Date(0),
}

/** Refunds, trash and destruction move nothing; edits do. */
function openShop(options: Partial<MemoryShopOptions> = {}) {
  const traits = { precisionMs: 1_000, movesUpdated: { edit: true, refund: false, destroy: false } }
  return createMemoryShop({ traits, pageSize: 2, timing, ...options })
}

/** Pages up to the `limit`-th. */
async function readPages(shop: Shop<BookOrder>, from: Cursor | null, limit = Number.POSITIVE_INFINITY) {
  const pages: OrderPage[] = []
  for await (const page of readShop(shop, from, new AbortController().signal)) {
    pages.push(page)
    if (pages.length >= limit) break
  }
  return { pages, cursor: pages.at(-1)?.cursor ?? from }
}

const idsOf = (pages: readonly OrderPage[]) => pages.flatMap((page) => page.orders.map((one) => Number(one.externalId)))

describe('the census', () => {
  test('comes to its end though every reading is killed after one page, and calls the roll of every order once', async () => {
    const { shop, book, clock } = openShop()
    const placed = Array.from({ length: 7 }, () => book.place(order).id)
    clock.advance(MINUTE_MS)
    const pages: OrderPage[] = []
    let cursor: Cursor | null = null
    do {
      const read = await readPages(shop, cursor, 1)
      pages.push(...read.pages)
      cursor = read.cursor
    } while (cursor?.['census'] !== null && pages.length < 20)
    expect(idsOf(pages)).toEqual(placed)
    expect(pages.flatMap((page) => page.rollCall?.externalIds ?? []).map(Number)).toEqual(placed)
    const bounds = pages.map(({ rollCall }) => [rollCall?.placedFrom, rollCall?.placedBefore])
    expect(bounds.slice(1).map(([from]) => from)).toEqual(bounds.slice(0, -1).map(([, before]) => before))
  })

  test('calls the roll of each range once in one go, too', async () => {
    const { shop, book, clock } = openShop()
    const startedAt = clock.now().getTime()
    const ids = Array.from(
      { length: 5 },
      (_, n) => book.place({ ...order, placedAt: new Date(startedAt + n * 1_000) }).id,
    )
    clock.advance(MINUTE_MS)
    const { pages } = await readPages(shop, null)
    const rolls = pages.flatMap((page) => page.rollCall ?? [])
    const named = rolls.map(({ placedFrom, placedBefore, externalIds }) => {
      const inRange = ids.filter((_, n) => {
        const at = startedAt + n * 1_000
        return at >= placedFrom.getTime() && at < placedBefore.getTime()
      })
      return [externalIds.map(Number), inRange]
    })
    expect(named).toHaveLength(3)
    for (const [passed, inRange] of named) expect(passed).toEqual(inRange)
    expect(named.flatMap(([passed]) => passed)).toEqual(ids)
  })

  test('counts against the total of the shop', async () => {
    const { shop, book, clock } = openShop()
    for (let count = 0; count < 3; count += 1) book.place(order)
    clock.advance(MINUTE_MS)
    const { pages } = await readPages(shop, null)
    expect(pages.slice(0, 2).map(({ progress }) => progress)).toEqual([
      { done: 2, total: 3, unit: 'orders' },
      { done: 3, total: 3, unit: 'orders' },
    ])
  })

  test('says that it starts over on its first page only', async () => {
    const { shop, book, clock } = openShop()
    for (let count = 0; count < 5; count += 1) book.place(order)
    clock.advance(MINUTE_MS)
    const first = await readPages(shop, null, 2)
    const rest = await readPages(shop, first.cursor)
    expect(first.pages.map((page) => page.startsOver)).toEqual([true, undefined])
    expect(rest.pages.some((page) => page.startsOver)).toBe(false)
  })

  test('starts over when the settings give records another meaning', async () => {
    const { shop, book, clock } = openShop()
    const { id } = book.place(order)
    clock.advance(MINUTE_MS)
    const { cursor } = await readPages(shop, null)
    const { pages } = await readPages({ ...shop, meaning: 'another' }, cursor)
    expect([pages[0]?.startsOver, idsOf(pages)]).toEqual([true, [id]])
  })

  test('completes a reread when nothing interrupted it, and no sweep does', async () => {
    const { shop, book, clock } = openShop()
    for (let count = 0; count < 3; count += 1) book.place(order)
    clock.advance(DAY_MS / 2)
    const whole = await readPages(shop, null)
    expect(whole.pages.map((page) => page.completesReread === true)).toEqual([false, true, false])
    const broken = await readPages(shop, (await readPages(shop, null, 1)).cursor)
    expect(broken.pages.some((page) => page.completesReread)).toBe(false)
    clock.advance(2 * DAY_MS)
    const swept = await readPages(shop, whole.cursor)
    expect(idsOf(swept.pages)).toHaveLength(3)
    expect(swept.pages.some((page) => page.completesReread)).toBe(false)
  })

  test('of a shop without orders asks for the mapping of none', async () => {
    const { shop } = openShop()
    const mapOrders = () => Promise.reject(new Error('there is nothing to map'))
    const { pages } = await readPages({ ...shop, mapOrders }, null)
    expect(pages.flatMap((page) => page.orders)).toEqual([])
  })
})

describe('the changes', () => {
  test('hold an order whose transaction was still under way when the census passed it', async () => {
    const { shop, book, clock, setLag } = openShop({ timing: { ...timing, lookBackMs: 0 } })
    setLag(30_000)
    const { id } = book.place(order)
    clock.advance(1_000)
    const backfill = await readPages(shop, null)
    expect(idsOf(backfill.pages)).toEqual([])
    clock.advance(5 * MINUTE_MS)
    expect(idsOf((await readPages(shop, backfill.cursor)).pages)).toEqual([id])
  })

  test('leave out orders from before `since`', async () => {
    const { shop, book, clock } = openShop({ timing: { ...timing, since: new Date('2026-03-01T00:00:00Z') } })
    const old = book.place({ ...order, placedAt: new Date('2026-02-01T00:00:00Z') })
    const young = book.place(order)
    clock.advance(MINUTE_MS)
    const { cursor } = await readPages(shop, null)
    for (const { id } of [old, young]) book.change(id, { kind: 'edit', subtotalMinor: 5 })
    clock.advance(5 * MINUTE_MS)
    expect(idsOf((await readPages(shop, cursor)).pages)).toEqual([young.id])
  })

  test('hand a record whose date cannot be read to the mapping', async () => {
    const { shop, book, clock } = openShop()
    const { id } = book.place(order)
    clock.advance(MINUTE_MS)
    const { cursor } = await readPages(shop, null)
    book.change(id, { kind: 'edit', subtotalMinor: 5 })
    clock.advance(5 * MINUTE_MS)
    const placed = { ...shop.placed, instantOf: () => new Date(Number.NaN) }
    expect(idsOf((await readPages({ ...shop, placed }, cursor)).pages)).toEqual([id])
  })

  test('take what turned into a cart out of the ledger', async () => {
    const { shop, book, clock, source } = openShop()
    const { id } = book.place(order)
    clock.advance(MINUTE_MS)
    const ledger = createModelLedger(source)
    const mapOrders = async (records: readonly BookOrder[]) =>
      records.map((record) => ({ kind: 'none' as const, externalId: String(record.id) }))
    for (const page of (await readPages(shop, null)).pages) await ledger.save(page)
    book.change(id, { kind: 'edit', subtotalMinor: 5 })
    clock.advance(5 * MINUTE_MS)
    const last = ledger.cursors.at(-1) ?? null
    for (const page of (await readPages({ ...shop, mapOrders }, last)).pages) await ledger.save(page)
    expect(ledger.orders.get(String(id))?.state).toBe('deleted')
  })
})

describe('a feed that an older version did not know', () => {
  test('is read from its beginning', async () => {
    const { shop, book, clock } = openShop({ named: ['refunds'] })
    const { id } = book.place({ ...order, placedAt: new Date('2025-01-01T00:00:00Z') })
    clock.advance(MINUTE_MS)
    let { cursor } = await readPages({ ...shop, named: {} }, null)
    book.change(id, { kind: 'refund', amountMinor: 300 })
    // A sweep that does not reach the order.
    clock.advance(2 * DAY_MS)
    cursor = (await readPages({ ...shop, named: {} }, cursor)).cursor
    clock.advance(MINUTE_MS)
    const { pages } = await readPages(shop, cursor)
    expect(pages.flatMap((page) => page.orders).map((one) => one.refunds.length)).toEqual([1])
  })
})

describe('a clock that was set back', () => {
  const YEAR_MS = 365 * DAY_MS

  test('stops neither the changes nor the sweeps after having run a year ahead', async () => {
    const { shop, book, clock } = openShop()
    const [edited, refunded] = [book.place(order).id, book.place(order).id]
    clock.advance(YEAR_MS)
    const { cursor: ahead } = await readPages(shop, null)
    clock.advance(MINUTE_MS - YEAR_MS)
    book.change(edited, { kind: 'edit', subtotalMinor: 5 })
    clock.advance(5 * MINUTE_MS)
    const { pages, cursor } = await readPages(shop, ahead)
    expect(pages.filter((page) => page.rollCall === undefined).flatMap((page) => idsOf([page]))).toContain(edited)
    book.change(refunded, { kind: 'refund', amountMinor: 300 })
    clock.advance(DAY_MS)
    const swept = (await readPages(shop, cursor)).pages.flatMap((page) => page.orders)
    expect(swept.find((one) => one.externalId === String(refunded))?.refunds).toHaveLength(1)
  })

  test('within the look-back reads nothing twice over', async () => {
    const { shop, book, clock } = openShop({ timing: { ...timing, lookBackMs: 10_000 } })
    book.place(order)
    clock.advance(DAY_MS / 2)
    const { cursor } = await readPages(shop, null)
    clock.advance(-2_000)
    expect(idsOf((await readPages(shop, cursor)).pages)).toEqual([])
  })
})
