import { ContractError } from '../core/errors.ts'
import type { Feed } from './feed.ts'

/** How far a feed has been read: everything before `fromMs` (epoch), and at it what `seen` names. JSON. */
export interface FeedPosition {
  readonly fromMs: number
  readonly seen: readonly string[]
  /** What a shop's own census needs to go on in the middle, such as the id of an export. JSON; only the shop reads it. */
  readonly memo?: Readonly<Record<string, unknown>> | undefined
}

/** One step through a feed. */
export interface FeedStep<T> {
  readonly records: readonly T[]
  /** Where the next step begins, once these records are saved. */
  readonly position: FeedPosition
  /** Ids of all records in `[from of the step before, position.fromMs)`, also those of earlier steps. */
  readonly passed: readonly string[]
  /** How many records there were to read when this reading began. */
  readonly total?: number
  /** The records are of a copy that the shop made some time ago. */
  readonly isExport?: true
}

/**
 * Reads a feed's window `[position, before)` oldest first, by moving its lower bound to the last instant read and
 * leaving out what was read at that instant. A record that changes meanwhile moves towards the end or out of the
 * window; it never makes another one be skipped, and is found by the next reading. Ends with a step whose position is
 * `before`; there is at least one step.
 * @throws ContractError when the shop does not keep to the filter or the order asked for.
 */
export async function* readFeed<T>(
  feed: Feed<T>,
  start: FeedPosition,
  before: Date,
  signal: AbortSignal,
): AsyncGenerator<FeedStep<T>> {
  let { fromMs, seen } = start
  const beforeMs = before.getTime()
  let done = 0
  let beyond = ''
  while (fromMs < beforeMs) {
    const page = await feed.fetchPage({ from: new Date(fromMs), before, seen }, signal)
    const known = new Set(seen)
    // Shops choose ids first and load rows then: what was saved in between shows a later instant, anywhere on the page.
    const within = page.records.filter((record) => !(feed.instantOf(record).getTime() >= beforeMs))
    const records = checkRecords(feed, within, fromMs).filter((record) => !known.has(feed.idOf(record)))
    if (!page.isLast && records.length === 0) {
      const ids = page.records.map(feed.idOf).join()
      if (within.length > 0 || ids === '') {
        throw new ContractError(`reading ${feed.what}: the shop says there is more, and gives nothing new`)
      }
      // Saved in between, all of them, or beyond the end of the window? Asked again, the former are not there.
      if (ids !== beyond) {
        beyond = ids
        continue
      }
      checkRecords(feed, page.records, fromMs)
    }
    const last = records.at(-1)
    const isEnd = page.isLast || last === undefined
    const lastMs = isEnd ? beforeMs : feed.instantOf(last).getTime()
    const isAtLast = (record: T) => feed.instantOf(record).getTime() === lastMs
    const passed = [...(lastMs > fromMs ? seen : []), ...records.filter((r) => !isAtLast(r)).map(feed.idOf)]
    seen = [...(lastMs > fromMs ? [] : seen), ...records.filter(isAtLast).map(feed.idOf)]
    fromMs = lastMs
    // A page counts what is left from where it begins.
    const total = page.total === undefined ? {} : { total: done + page.total }
    done += records.length
    yield { records, position: { fromMs, seen }, passed, ...total }
  }
}

/** Never trust a filter: some shops answer an unknown one with everything, and a wrong order would move us past records. */
function checkRecords<T>(feed: Feed<T>, records: readonly T[], fromMs: number): readonly T[] {
  let formerMs = fromMs
  for (const record of records) {
    const ms = feed.instantOf(record).getTime()
    if (!Number.isFinite(ms) || ms < fromMs) {
      throw new ContractError(
        `reading ${feed.what}: the shop gave a record from before what was asked for; it seems to ignore the filter`,
        { id: feed.idOf(record) },
      )
    }
    if (ms < formerMs) {
      throw new ContractError(`reading ${feed.what}: the shop's records are not oldest first, as asked for`, {
        id: feed.idOf(record),
      })
    }
    formerMs = ms
  }
  return records
}
