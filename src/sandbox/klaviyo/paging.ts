import type { Answer, Call } from './answer.ts'
import { invalidParameter, refuse } from './errors.ts'
import { passes } from './filters.ts'

/** What the generic listing has to know about a resource: its name and the values that filters and sorts look at. */
export interface Listing<T> {
  idOf(item: T): string
  valueOf(item: T, field: string): string | number | boolean | null
  /** Fields whose filters are already applied, or accepted and not applied. */
  readonly skipFilters?: readonly string[]
}

/** One page of a collection, with the addresses of its neighbours; null when there is none. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly links: Readonly<Record<string, string | null>>
}

/** Filters and sorts a whole collection as the call asks, and cuts out its page. A wrong cursor is a 400. */
export function listPage<T>(all: readonly T[], call: Call, listing: Listing<T>): Page<T> | Answer {
  const { filters, sort } = call.query
  let items = all
  for (const filter of filters) {
    if (listing.skipFilters?.includes(filter.field) === true) continue
    items = items.filter((item) => passes(filter, listing.valueOf(item, filter.field)))
  }
  if (sort !== null) {
    const field = sort.replace(/^-/, '')
    const sign = sort.startsWith('-') ? -1 : 1
    items = items.toSorted((a, b) => sign * compare(listing.valueOf(a, field), listing.valueOf(b, field)))
  }
  return cutPage(items, call, listing.idOf)
}

/** Cuts the page that the call's cursor and size ask for out of a collection already filtered and sorted. */
export function cutPage<T>(items: readonly T[], call: Call, idOf: (item: T) => string): Page<T> | Answer {
  const { cursor, pageSize } = call.query
  const start = cursor === null ? 0 : startAfter(items, cursor, idOf)
  if (start === null) return refuse(invalidParameter('Invalid page cursor.', 'page[cursor]'))
  const end = Math.min(start + pageSize, items.length)
  const addressAfter = (index: number) => {
    const item = items[index]
    return withCursor(call.self, item === undefined ? null : toCursor(index, idOf(item)))
  }
  const next = end < items.length ? addressAfter(end - 1) : null
  const prev = start > 0 ? addressAfter(start - pageSize - 1) : null
  return { items: items.slice(start, end), links: { self: call.self, next, prev } }
}

/** The item may have left since; then the next one has slid into its place. */
function startAfter<T>(items: readonly T[], cursor: string, idOf: (item: T) => string): number | null {
  const [, index, id] = /^next::(\d+)::(.+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (index === undefined || id === undefined) return null
  const guess = items[Number(index)]
  if (guess !== undefined && idOf(guess) === id) return Number(index) + 1
  const found = items.findIndex((item) => idOf(item) === id)
  return found === -1 ? Math.min(Number(index), items.length) : found + 1
}

function toCursor(index: number, id: string): string {
  return Buffer.from(`next::${index}::${id}`).toString('base64url')
}

function withCursor(self: string, cursor: string | null): string {
  const url = new URL(self)
  if (cursor === null) url.searchParams.delete('page[cursor]')
  else url.searchParams.set('page[cursor]', cursor)
  return url.href
}

function compare(a: string | number | boolean | null, b: string | number | boolean | null): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? -1 : 1
  return a < b ? -1 : 1
}
