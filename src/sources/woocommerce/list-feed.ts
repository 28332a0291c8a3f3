import { ContractError } from '../../core/errors.ts'
import type { Feed, FeedPage, FeedWindow } from '../../reading/feed.ts'
import type { WoocommerceClient } from './client.ts'
import { type InstantList, type Span, toSpanQuery } from './list-query.ts'
import { type Listed, toListed } from './listed.ts'
import { readWhole } from './read-whole.ts'

const SECOND_MS = 1000
/** More ids than this make an address longer than servers take. */
const MOST_EXCLUDED = 400
/** So many hidden records would mean that the list is in no order at all. */
const MOST_HIDDEN = 5_000

/** Reads a list oldest first: always its first page, from a lower bound that the reader moves forward. */
export function createListFeed(client: WoocommerceClient, list: InstantList): Feed<Listed> {
  const what = `reading ${list.what}`
  const at = (listed: Listed) => listed[list.by].getTime()

  async function fetchPage(window: FeedWindow, signal: AbortSignal): Promise<FeedPage<Listed>> {
    if (window.seen.length > MOST_EXCLUDED) return await passSecond(window, signal)
    const answer = await client.fetchList({ path: list.path, query: toFirstPage(window), what, signal })
    const records = fillGaps(
      answer.records.map((record) => toListed(record, what)),
      window.from,
    )
    const isLast = answer.totalPages <= 1
    // Loud errors of the reader: a filter that is ignored, an order that is none.
    if (records.some((listed) => at(listed) < window.from.getTime()) || !isInOrder(records)) {
      return { records, isLast, total: answer.total }
    }
    const sorted = records.toSorted((a, b) => at(a) - at(b))
    const complete = isLast ? sorted : await withHidden(sorted, window, signal)
    return { records: complete, isLast, total: answer.total }
  }

  function toFirstPage(window: FeedWindow): Record<string, string> {
    return {
      ...toSpanQuery(list, window),
      orderby: list.by === 'created' ? 'date' : 'modified',
      order: 'asc',
      page: '1',
      ...(window.seen.length > 0 && { exclude: window.seen.join(',') }),
    }
  }

  /** A second with more records than can be left out by name is over long ago: it is read whole, and what follows with it. */
  async function passSecond({ from, before }: FeedWindow, signal: AbortSignal): Promise<FeedPage<Listed>> {
    const next = new Date(from.getTime() + SECOND_MS)
    const second = await readWhole(client, list, { from, before: next }, signal)
    const rest =
      next < before ? await fetchPage({ from: next, before, seen: [] }, signal) : { records: [], isLast: true }
    return { records: [...fillGaps(second, from), ...rest.records], isLast: rest.isLast }
  }

  /**
   * With posts storage lists are in the order of the shop's wall clock. When it is set back, records of the hour before
   * stand behind those of the hour after, on a page that would never be asked for. So the shop is asked how many there
   * are up to the last one of a page; are there more than we have, all of them are read.
   */
  async function withHidden(sorted: Listed[], window: FeedWindow, signal: AbortSignal): Promise<Listed[]> {
    const last = sorted.at(-1)
    if (last === undefined || at(last) <= window.from.getTime()) return sorted
    const span: Span = { from: window.from, before: new Date(Math.min(at(last), window.before.getTime())) }
    const query = { ...toFirstPage({ ...span, seen: window.seen }), _fields: 'id', per_page: '1' }
    const { total } = await client.fetchList({ path: list.path, query, what, signal })
    const inSpan = sorted.filter((listed) => listed[list.by] < span.before)
    if (total <= inSpan.length) return sorted
    if (total > inSpan.length + MOST_HIDDEN) {
      throw new ContractError(`${what}: the shop's records are not oldest first, as asked for`, { total })
    }
    const whole = await readWhole(client, list, span, signal)
    const known = new Set(whole.map(({ id }) => id))
    const beyond = sorted.filter((listed) => !known.has(listed.id))
    return [...fillGaps(whole, span.from), ...beyond].toSorted((a, b) => at(a) - at(b))
  }

  /** By either clock: which one depends on how the shop stores orders. */
  function isInOrder(records: readonly Listed[]): boolean {
    const ascends = (key: (listed: Listed) => number | string) =>
      records.every((listed, index) => index === 0 || key(records[index - 1] ?? listed) <= key(listed))
    return ascends(at) || ascends(({ local }) => local[list.by])
  }

  /** A record without a date is one dead letter, no reason to stop: it takes the date of its neighbour. */
  function fillGaps(records: readonly Listed[], from: Date): Listed[] {
    let former = from
    return records.map((listed) => {
      former = Number.isNaN(at(listed)) ? former : listed[list.by]
      return { ...listed, [list.by]: former }
    })
  }

  return {
    what: list.what,
    precisionMs: SECOND_MS,
    fetchPage,
    idOf: ({ id }) => id,
    instantOf: (listed) => listed[list.by],
  }
}
