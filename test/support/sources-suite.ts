import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BookOrder, OrderChange } from '../../src/sandbox/shop-server/book.ts'
import { openSource } from './open-source.ts'
import { historySteps, takeStep } from './shop-history.ts'
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
} from './shop-reading.ts'
import type { ShopRig } from './shop-rig.ts'
import { DAY, HOUR, MINUTE, SETTLED, SWEPT } from './sweep-times.ts'

const { signal } = new AbortController()

const OF_ALL = { days: 3_650, everyHours: 24 }

/** Makes the change possible on an order of its own, and says which one and what. */
async function prepare({ shop }: ShopReading, kind: OrderChange['kind']): Promise<{ id: number; change: OrderChange }> {
  const { id } = await shop.book.place(newOrder({ state: kind === 'pay' ? 'pending' : 'placed' }))
  switch (kind) {
    case 'edit':
      return { id, change: { kind, subtotalMinor: 4_321 } }
    case 'refund':
      return { id, change: { kind, amountMinor: 1_111 } }
    case 'delete-refund': {
      await shop.book.change(id, { kind: 'refund', amountMinor: 1_111 })
      return { id, change: { kind, refundId: shop.book.orders.get(id)?.refunds[0]?.id ?? 0 } }
    }
    case 'change-email':
      return { id, change: { kind, email: 'new-address@shop.test' } }
    case 'restore': {
      await shop.book.change(id, { kind: 'trash' })
      return { id, change: { kind } }
    }
    default:
      return { id, change: { kind } }
  }
}

/**
 * What every source must keep over a shop of its platform: nothing that was placed or changed is ever missed, to the
 * cent. To be called within a `describe` of the rig's name.
 */
