import { z } from 'zod'
import { ContractError, RemoteRejectedError, RemoteUnavailableError } from '../../core/errors.ts'
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
  /** Null: the next one is still to be started. */
  operationId: z.string().nullable(),
  /** Orders of this export that were read and saved. */
  done: z.number(),
  /** Exports of this slice that came to nothing, or were wrong. */
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
    let position = start
    while (position.fromMs < before.getTime()) {
      const from = new Date(position.fromMs)
      const sliceBefore = memo === null ? await findSlice(from, before, signal) : new Date(memo.sliceBeforeMs)
      for await (const step of readSlice(position, sliceBefore, memo, signal)) yield { ...step, ...total }
      position = { fromMs: sliceBefore.getTime(), seen: [] }
      memo = null
    }
  }

  async function* readSlice(
    start: FeedPosition,
    before: Date,
    known: Memo | null,
    signal: AbortSignal,
  ): AsyncGenerator<Step> {
    const from = new Date(start.fromMs)
    let memo: Memo = known ?? { sliceBeforeMs: before.getTime(), operationId: null, done: 0, failures: 0 }
    const stay = (records: readonly ShopifyRecord[]): Step => {
      return { records, position: { fromMs: start.fromMs, seen: [], memo }, passed: [] }
    }
    while (memo.failures < MOST_FAILURES) {
      const search = searchBetween('processed_at', from, before)
      const operationId: string = memo.operationId ?? (await startExport(client, search, signal))
      if (memo.operationId === null) {
        memo = { ...memo, operationId }
        // Saved before anything is waited for, so that whoever goes on finds the export.
        yield stay([])
      }
      const outcome = await awaitExport(client, operationId, signal)
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
            yield { ...stay(records), isExport: true }
            records = []
          }
          yield { records, position: { fromMs: before.getTime(), seen: [] }, passed, isExport: true }
          return
        } catch (error) {
          if (!isUseless(error)) throw error
        }
      }
      memo = { ...memo, operationId: null, done: 0, failures: memo.failures + 1 }
      // Saved, so that one that stays wrong is not downloaded for as long as Shopify keeps it.
      yield stay([])
    }
    const { seen } = start
    for await (const step of readFeed(placed, { fromMs: start.fromMs, seen }, before, signal)) {
      const isEnd = step.position.fromMs >= before.getTime()
      yield isEnd ? step : { ...step, position: { ...step.position, memo } }
    }
  }
}

/** Its address has expired, it is torn or does not answer, or it holds something else: it has to be made anew. */
function isUseless(error: unknown): boolean {
  return (
    error instanceof RemoteRejectedError || error instanceof RemoteUnavailableError || error instanceof ContractError
  )
}

function checkWithin({ placedAt, externalId }: ShopifyRecord, from: Date, before: Date): void {
  if (placedAt < from || placedAt >= before) {
    throw new ContractError('reading a bulk export of Shopify orders: it holds an order that was not asked for', {
      id: externalId,
    })
  }
}
