import { type OrderState, placeOfOrder, type SourceOrder } from '../../src/core/orders/order.ts'
import type { FetchedOrders, Source } from '../../src/core/orders/source.ts'
import type { Feed, FeedWindow, Mapped, OrderNamed } from '../../src/reading/feed.ts'
import { readShop, type Shop, type Timing } from '../../src/reading/read-shop.ts'
import { type Book, type BookOrder, type BookTraits, createBook } from '../../src/sandbox/shop-server/book.ts'
import { createShopClock, type ShopClock } from '../../src/sandbox/shop-server/shop-clock.ts'

/** What a shop in memory is like. */
export interface MemoryShopOptions {
  readonly traits: BookTraits
  readonly pageSize: number
  readonly timing: Timing
  /** The step of the clock that the shop shows to others, as a `Date` header has seconds. */
  readonly clockStepMs?: number
  /** Feeds beside the changes. `trash` is for traits under which trashing moves the changed instant. */
  readonly named?: readonly ('refunds' | 'trash')[]
  /** Called before the shop looks at anything it is asked: a place for changes. */
  readonly onAsked?: () => void
}

/** A shop without a wire, for the reader. */
export interface MemoryShop {
  readonly shop: Shop<BookOrder>
  readonly source: Source
  readonly book: Book
  readonly clock: ShopClock
  /** So long after its instant a change made from now on becomes visible: its transaction is under way until then. */
  setLag(lagMs: number): void
  /** What the lists show at this moment. */
  visible(): readonly BookOrder[]
  /** Orders whose records cannot be read. */
  readonly broken: Set<number>
}

const START = new Date('2026-03-01T12:00:00Z')

/** An empty shop whose clock stands still until it is told to move. */
export function createMemoryShop(options: MemoryShopOptions): MemoryShop {
  const { traits, pageSize, timing, clockStepMs = 1, named = [], onAsked = () => undefined } = options
  const clock = createShopClock(START)
  const book = createBook(clock, traits)
  const rows = new Map<number, BookOrder>()
  const broken = new Set<number>()
  const pending: { readonly atMs: number; readonly id: number; readonly order: BookOrder | null }[] = []
  let lagMs = 0

  book.onChange((order, kind) => {
    // A transaction on an order that another one has locked is seen after it.
    const lockedMs = Math.max(0, ...pending.filter((one) => one.id === order.id).map((one) => one.atMs))
    const atMs = Math.max(clock.now().getTime() + lagMs, lockedMs)
    pending.push({ atMs, id: order.id, order: kind === 'destroy' ? null : order })
  })

  function visible(): readonly BookOrder[] {
    const nowMs = clock.now().getTime()
    for (const one of pending.filter(({ atMs }) => atMs <= nowMs)) {
      if (one.order === null) rows.delete(one.id)
      else rows.set(one.id, one.order)
      pending.splice(pending.indexOf(one), 1)
    }
    return [...rows.values()]
  }

  function feedOf<T>(
    what: string,
    list: () => readonly T[],
    idOf: (record: T) => string,
    instantOf: (record: T) => Date,
  ) {
    const feed: Feed<T> = {
      what,
      precisionMs: traits.precisionMs,
      idOf,
      instantOf,
      async fetchPage({ from, before, seen }: FeedWindow) {
        onAsked()
        const known = new Set(seen)
        const matching = list()
          .filter((record) => instantOf(record) >= from && instantOf(record) < before && !known.has(idOf(record)))
          .toSorted((a, b) => instantOf(a).getTime() - instantOf(b).getTime() || (idOf(a) < idOf(b) ? -1 : 1))
        const records = matching.slice(0, pageSize)
        return { records, isLast: matching.length <= pageSize, total: matching.length }
      },
    }
    return feed
  }

  const listed = () => visible().filter((order) => order.state !== 'trashed')
  const idOf = (order: BookOrder) => String(order.id)
  const refunds = () =>
    visible().flatMap(({ id, refunds: list }) =>
      list.map((refund): OrderNamed => ({ id: String(refund.id), orderId: String(id), at: refund.at })),
    )
  const trash = () =>
    visible()
      .filter((order) => order.state === 'trashed')
      .map((order): OrderNamed => ({ id: idOf(order), orderId: idOf(order), at: order.updatedAt }))
  const feeds = { refunds, trash }

  async function fetchOrders(externalIds: readonly string[]): Promise<FetchedOrders> {
    onAsked()
    const byId = new Map(listed().map((order) => [idOf(order), order]))
    const found = externalIds.flatMap((id) => byId.get(id) ?? [])
    const mapped = found.map((order) => toMapped(order, broken))
    return {
      orders: mapped.flatMap((one) => (one.kind === 'order' ? [one.order] : [])),
      rejected: mapped.flatMap((one) => (one.kind === 'rejected' ? [one.rejected] : [])),
      missing: externalIds.filter((id) => !byId.has(id)),
    }
  }

  const shop: Shop<BookOrder> = {
    meaning: 'memory',
    timing,
    async fetchNow() {
      onAsked()
      return new Date(Math.floor(clock.now().getTime() / clockStepMs) * clockStepMs)
    },
    placed: feedOf('orders by placedAt', listed, idOf, (order) => order.placedAt),
    changed: feedOf('orders by updatedAt', listed, idOf, (order) => order.updatedAt),
    named: Object.fromEntries(
      named.map((name) => [
        name,
        feedOf(
          name,
          feeds[name],
          (one) => one.id,
          (one) => one.at,
        ),
      ]),
    ),
    async mapOrders(records) {
      onAsked()
      return records.map((order) => toMapped(order, broken))
    },
    fetchOrders,
  }
  const source: Source = {
    name: 'shop',
    check: async () => [],
    readOrders: (from, signal) => readShop(shop, from, signal),
    fetchOrders,
  }
  const setLag = (ms: number) => {
    lagMs = ms
  }
  return { shop, source, book, clock, setLag, visible, broken }
}

function toMapped(order: BookOrder, broken: ReadonlySet<number>): Mapped {
  const externalId = String(order.id)
  if (!broken.has(order.id)) return { kind: 'order', order: bookToOrder(order) }
  return { kind: 'rejected', externalId, rejected: { place: placeOfOrder(externalId), reason: 'expected something' } }
}

/** What the ledger is to hold of an order of the book; a trashed one is deleted. */
export function bookToOrder(order: BookOrder): SourceOrder {
  const state: OrderState = order.state === 'trashed' ? 'deleted' : order.state
  return {
    externalId: String(order.id),
    placedAt: order.placedAt,
    updatedAt: order.updatedAt,
    currency: order.currency,
    totalMinor: order.totalMinor,
    state,
    test: order.test,
    customer: order.email === null ? null : { email: order.email },
    refunds: order.refunds.map(({ id, at, amountMinor }) => ({ externalId: String(id), refundedAt: at, amountMinor })),
  }
}
