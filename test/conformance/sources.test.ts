import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OrderChange } from '../../src/sandbox/shop-server/book.ts'
import { createShopClock } from '../../src/sandbox/shop-server/shop-clock.ts'
import { SOURCE_TYPES } from '../../src/sources/registry.ts'
import { historySteps, takeStep } from '../support/shop-history.ts'
import {
  fillShop,
  newOrder,
  openReading,
  readingOf,
  readOn,
  type ShopReading,
  STARTED_AT,
  type Worth,
  worthOfBook,
  worthOfLedger,
} from '../support/shop-reading.ts'
import { openSource, SHOP_RIGS, type ShopRig } from '../support/shop-rigs.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const { signal } = new AbortController()

/** Longer than any source's safety margin. */
const SETTLED = 10 * MINUTE
/** Longer than the time between two sweeps. */
const SWEPT = 3 * DAY
const OF_ALL = { days: 3_650, everyHours: 24 }

test('every source of the registry has a rig, or a suite of its own', () => {
  const covered = new Set<string>([...SHOP_RIGS.map(({ type }) => type), 'file'])
  expect(Object.keys(SOURCE_TYPES).filter((type) => !covered.has(type))).toEqual([])
})

/** Makes the change possible on an order of its own, and says which one and what. */
function prepare({ shop }: ShopReading, kind: OrderChange['kind']): { id: number; change: OrderChange } {
  const { id } = shop.book.place(newOrder({ state: kind === 'pay' ? 'pending' : 'placed' }))
  switch (kind) {
    case 'edit':
      return { id, change: { kind, subtotalMinor: 4_321 } }
    case 'refund':
      return { id, change: { kind, amountMinor: 1_111 } }
    case 'delete-refund': {
      shop.book.change(id, { kind: 'refund', amountMinor: 1_111 })
      return { id, change: { kind, refundId: shop.book.orders.get(id)?.refunds[0]?.id ?? 0 } }
    }
    case 'change-email':
      return { id, change: { kind, email: 'new-address@shop.test' } }
    case 'restore': {
      shop.book.change(id, { kind: 'trash' })
      return { id, change: { kind } }
    }
    default:
      return { id, change: { kind } }
  }
}

