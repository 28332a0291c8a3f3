import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OrderPage } from '../../src/core/orders/page.ts'
import { readShop } from '../../src/reading/read-shop.ts'
import type { BookOrder } from '../../src/sandbox/shop-server/book.ts'
import { createModelLedger, type ModelLedger } from '../support/shop-ledger-model.ts'
import { bookToOrder, type MemoryShop } from '../support/shop-memory.ts'
import { openStory, type Reader, shopStory, type Version } from '../support/shop-story.ts'

/** As in the worker: a page is saved while the next one is being read, and what was read and not saved is lost. */
function readerOf({ shop }: MemoryShop, ledger: ModelLedger): Reader {
  return async ({ pages, back }) => {
    const from = ledger.cursors.at(-1 - back) ?? null
    let saved = 0
    let waiting: OrderPage | null = null
    for await (const page of readShop(shop, from, new AbortController().signal)) {
      if (waiting !== null) await ledger.save(waiting)
      waiting = page
      if (pages !== null && saved >= pages) return
      saved += 1
    }
    if (waiting !== null) await ledger.save(waiting)
  }
}

/** What the ledger holds of it is at least as new as the last version that a feed told of. */
function isUpToDate(list: readonly Version[], stored: ReturnType<ModelLedger['orders']['get']>): boolean {
  const lastTold = list.findLastIndex((version) => version.told)
  const later = list.slice(lastTold)
  const isHidden = ({ order, told }: Version) => !told && (order === null || order.state === 'trashed')
  if (lastTold === -1 || later.some(isHidden)) return true
  if (stored === undefined) return later.some(({ order }) => order === null || order.state === 'trashed')
  return later.some((version) => isSame(version.order, stored))
}

function isSame(order: BookOrder | null, stored: NonNullable<ReturnType<ModelLedger['orders']['get']>>): boolean {
  if (order === null || order.state === 'trashed') return stored.state === 'deleted'
  const expected = bookToOrder(order)
  return JSON.stringify({ ...expected, updatedAt: null }) === JSON.stringify({ ...stored, updatedAt: null })
}

const SWEEP_OF_ALL = { everyMs: 20_000, reach: 1_000_000_000 }

describe('what is read of a shop that changes meanwhile', () => {
  test('holds every change that a feed tells of, without a sweep', async () => {
    await fc.assert(
      fc.asyncProperty(shopStory, async (told) => {
        const { memory, versions, timing, live, quieten } = openStory(told)
        const ledger = createModelLedger(memory.source)
        const read = readerOf(memory, ledger)
        await live(read)
        await quieten(read, 0)
        const late = [...versions].filter(([id, list]) => {
          const first = list[0]?.order
          return (
            first !== null &&
            first !== undefined &&
            first.placedAt >= timing.since &&
            !isUpToDate(list, ledger.orders.get(String(id)))
          )
        })
        expect(late.map(([id, list]) => ({ id, list, stored: ledger.orders.get(String(id)) }))).toEqual([])
      }),
      { numRuns: 1500 },
    )
  })

  test('is the book, to the cent, after the next sweep', async () => {
    await fc.assert(
      fc.asyncProperty(shopStory, async (told) => {
        const { memory, timing, live, quieten } = openStory({ ...told, ...SWEEP_OF_ALL })
        const ledger = createModelLedger(memory.source)
        const read = readerOf(memory, ledger)
        await live(read)
        await quieten(read, SWEEP_OF_ALL.everyMs)
        const listed = [...memory.book.orders.values()].filter((order) => order.state !== 'trashed')
        const expected = listed.filter((order) => order.placedAt >= timing.since).map(bookToOrder)
        const stored = [...ledger.orders.values()].filter((order) => order.state !== 'deleted')
        const byId = (a: { externalId: string }, b: { externalId: string }) => (a.externalId < b.externalId ? -1 : 1)
        expect(stored.toSorted(byId)).toEqual(expected.toSorted(byId))
      }),
      { numRuns: 1500 },
    )
  })
})
