import type { ListParameters } from './list-parameters.ts'
import type { SiteClock } from './site-clock.ts'

/** What a list is made of. */
export interface Row {
  readonly id: number
  readonly createdAt: Date
  readonly modifiedAt: Date
}

/** One page and how long the list is, as the headers say. */
export interface ListPage<T> {
  readonly rows: readonly T[]
  readonly total: number
  readonly totalPages: number
}

/** Filters, sorts and cuts as the storage does: `posts` keeps and sorts by wall-clock time, `hpos` by UTC. */
export function listRows<T extends Row>(
  rows: readonly T[],
  asked: ListParameters,
  clock: SiteClock,
  storage: 'hpos' | 'posts',
): ListPage<T> {
  const column = (instant: Date) => clock.columnOf(instant, asked.isGmt)
  const found = rows.filter(
    ({ id, createdAt, modifiedAt }) =>
      (asked.include?.has(id) ?? true) &&
      !asked.exclude.has(id) &&
      (asked.after === null || column(createdAt) > asked.after) &&
      (asked.before === null || column(createdAt) < asked.before) &&
      (asked.modifiedAfter === null || column(modifiedAt) > asked.modifiedAfter) &&
      (asked.modifiedBefore === null || column(modifiedAt) < asked.modifiedBefore),
  )
  const direction = asked.isAscending ? 1 : -1
  const sortKey = ({ createdAt, modifiedAt }: T): number => {
    if (asked.orderBy === 'date') return clock.columnOf(createdAt, storage === 'hpos')
    return asked.orderBy === 'modified' ? clock.columnOf(modifiedAt, storage === 'hpos') : 0
  }
  const sorted = found
    .map((row) => ({ row, key: sortKey(row) }))
    .sort((a, b) => direction * (a.key - b.key || a.row.id - b.row.id))
  const start = (asked.page - 1) * asked.perPage
  const page = sorted.slice(start, start + asked.perPage).map(({ row }) => row)
  // Behind the end the own tables no longer know how many there were.
  const total = storage === 'hpos' && page.length === 0 ? 0 : sorted.length
  return { rows: page, total, totalPages: Math.ceil(total / asked.perPage) }
}
