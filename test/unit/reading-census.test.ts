import { describe, expect, it } from 'vitest'
import type { Cursor, OrderPage } from '../../src/core/orders/page.ts'
import type { FeedStep } from '../../src/reading/read-feed.ts'
import { readShop, type Shop } from '../../src/reading/read-shop.ts'
import type { BookOrder } from '../../src/sandbox/shop-server/book.ts'
import { createMemoryShop } from '../support/shop-memory.ts'
import { newShopOrder } from '../support/shopify.ts'

const TIMING = { safetyMs: 0, lookBackMs: 0, sweep: { everyMs: 1e9, reachMs: 1e9 }, since: new Date(0) }

/** A shop of two orders that exports them itself: first a ticket, then both at once, newest first. */
function openExporting() {
  const traits = { precisionMs: 1_000, movesUpdated: {} }
  const { shop, book, visible } = createMemoryShop({ traits, pageSize: 10, timing: TIMING })
  for (const at of ['2026-02-01T00:00:00Z', '2026-02-02T00:00:00Z']) {
    book.place(newShopOrder({ placedAt: new Date(at) }))
  }
  const memos: unknown[] = []
  const exporting: Shop<BookOrder> = {
    ...shop,
    async *readCensus({ fromMs, memo }, before): AsyncGenerator<FeedStep<BookOrder>> {
      memos.push(memo)
      if (memo === undefined) {
        yield { records: [], position: { fromMs, seen: [], memo: { ticket: 7 } }, passed: [] }
      }
      const records = visible().toReversed()
      yield { records, position: { fromMs: before.getTime(), seen: [] }, passed: records.map(({ id }) => String(id)) }
    },
  }
  return { shop: exporting, memos }
}

async function pagesOf(shop: Shop<BookOrder>, from: Cursor | null): Promise<OrderPage[]> {
  const pages: OrderPage[] = []
  for await (const page of readShop(shop, from, new AbortController().signal)) pages.push(page)
  return pages
}

describe('a shop that reads its census itself', () => {
  it('is called by nobody but the census, and its records may come in any order', async () => {
    const { shop } = openExporting()
    const pages = await pagesOf(shop, null)
    expect(pages[1]?.orders.map(({ externalId }) => externalId)).toEqual(['1002', '1001'])
  })

  it('gets back what it noted, after an interruption', async () => {
    const { shop, memos } = openExporting()
    const [first] = await pagesOf(shop, null)
    const saved: unknown = JSON.parse(JSON.stringify(first?.cursor))
    await pagesOf(shop, saved as Cursor)
    expect(memos).toEqual([undefined, { ticket: 7 }])
  })

  it('has its roll call taken once all before the position are read', async () => {
    const { shop } = openExporting()
    const [waiting, whole] = await pagesOf(shop, null)
    expect(waiting?.rollCall?.placedFrom).toEqual(waiting?.rollCall?.placedBefore)
    expect(whole?.rollCall).toMatchObject({ placedFrom: new Date(0), externalIds: ['1002', '1001'] })
  })

  it('says in its cursor of a sweep, and not of a backfill, that it is one', async () => {
    const { shop } = openExporting()
    const eager = { ...shop, timing: { ...TIMING, sweep: { everyMs: 0, reachMs: 1e9 } } }
    const censuses = (await pagesOf(eager, null)).flatMap(({ cursor }) => cursor['census'] ?? [])
    expect(censuses).toEqual([
      expect.not.objectContaining({ isSweep: true }),
      expect.objectContaining({ isSweep: true, memo: { ticket: 7 } }),
    ])
  })
})
