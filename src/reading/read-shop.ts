import type { Cursor, OrderPage, RollCall } from '../core/orders/page.ts'
import type { FetchedOrders } from '../core/orders/source.ts'
import type { Feed, Mapped, OrderNamed } from './feed.ts'
import { keepSince } from './keep-since.ts'
import { type FeedPosition, type FeedStep, readFeed } from './read-feed.ts'
import { parseShopCursor, type ShopCursor } from './shop-cursor.ts'
import { sortMapped } from './sort-mapped.ts'

/** A shop as the reader sees it: what it lists, and how far its clock and its lists can be trusted. */
export interface Shop<Order> {
  /** Fingerprint of the settings that change what records mean: another one begins at the beginning again. */
  readonly meaning: string
  /** The shop's own clock, from an answer's `Date` header. */
  fetchNow(signal: AbortSignal): Promise<Date>
  /** Orders in any state by when they were placed; this never changes, so a census by it is complete. */
  readonly placed: Feed<Order>
  /**
   * Reads a census by other means than pages of `placed`, such as a bulk export. Steps as `readFeed` gives them, except
   * that records may come in any order: `position` moves on once all before it are read, and `passed` then names them.
   */
  readCensus?(start: FeedPosition, before: Date, signal: AbortSignal): AsyncIterable<FeedStep<Order>>
  /** Orders by when they last changed. */
  readonly changed: Feed<Order>
  /** What changes an order without moving its changed instant, by name: refunds, the trash. */
  readonly named: Readonly<Record<string, Feed<OrderNamed>>>
  /** One outcome per record (there is one at least), in order; may ask the shop for more, per page rather than per record. */
  mapOrders(records: readonly Order[], signal: AbortSignal): Promise<readonly Mapped[]>
  fetchOrders(externalIds: readonly string[], signal: AbortSignal): Promise<FetchedOrders>
  readonly timing: Timing
}

/** How a shop is read over time. */
export interface Timing {
  /** What changed less long ago than this is left to the next reading: its transaction may still be under way. */
  readonly safetyMs: number
  /** How far before the end of the last window the next one begins. */
  readonly lookBackMs: number
  /** Orders placed within `reachMs` are read again every `everyMs`, for changes that move no instant. */
  readonly sweep: { readonly everyMs: number; readonly reachMs: number }
  /** Orders placed before this are not read, also when they change. */
  readonly since: Date
}

type Census = NonNullable<ShopCursor['census']>

const CHANGED = 'changed'
const EMPTY = { orders: [], refunds: [], rejected: [], skipped: 0, reading: 'live' } as const

/**
 * Pages of a shop from a saved cursor. From the beginning: a census of all orders by when they were placed, then
 * everything that changed since the census began. Later: the changes since the last time, what the named feeds name,
 * and, when it is due, a sweep, that is a census of the recent ones. Interrupted anywhere it goes on where it was.
 */
