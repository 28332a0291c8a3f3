import type { ShownOrder } from './shown-order.ts'

/** An instant in a filter, in µs since 1970. */
interface DateOperators {
  readonly eq?: number
  readonly before?: number
  readonly after?: number
  readonly between?: { readonly start: number; readonly end: number }
  readonly isNull?: boolean
}

interface TextOperators {
  readonly eq?: string
  readonly notEq?: string
  readonly in?: readonly string[]
  readonly notIn?: readonly string[]
  readonly isNull?: boolean
}

/** The input type `OrderListOptions`, checked by the schema. */
export interface ListOptions {
  readonly skip?: number
  readonly take?: number
  readonly sort?: Readonly<Partial<Record<SortField, 'ASC' | 'DESC'>>>
  readonly filter?: {
    readonly id?: TextOperators
    readonly createdAt?: DateOperators
    readonly updatedAt?: DateOperators
    readonly orderPlacedAt?: DateOperators
    readonly type?: TextOperators
    readonly state?: TextOperators
    readonly active?: { readonly eq?: boolean }
  }
}

/** In the order of the input type, which is the order in which several are applied: with id, nothing else sorts. */
const SORT_FIELDS = ['id', 'createdAt', 'updatedAt', 'orderPlacedAt'] as const
type SortField = (typeof SORT_FIELDS)[number]

/** A page of the rows that a filter lets through, and how many it lets through in all. */
export function listOrders(
  rows: readonly ShownOrder[],
  { skip = 0, take = 1000, sort = {}, filter = {} }: ListOptions,
): { readonly items: readonly ShownOrder[]; readonly totalItems: number } {
  const passed = rows.filter(
    (row) =>
      isText(String(row.id), filter.id) &&
      isText(row.type, filter.type) &&
      isText(row.state, filter.state) &&
      (filter.active?.eq === undefined || row.active === filter.active.eq) &&
      isDate(row.createdAt, filter.createdAt) &&
      isDate(row.updatedAt, filter.updatedAt) &&
      isDate(row.orderPlacedAt, filter.orderPlacedAt),
  )
  const given = SORT_FIELDS.filter((field) => sort[field] !== undefined)
  const fields = given.length === 0 ? (['id'] as const) : given
  const sorted = passed.toSorted((a, b) => {
    for (const field of fields) {
      const difference = (a[field] ?? Number.POSITIVE_INFINITY) - (b[field] ?? Number.POSITIVE_INFINITY)
      if (difference !== 0 && !Number.isNaN(difference)) return sort[field] === 'DESC' ? -difference : difference
    }
    // Ties are in no order that anybody could rely on.
    return ((a.id * 31) % 17) - ((b.id * 31) % 17)
  })
  return { items: sorted.slice(skip, skip + take), totalItems: passed.length }
}

function isText(value: string, operators: TextOperators = {}): boolean {
  return (
    (operators.eq === undefined || value === operators.eq) &&
    (operators.notEq === undefined || value !== operators.notEq) &&
    (operators.in === undefined || operators.in.includes(value)) &&
    (operators.notIn === undefined || !operators.notIn.includes(value)) &&
    operators.isNull !== true
  )
}

/** `after` and `before` are strict, `between` is not; nothing compares with null. */
function isDate(value: number | null, operators: DateOperators = {}): boolean {
  const { eq, before, after, between, isNull } = operators
  if (isNull !== undefined && isNull !== (value === null)) return false
  if (value === null) return [eq, before, after, between].every((operator) => operator === undefined)
  return (
    (eq === undefined || value === eq) &&
    (before === undefined || value < before) &&
    (after === undefined || value > after) &&
    (between === undefined || (value >= between.start && value <= between.end))
  )
}
