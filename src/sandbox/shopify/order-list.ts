import type { Book, BookOrder } from '../shop-server/book.ts'
import type { Searchable } from './search.ts'
import { parseSearch } from './search.ts'

/** One page of a list. */
interface Page {
  readonly orders: readonly BookOrder[]
  readonly hasNextPage: boolean
}

/** Where a page begins: behind this instant and id, in the list's own order. */
interface Position {
  readonly ms: number
  readonly id: number
}

/** Shopify shows no more of a list than this. */
const DEEPEST = 25_000
const VISIBLE_MS = 60 * 86_400_000

/** The orders a key sees, sorted and searched. */
export interface OrderList {
  find(query: string | null | undefined): readonly BookOrder[]
  page(wish: {
    query?: string | null
    sortKey?: string
    first?: number
    after?: string | null
    reverse?: boolean
  }): Page
  get(id: number): BookOrder | null
}

/** `seesAll` and `nowMs` are asked anew every time: scopes change, and orders grow old. */
export function createOrderList(book: Book, seesAll: () => boolean, nowMs: () => number): OrderList {
  // A draft is no order yet; Shopify keeps it elsewhere.
  const isVisible = (order: BookOrder) =>
    order.state !== 'draft' && (seesAll() || order.placedAt.getTime() >= nowMs() - VISIBLE_MS)
  const sorted = new Map<string, readonly BookOrder[]>()
  book.onChange(() => sorted.clear())

  function inOrderOf(sortKey: string): readonly BookOrder[] {
    const known = sorted.get(sortKey)
    if (known !== undefined) return known
    const key = keyOf(sortKey)
    const fresh = [...book.orders.values()].sort((a, b) => key(a) - key(b) || a.id - b.id)
    sorted.set(sortKey, fresh)
    return fresh
  }

  function find(query: string | null | undefined, sortKey = 'PROCESSED_AT'): readonly BookOrder[] {
    const { matches } = parseSearch(query)
    return inOrderOf(sortKey).filter((order) => isVisible(order) && matches(toSearchable(order)))
  }

  return {
    find,
    get(id) {
      const order = book.orders.get(id)
      return order !== undefined && isVisible(order) ? order : null
    },
    page({ query, sortKey = 'PROCESSED_AT', first = 50, after, reverse = false }) {
      const key = keyOf(sortKey)
      const found = find(query, sortKey)
      const ordered = reverse ? found.toReversed() : found
      const at = after ? decodeCursor(after) : null
      const rest =
        at === null ? ordered : ordered.filter((order) => isBehind({ ms: key(order), id: order.id }, at, reverse))
      const orders = rest.slice(0, Math.min(first, DEEPEST))
      return { orders, hasNextPage: rest.length > orders.length }
    },
  }
}

/** Opaque to others: the sort value and id of an order. */
export function encodeCursor(order: BookOrder, sortKey: string): string {
  return Buffer.from(JSON.stringify({ ms: keyOf(sortKey)(order), id: order.id })).toString('base64')
}

function decodeCursor(cursor: string): Position {
  return JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')) as Position
}

function isBehind(one: Position, other: Position, reverse: boolean): boolean {
  const distance = one.ms - other.ms || one.id - other.id
  return reverse ? distance < 0 : distance > 0
}

function keyOf(sortKey: string): (order: BookOrder) => number {
  if (sortKey === 'UPDATED_AT') return (order) => order.updatedAt.getTime()
  if (sortKey === 'ID') return (order) => order.id
  return (order) => order.placedAt.getTime()
}

function toSearchable({ placedAt, updatedAt, test }: BookOrder): Searchable {
  return { created_at: placedAt, processed_at: placedAt, updated_at: updatedAt, test }
}