export async function* readShop<Order>(
  shop: Shop<Order>,
  from: Cursor | null,
  signal: AbortSignal,
): AsyncGenerator<OrderPage> {
  const { timing } = shop
  const nowMs = (await shop.fetchNow(signal)).getTime()
  const known = parseShopCursor(from, shop.meaning)
  let cursor = known ?? beginning(shop, nowMs)
  let opening: Pick<OrderPage, 'startsOver'> = known === null ? { startsOver: true } : {}
  let isSaved = true

  const toPage = (page: Partial<OrderPage>): OrderPage => {
    const whole: OrderPage = { ...EMPTY, ...page, cursor, ...opening }
    opening = {}
    isSaved = true
    return whole
  }

  if (cursor.census !== null) yield* takeCensus(cursor.census, known === null)
  yield* readChanged()
  for (const [name, feed] of Object.entries(shop.named)) yield* readNamed(name, feed)
  if (Math.abs(nowMs - cursor.censusAtMs) >= timing.sweep.everyMs) {
    const fromMs = floor(Math.max(timing.since.getTime(), nowMs - timing.sweep.reachMs), shop.placed.precisionMs)
    cursor = { ...cursor, censusAtMs: nowMs }
    yield* takeCensus({ fromMs, seen: [], beforeMs: nowMs, isSweep: true }, false)
  }
  if (!isSaved) yield toPage({})

  /** Every order placed in the census's range, with a roll call: who is stored and not named has left the shop. */
  async function* takeCensus(census: Census, isWhole: boolean): AsyncGenerator<OrderPage> {
    let placedFrom = new Date(census.fromMs)
    let done = 0
    const before = new Date(census.beforeMs)
    const steps = shop.readCensus?.(census, before, signal) ?? readFeed(shop.placed, census, before, signal)
    for await (const step of steps) {
      const { fromMs, seen, memo } = step.position
      const isEnd = fromMs >= census.beforeMs
      const rollCall: RollCall = { placedFrom, placedBefore: new Date(fromMs), externalIds: step.passed }
      placedFrom = rollCall.placedBefore
      const rest = { ...census, fromMs, seen: [...seen], memo }
      cursor = { ...cursor, census: isEnd ? null : rest }
      const mapped = step.records.length === 0 ? [] : await shop.mapOrders(step.records, signal)
      done += step.records.length
      const progress = { done, unit: 'orders' as const, ...(step.total !== undefined && { total: step.total }) }
      const reading = step.isExport ? 'export' : 'live'
      yield toPage({
        ...sortMapped(mapped),
        reading,
        rollCall,
        progress,
        ...(isWhole && isEnd && { completesReread: true }),
      })
    }
  }

  async function* readChanged(): AsyncGenerator<OrderPage> {
    for await (const records of readWindow(CHANGED, shop.changed)) {
      // Not `>=`: a date that cannot be read is for the mapping to complain of.
      const wanted = records.filter((record) => !(shop.placed.instantOf(record) < timing.since))
      yield toPage(sortMapped(wanted.length === 0 ? [] : await shop.mapOrders(wanted, signal)))
    }
  }

  async function* readNamed(name: string, feed: Feed<OrderNamed>): AsyncGenerator<OrderPage> {
    for await (const records of readWindow(name, feed)) {
      const ids = [...new Set(records.map((record) => record.orderId))]
      const { orders, rejected, missing } = keepSince(await shop.fetchOrders(ids, signal), timing.since)
      yield toPage({ orders, rejected, deleted: missing })
    }
  }

  /** What a feed has new, step by step; `cursor` already says so when a step is given. */
  async function* readWindow<T>(name: string, feed: Feed<T>): AsyncGenerator<readonly T[]> {
    const before = new Date(floor(nowMs - timing.safetyMs, feed.precisionMs))
    const start = startOf(cursor.changes[name], feed, timing, before.getTime())
    for await (const { records, position } of readFeed(feed, start, before, signal)) {
      const isDone = position.fromMs >= before.getTime()
      const change = { fromMs: position.fromMs, isDone }
      cursor = { ...cursor, changes: { ...cursor.changes, [name]: change } }
      isSaved = false
      if (records.length > 0) yield records
    }
  }
}

/**
 * A window that was read to its end is followed by one that overlaps it; one that was not goes on where it stopped. A
 * feed that the version which saved the cursor did not know is read from its beginning, and when the shop's clock was
 * set back, which makes changes older than what was read, as far back as a sweep goes.
 */
function startOf<T>(
  change: ShopCursor['changes'][string] | undefined,
  feed: Feed<T>,
  { lookBackMs, since, sweep }: Timing,
  beforeMs: number,
): FeedPosition {
  const from = (ms: number) => ({ fromMs: Math.max(0, floor(ms, feed.precisionMs)), seen: [] })
  if (change === undefined) return from(since.getTime())
  if (change.fromMs - lookBackMs > beforeMs) return from(beforeMs - sweep.reachMs)
  // Without `seen`: this window reaches further, and what was read may have changed into it.
  return from(change.isDone ? change.fromMs - lookBackMs : change.fromMs)
}

/** Changes are read as if a window had just ended: what is not visible yet when the census reads is found in the next. */
function beginning<Order>({ meaning, placed, changed, named, timing }: Shop<Order>, nowMs: number): ShopCursor {
  const atMs = floor(nowMs, placed.precisionMs)
  const feeds: Readonly<Record<string, Feed<Order> | Feed<OrderNamed>>> = { [CHANGED]: changed, ...named }
  const changes: ShopCursor['changes'] = {}
  for (const [name, { precisionMs }] of Object.entries(feeds)) {
    changes[name] = { fromMs: floor(atMs - timing.safetyMs, precisionMs), isDone: true }
  }
  const census = { fromMs: floor(timing.since.getTime(), placed.precisionMs), seen: [], beforeMs: atMs }
  return { v: 1, meaning, census, censusAtMs: nowMs, changes }
}

function floor(ms: number, stepMs: number): number {
  return Math.floor(ms / stepMs) * stepMs
}