describe.each(SHOP_RIGS.map((rig) => [rig.name, rig] as const))('%s', (_, rig: ShopRig) => {
  const kinds = Object.entries(rig.seen).map(([kind, seen]) => [kind as OrderChange['kind'], seen] as const)

  describe.each(['Europe/Berlin', 'America/New_York', 'UTC'])('in %s', (timezone) => {
    test('gives the book, to the cent and the second', async () => {
      const reading = await openReading(rig, rig.smallPages, { timezone })
      fillShop(reading, 60)
      await reading.read()
      expect(worthOfLedger(reading.ledger)).toEqual(worthOfBook(reading))
      expect([...reading.ledger.deadLetters.keys()]).toEqual([])
    })

    test('gives what was placed and changed since the last reading, and nothing of before', async () => {
      const reading = await openReading(rig, rig.smallPages, { timezone })
      fillShop(reading, 20)
      const { book, clock } = reading.shop
      const old = book.place(newOrder())
      clock.advance(5 * HOUR)
      await reading.read()
      clock.advance(5 * HOUR)
      const placed = book.place(newOrder({ email: 'new@shop.test' }))
      book.change(old.id, { kind: 'cancel' })
      clock.advance(SETTLED)
      expect([...(await readOn(reading.source, reading.ledger.cursors.at(-1) ?? null)).keys()].toSorted()).toEqual(
        [old.id, placed.id].map(rig.idOf),
      )
    })
  })

  test.each(kinds)('sees %s %s', async (kind, seen) => {
    const reading = await openReading(rig, rig.smallPages)
    fillShop(reading, 10)
    const { id, change } = prepare(reading, kind)
    const { book, clock } = reading.shop
    clock.advance(DAY)
    await reading.read()
    clock.advance(5 * HOUR)
    book.change(id, change)
    clock.advance(SETTLED)
    await reading.read()
    const isSeen = isDeepStrictEqual(worthOfLedger(reading.ledger), worthOfBook(reading))
    clock.advance(SWEPT)
    await reading.read()
    expect(worthOfLedger(reading.ledger)).toEqual(worthOfBook(reading))
    // A touch moves nothing that could be compared.
    if (kind !== 'touch') expect(isSeen).toBe(seen === 'at once')
  })

  test.each([
    { when: 'on a summer day', startedAt: STARTED_AT, stepMs: SECOND },
    {
      when: 'in the night in which the clock is set back',
      startedAt: new Date('2026-10-24T23:50:00Z'),
      stepMs: 5 * MINUTE,
    },
    {
      when: 'in the night in which the clock is set forward',
      startedAt: new Date('2026-03-29T00:40:00Z'),
      stepMs: 5 * MINUTE,
    },
  ])('comes to the book although the shop changes between any two answers, $when', async ({ startedAt, stepMs }) => {
    const run = fc.asyncProperty(
      historySteps(60),
      fc.array(fc.nat({ max: 3 }), { maxLength: 4 }),
      async (steps, kills) => {
        const left = [...steps]
        const movesUpdated = Object.fromEntries(kinds.map(([kind]) => [kind, true]))
        const clock = createShopClock(startedAt)
        const onList = () => {
          const step = left.shift()
          if (step === undefined) return
          takeStep(shop.book, { precisionMs: SECOND, movesUpdated }, clock.now().getTime(), step)
          clock.advance(step.advance * stepMs)
        }
        const shop = await rig.open({ clock, onList, timezone: 'Europe/Berlin' })
        const reading = readingOf(shop, openSource(shop, { ...rig.smallPages, sweep: OF_ALL }), rig.idOf)
        try {
          fillShop(reading, 20, startedAt)
          shop.book.place(newOrder({ placedAt: new Date(startedAt.getTime() - HOUR) }))
          for (const pages of kills) {
            await reading.read(pages + 1)
            clock.advance(10 * MINUTE)
          }
          for (const step of left.splice(0)) {
            takeStep(shop.book, { precisionMs: SECOND, movesUpdated }, clock.now().getTime(), step)
          }
          clock.advance(SWEPT)
          await reading.read()
          expect(worthOfLedger(reading.ledger).map(undated)).toEqual(worthOfBook(reading).map(undated))
        } finally {
          await shop.close()
        }
      },
    )
    await fc.assert(run, { numRuns: 5 })
  })

  test('gets through a second with more orders than a page, though it is killed after every page', async () => {
    const reading = await openReading(rig, rig.smallPages)
    const { book, clock } = reading.shop
    const placedAt = new Date(STARTED_AT.getTime() - DAY)
    const imported = Array.from({ length: rig.severalPages }, (__, n) => {
      return book.place(newOrder({ placedAt, subtotalMinor: 1_000 + n }))
    })
    clock.advance(HOUR)
    let readings = 0
    while ((await reading.read(1)) > 0 && readings < 60) {
      readings += 1
      if (reading.ledger.orders.size >= imported.length) break
    }
    expect(worthOfLedger(reading.ledger)).toEqual(worthOfBook(reading))
    clock.advance(HOUR)
    for (const { id } of imported) book.change(id, { kind: 'cancel' })
    clock.advance(SETTLED)
    await reading.read()
    expect(worthOfLedger(reading.ledger)).toEqual(worthOfBook(reading))
  })

  test('leaves out what was placed before `since`, also when it changes, and reads it once `since` is earlier', async () => {
    const reading = await openReading(rig, { ...rig.smallPages, since: '2026-06-01' }, { timezone: 'UTC' })
    const { shop, ledger, idOf } = reading
    const old = shop.book.place(newOrder({ placedAt: new Date('2026-05-31T23:59:59Z') }))
    shop.book.place(newOrder({ placedAt: new Date('2026-06-01T00:00:00Z') }))
    const later = new Date('2026-06-01T00:00:00Z')
    shop.clock.advance(HOUR)
    await reading.read()
    expect(worthOfLedger(ledger)).toEqual(worthOfBook(reading, later))
    shop.book.change(old.id, { kind: 'cancel' })
    shop.clock.advance(SETTLED)
    await reading.read()
    expect(worthOfLedger(ledger)).toEqual(worthOfBook(reading, later))
    // Past every look-back.
    shop.clock.advance(12 * HOUR)
    const source = openSource(shop, { ...rig.smallPages, since: '2026-01-01' })
    for await (const page of source.readOrders(ledger.cursors.at(-1) ?? null, signal)) await ledger.save(page)
    expect([...ledger.orders.keys()]).toContain(idOf(old.id))
    expect(worthOfLedger(ledger)).toEqual(worthOfBook(reading))
  })

  test('looks single orders up: each is found, missing, or rejected', async () => {
    const reading = await openReading(rig, rig.smallPages)
    fillShop(reading, 8)
    const [kept, gone] = [reading.shop.book.place(newOrder()), reading.shop.book.place(newOrder())]
    reading.shop.book.change(gone.id, { kind: 'destroy' })
    const ids = [kept.id, gone.id, 999_999].map(rig.idOf)
    const found = await reading.source.fetchOrders?.(ids, signal)
    expect(found?.orders.map((order) => order.externalId)).toEqual([rig.idOf(kept.id)])
    expect(found?.missing.toSorted()).toEqual([rig.idOf(gone.id), rig.idOf(999_999)].toSorted())
    expect(found?.rejected).toEqual([])
  })

  test('knows guests by their address only', async () => {
    const reading = await openReading(rig, rig.smallPages)
    const guest = newOrder({ registered: false, email: 'Guest@shop.test' })
    reading.shop.book.place(guest)
    reading.shop.book.place({ ...guest, email: 'guest@shop.test' })
    reading.shop.book.place(newOrder({ registered: false, email: null }))
    reading.shop.clock.advance(HOUR)
    await reading.read()
    const customers = [...reading.ledger.orders.values()]
      .toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1))
      .map((order) => order.customer)
    expect(customers.map((customer) => customer?.email?.toLowerCase())).toEqual([
      'guest@shop.test',
      'guest@shop.test',
      undefined,
    ])
    expect(customers.map((customer) => customer?.externalId)).toEqual([undefined, undefined, undefined])
  })
})

/** A wall clock that is set back does not tell when something happened. */
function undated({ placedAt: _, ...rest }: Worth): object {
  return rest
}
