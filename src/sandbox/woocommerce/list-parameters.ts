import { invalidParameter } from './failure.ts'
import type { SiteClock } from './site-clock.ts'

const ORDER_BY = ['date', 'id', 'include', 'title', 'slug', 'modified'] as const

/** What a list is asked for. Bounds are digits of a column, both exclusive. */
export interface ListParameters {
  readonly page: number
  readonly perPage: number
  readonly isAscending: boolean
  readonly orderBy: (typeof ORDER_BY)[number]
  readonly isGmt: boolean
  readonly after: number | null
  readonly before: number | null
  readonly modifiedAfter: number | null
  readonly modifiedBefore: number | null
  /** Null: not asked for by id. */
  readonly include: ReadonlySet<number> | null
  readonly exclude: ReadonlySet<number>
  readonly statuses: readonly string[]
}

/** Parameters as WordPress reads them: unknown ones do not matter, known ones are checked. @throws Failure 400. */
export function parseListParameters(
  query: ReadonlyMap<string, string>,
  clock: SiteClock,
  knownStatuses: readonly string[],
): ListParameters {
  const bound = (name: string): number | null => {
    const text = query.get(name)
    if (text === undefined) return null
    const digits = clock.parseBound(text)
    if (digits === null) throw invalidParameter(name, 'Invalid date.')
    return digits
  }
  const oneOf = <T extends string>(name: string, allowed: readonly T[], otherwise: T): T => {
    const text = query.get(name) ?? otherwise
    const found = allowed.find((value) => value === text)
    if (found === undefined) throw invalidParameter(name, `${name} is not one of ${allowed.join(', ')}.`)
    return found
  }
  const statuses = (query.get('status') ?? 'any').split(',').map((status) => status.trim())
  if (statuses.some((status) => !['any', 'trash', ...knownStatuses].includes(status))) {
    throw invalidParameter('status', `status[0] is not one of any, trash, ${knownStatuses.join(', ')}.`)
  }
  const include = query.get('include')
  return {
    page: wholeNumber(query, 'page', 1, Number.MAX_SAFE_INTEGER, 1),
    perPage: wholeNumber(query, 'per_page', 1, 100, 10),
    isAscending: oneOf('order', ['asc', 'desc'], 'desc') === 'asc',
    orderBy: oneOf('orderby', ORDER_BY, 'date'),
    isGmt: ['true', '1'].includes(query.get('dates_are_gmt') ?? ''),
    after: bound('after'),
    before: bound('before'),
    modifiedAfter: bound('modified_after'),
    modifiedBefore: bound('modified_before'),
    include: include === undefined || include === '' ? null : toIds(include),
    exclude: toIds(query.get('exclude') ?? ''),
    statuses,
  }
}

/** The `dp` of a request; 2 decimals are the shop's own. */
export function decimalsOf(query: ReadonlyMap<string, string>): number {
  return wholeNumber(query, 'dp', 0, 10, 2)
}

function wholeNumber(
  query: ReadonlyMap<string, string>,
  name: string,
  least: number,
  most: number,
  otherwise: number,
): number {
  const text = query.get(name)
  if (text === undefined) return otherwise
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw invalidParameter(name, `${name} must be between ${least} (inclusive) and ${most} (inclusive)`)
  }
  return value
}

function toIds(text: string): Set<number> {
  return new Set(text.split(/[\s,]+/).flatMap((part) => (/^\d+$/.test(part) ? [Number(part)] : [])))
}
