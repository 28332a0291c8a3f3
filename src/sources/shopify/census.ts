import { z } from 'zod'
import { ContractError, RemoteRejectedError } from '../../core/errors.ts'
import type { Feed } from '../../reading/feed.ts'
import { type FeedPosition, type FeedStep, readFeed } from '../../reading/read-feed.ts'
import type { ShopifyClient } from './client.ts'
import { readExport } from './export-lines.ts'
import { awaitExport, startExport } from './export-operation.ts'
import { countOrders, createSliceFinder, MOST_COUNTED } from './export-slice.ts'
import type { ShopifyRecord } from './record.ts'
import type { ShopifySourceConfig } from './schema.ts'
import { searchBetween } from './search.ts'

type Step = FeedStep<ShopifyRecord>

/** What a census by exports needs to go on where another process stopped. */
const memoSchema = z.object({
  sliceBeforeMs: z.number(),
  operationId: z.string(),
  /** Orders of this export that were read and saved. */
  done: z.number(),
  /** Exports of this slice that came to nothing. */
  failures: z.number(),
})
type Memo = z.infer<typeof memoSchema>

const ORDERS_PER_STEP = 500
/** Then the slice is read in pages, which is slow and sure. */
const MOST_FAILURES = 3

/**
 * A census by bulk exports of slices of time, each small enough that its roll call fits into memory; by pages where few
 * orders are to be read.
 */
export function createCensusReader(
  client: ShopifyClient,
  { bulkFrom }: Pick<ShopifySourceConfig, 'bulkFrom'>,
  placed: Feed<ShopifyRecord>,
) {
  return async function* readCensus(start: FeedPosition, before: Date, signal: AbortSignal): AsyncGenerator<Step> {
    let memo = memoSchema.safeParse(start.memo).data ?? null
    const left = await countOrders(client, new Date(start.fromMs), before, signal)
    const total = left <= MOST_COUNTED ? { total: left - (memo?.done ?? 0) } : {}
    if (memo === null && left < bulkFrom) {
      for await (const step of readFeed(placed, start, before, signal)) yield { ...step, ...total }
      return
    }
    const findSlice = createSliceFinder(client)
    let fromMs = start.fromMs
    while (fromMs < before.getTime()) {
      const from = new Date(fromMs)
      const sliceBefore = memo === null ? await findSlice(from, before, signal) : new Date(memo.sliceBeforeMs)
      for await (const step of readSlice(from, sliceBefore, memo, signal)) yield { ...step, ...total }
      fromMs = sliceBefore.getTime()
      memo = null
    }
  }

  async function* readSlice(from: Date, before: Date, known: Memo | null, signal: AbortSignal): AsyncGenerator<Step> {
    let memo = known
    const stay = (records: readonly ShopifyRecord[]): Step => {
      const position: FeedPosition = { fromMs: from.getTime(), seen: [], ...(memo !== null && { memo }) }
      return { records, position, passed: [] }
    }
    for (let failures = memo?.failures ?? 0; failures < MOST_FAILURES; failures += 1) {
      if (memo === null) {
        const operationId = await startExport(client, searchBetween('processed_at', from, before), signal)
        memo = { sliceBeforeMs: before.getTime(), operationId, done: 0, failures }
        // Saved before anything is waited for, so that whoever goes on finds the export.
        yield stay([])
      }
      const outcome = await awaitExport(client, memo.operationId, signal)
      if (outcome.kind === 'ready') {
        const passed: string[] = []
        let records: ShopifyRecord[] = []
        let at = 0
        try {
          const exported = outcome.url === null ? [] : readExport(outcome.url, outcome.orders, signal)
          for await (const record of exported) {
            checkWithin(record, from, before)
            passed.push(record.externalId)
            at += 1
            if (at <= memo.done) continue
            records.push(record)
            if (records.length < ORDERS_PER_STEP) continue
            memo = { ...memo, done: at }
            yield stay(records)
            records = []
          }
          yield { records, position: { fromMs: before.getTime(), seen: [] }, passed }
          return
        } catch (error) {
          // The address has expired: the export has to be made anew.
          if (!(error instanceof RemoteRejectedError)) throw error
        }
      }
      memo = null
    }
    yield* readFeed(placed, { fromMs: from.getTime(), seen: [] }, before, signal)
  }
}

function checkWithin({ placedAt, externalId }: ShopifyRecord, from: Date, before: Date): void {
  if (placedAt < from || placedAt >= before) {
    throw new ContractError('reading a bulk export of Shopify orders: it holds an order that was not asked for', {
      id: externalId,
    })
  }
}
