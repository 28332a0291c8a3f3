import { expect, onTestFinished, test } from 'vitest'
import { openSource } from '../support/open-source.ts'
import { type FileShop, openFileShop } from '../support/sandbox-rigs.ts'
import {
  newOrder,
  readingOf,
  type ShopReading,
  STARTED_AT,
  worthOfBook,
  worthOfLedger,
} from '../support/shop-reading.ts'

const HOUR = 3_600_000
/** More than two pages of a file. */
const COUNT = 4_500

/** A file shop with so many orders, and a ledger. What no server has, faults and keys, does not apply to it. */
function openShop(count: number): ShopReading & { readonly shop: FileShop } {
  const shop = openFileShop()
  onTestFinished(() => shop.close())
  for (let n = 0; n < count; n += 1) {
    shop.book.place(
      newOrder({
        placedAt: new Date(STARTED_AT.getTime() - n * HOUR),
        email: n % 5 === 0 ? null : `c${n % 40}@shop.test`,
        currency: ['EUR', 'JPY', 'KWD'][n % 3] ?? 'EUR',
        subtotalMinor: 1_000 + n,
        state: n % 9 === 0 ? 'cancelled' : 'placed',
      }),
    )
  }
  shop.publish()
  return { ...readingOf(shop, openSource(shop), String), shop }
}

test('a file gives the book, though it is killed after every page', async () => {
  const reading = openShop(COUNT)
  for (let readings = 0; reading.ledger.orders.size < COUNT && readings < 10; readings += 1) await reading.read(1)
  expect(worthOfLedger(reading.ledger)).toEqual(worthOfBook(reading))
})

test('a file that was written anew gives what changed', async () => {
  const reading = openShop(20)
  await reading.read()
  const [edited = 0, cancelled = 0, refunded = 0, moved = 0] = [...reading.shop.book.orders.keys()]
  reading.shop.book.change(edited, { kind: 'edit', subtotalMinor: 7_777 })
  reading.shop.book.change(cancelled, { kind: 'cancel' })
  reading.shop.book.change(refunded, { kind: 'refund', amountMinor: 500 })
  reading.shop.book.change(moved, { kind: 'change-email', email: 'other@shop.test' })
  reading.shop.book.place(newOrder())
  reading.shop.publish()
  await reading.read()
  expect(worthOfLedger(reading.ledger)).toEqual(worthOfBook(reading))
})

test('a line that cannot be read is put aside, and the rest goes on', async () => {
  const reading = openShop(20)
  const [spoilt = 0] = reading.shop.book.orders.keys()
  reading.shop.publish(spoilt)
  await reading.read()
  expect(reading.ledger.deadLetters.size).toBe(1)
  const others = worthOfBook(reading).filter(({ externalId }) => externalId !== String(spoilt))
  expect(worthOfLedger(reading.ledger)).toEqual(others)
})

test('a line that was mended is read, and its dead letter is done with', async () => {
  const reading = openShop(20)
  const [spoilt] = reading.shop.book.orders.keys()
  reading.shop.publish(spoilt)
  await reading.read()
  reading.shop.publish()
  await reading.read()
  expect(worthOfLedger(reading.ledger)).toEqual(worthOfBook(reading))
  expect([...reading.ledger.deadLetters.keys()]).toEqual([])
})