export function describeSource(rig: ShopRig): void {
  const kinds = Object.entries(rig.seen).map(([kind, seen]) => [kind as OrderChange['kind'], seen] as const)

  describe.skipIf(rig.isReal === true).each(['Europe/Berlin', 'America/New_York'])('in %s', describeZone)
  describe('in UTC', () => describeZone('UTC'))

  function describeZone(timezone: string): void {
    test('gives the book, to the cent and the second', async () => {
      const reading = await openReading(rig, rig.smallPages, { timezone })
      await fillShop(reading, 60)
      await reading.read()
      expect(worthOfLedger(reading.ledger)).toEqual(worthOfBook(reading))
      expect([...reading.ledger.deadLetters.keys()]).toEqual([])
    })

    test('gives what was placed and changed since the last reading, and nothing of before', async () => {
      const reading = await openReading(rig, rig.smallPages, { timezone })
      await fillShop(reading, 20)
      const { book, clock } = reading.shop
      const old = await book.place(newOrder())
      await clock.advance(5 * HOUR)
      await reading.read()
      await clock.advance(5 * HOUR)
      const placed = await book.place(newOrder({ email: 'new@shop.test' }))
      await book.change(old.id, { kind: 'cancel' })
      await clock.advance(SETTLED)
      expect([...(await readOn(reading.source, reading.ledger.cursors.at(-1) ?? null)).keys()].toSorted()).toEqual(
        [old.id, placed.id].map(rig.idOf).toSorted(),
      )
    })
  }

  test.each(kinds)('sees %s %s', async (kind, seen) => {
    const reading = await openReading(rig, rig.smallPages)
    await fillShop(reading, 10)
    const { id, change } = await prepare(reading, kind)
    const { book, clock } = reading.shop
    await clock.advance(DAY)
    await reading.read()
    await clock.advance(5 * HOUR)
    await book.change(id, change)
    await clock.advance(SETTLED)
    await reading.read()
    const isSeen = isDeepStrictEqual(worthOfLedger(reading.ledger), worthOfBook(reading))
    await clock.advance(SWEPT)
    await reading.read()
    expect(worthOfLedger(reading.ledger)).toEqual(worthOfBook(reading))
    // A touch moves nothing that could be compared.
    if (kind !== 'touch') expect(isSeen).toBe(seen === 'at once')
  })

  test('comes to the book although the shop changes between any two answers, on a summer day', async () => {
    await checkHistories(STARTED_AT, 1_000)
  })

  test.skipIf(rig.isReal === true).each([
    { when: 'set back', startedAt: new Date('2026-10-24T23:50:00Z') },
    { when: 'set forward', startedAt: new Date('2026-03-29T00:40:00Z') },
  ])('comes to the book in the night in which the clock is $when', async ({ startedAt }) => {
    await checkHistories(startedAt, 5 * MINUTE)
  })

  async function checkHistories(startedAt: Date, stepMs: number): Promise<void> {
    const traits = { precisionMs: 1_000, movesUpdated: Object.fromEntries(kinds.map(([kind]) => [kind, true])) }
    const run = fc.asyncProperty(
      historySteps(60),
      fc.array(fc.nat({ max: 3 }), { maxLength: 4 }),
      async (steps, kills) => {
        const left = [...steps]
        const onList = async () => {
          const step = left.shift()
          if (step === undefined) return
          const taken = takeStep(shop.book, traits, shop.clock.now().getTime(), step)
          // What needs no waiting has happened before the answer goes out.
          if (taken instanceof Promise) await taken
          await shop.clock.advance(step.advance * stepMs)
        }
        const shop = await rig.open({ startedAt, onList, timezone: 'Europe/Berlin' })
        const reading = readingOf(shop, openSource(shop, { ...rig.smallPages, sweep: OF_ALL }), rig.idOf)
        try {
          await fillShop(reading, 20, startedAt)
          await shop.book.place(newOrder({ placedAt: new Date(startedAt.getTime() - HOUR) }))
          for (const pages of kills) {
            await reading.read(pages + 1)
            await shop.clock.advance(10 * MINUTE)
          }
          for (const step of left.splice(0)) {
            await takeStep(shop.book, traits, shop.clock.now().getTime(), step)
          }
          await shop.clock.advance(SWEPT)
          await reading.read()
          expect(worthOfLedger(reading.ledger).map(undated)).toEqual(worthOfBook(reading).map(undated))
        } finally {
          await shop.close()
        }
      },
    )
    await fc.assert(run, { numRuns: rig.isReal === true ? 2 : 5 })
  }

  test('gets through a second with more orders than a page, though it is killed after every page', async () => {
    const reading = await openReading(rig, rig.smallPages)
    const { book, clock } = reading.shop
    const placedAt = new Date(STARTED_AT.getTime() - DAY)
    const imported: BookOrder[] = []
    for (let n = 0; n < rig.severalPages; n += 1)
      imported.push(await book.place(newOrder({ placedAt, subtotalMinor: 1_000 + n })))
    await clock.advance(HOUR)
    let readings = 0
    while ((await reading.read(1)) > 0 && readings < 60) {
      readings += 1
      if (reading.ledger.orders.size >= imported.length) break
    }
    expect(worthOfLedger(reading.ledger)).toEqual(worthOfBook(reading))
    await clock.advance(HOUR)
    for (const { id } of imported) await book.change(id, { kind: 'cancel' })
    await clock.advance(SETTLED)
    await reading.read()
    expect(worthOfLedger(reading.ledger)).toEqual(worthOfBook(reading))
  })

  test('leaves out what was placed before `since`, also when it changes, and reads it once `since` is earlier', async () => {
    const reading = await openReading(rig, { ...rig.smallPages, since: '2026-06-01' }, { timezone: 'UTC' })
    const { shop, ledger, idOf } = reading
    const old = await shop.book.place(newOrder({ placedAt: new Date('2026-05-31T23:59:59Z') }))
    await shop.book.place(newOrder({ placedAt: new Date('2026-06-01T00:00:00Z') }))
    const later = new Date('2026-06-01T00:00:00Z')
    await shop.clock.advance(HOUR)
    await reading.read()
    expect(worthOfLedger(ledger)).toEqual(worthOfBook(reading, later))
    await shop.book.change(old.id, { kind: 'cancel' })
    await shop.clock.advance(SETTLED)
    await reading.read()
    expect(worthOfLedger(ledger)).toEqual(worthOfBook(reading, later))
    // Past every look-back.
    await shop.clock.advance(12 * HOUR)
    const source = openSource(shop, { ...rig.smallPages, since: '2026-01-01' })
    for await (const page of source.readOrders(ledger.cursors.at(-1) ?? null, signal)) await ledger.save(page)
    expect([...ledger.orders.keys()]).toContain(idOf(old.id))
    expect(worthOfLedger(ledger)).toEqual(worthOfBook(reading))
  })

  test('looks single orders up: each is found, missing, or rejected', async () => {
    const reading = await openReading(rig, rig.smallPages)
    await fillShop(reading, 8)
    const [kept, gone] = [await reading.shop.book.place(newOrder()), await reading.shop.book.place(newOrder())]
    await reading.shop.book.change(gone.id, { kind: 'destroy' })
    const ids = [kept.id, gone.id, 999_999].map(rig.idOf)
    const found = await reading.source.fetchOrders?.(ids, signal)
    expect(found?.orders.map((order) => order.externalId)).toEqual([rig.idOf(kept.id)])
    expect(found?.missing.toSorted()).toEqual([rig.idOf(gone.id), rig.idOf(999_999)].toSorted())
    expect(found?.rejected).toEqual([])
  })

  test('knows guests by their address only', async () => {
    const reading = await openReading(rig, rig.smallPages)
    const guest = newOrder({ registered: false, email: 'Guest@shop.test' })
    const { book, clock } = reading.shop
    const { email } = await book.place(guest)
    const small = await book.place({ ...guest, email: 'guest@shop.test' })
    const nobody = await book.place(newOrder({ registered: false, email: null }))
    await clock.advance(HOUR)
    await reading.read()
    const customerOf = ({ id }: BookOrder) => reading.ledger.orders.get(rig.idOf(id))?.customer
    const customers = [...book.orders.values()].map(customerOf)
    expect(customers.map((customer) => customer?.externalId)).toEqual([undefined, undefined, undefined])
    expect(small.email).toBe(email?.toLowerCase())
    const expected = [email, small.email, nobody.email].map((address) => address?.toLowerCase())
    expect(customers.map((customer) => customer?.email?.toLowerCase())).toEqual(expected)
  })
}

/** A wall clock that is set back does not tell when something happened. */
function undated({ placedAt: _, ...rest }: Worth): object {
  return rest
}
