import type { Matrix, MatrixCell } from './matrix.ts'
import { isWhole, type Overview, type PeriodNumbers } from './overview.ts'
import { LATELY } from './period.ts'
import { type NothingToCompare, type PeriodChange, sayChange } from './period-change.ts'
import { type PeriodGap, type PeriodGaps, sayGaps, toGap } from './period-gap.ts'

/** The largest 1 % is at least one whole order from here on. */
export const MIN_ORDERS_FOR_TOP = 100
/**
 * Orders of a common shop are log-normal with σ up to 1: their largest 1 % make up to 8 % of the AOV. What is more than
 * this is made by orders of another kind, as by resellers.
 */
export const LARGE_TOP_SHARE = 0.1
/** Fewer orders without an address than this do not move what is said of the others. */
export const LARGE_ANONYMOUS_SHARE = 0.05

/** One thing that can be said of a shop, with its figures; money in minor units. `src/page/words` says it. */
export type Statement =
  | { readonly rule: 'no-orders' }
  /** Nothing is compared yet: the only period there is still runs. */
  | { readonly rule: 'nothing-over'; readonly period: string }
  /** The present period still runs, and is part of no comparison. */
  | { readonly rule: 'running'; readonly period: string }
  /** Finished periods from this one on that the shop was not read to the end of: they are part of no comparison. */
  | { readonly rule: 'unread'; readonly period: string; readonly periods: number }
  /** Finished periods from this one on that are still to be computed: they are part of no comparison. */
  | { readonly rule: 'uncomputed'; readonly period: string; readonly periods: number }
  /** By period: the first of the data, in which everybody is new because nothing is known of before. */
  | { readonly rule: 'all-new'; readonly period: string }
  /** By rank: the first period of the data, in which the first order that is known of somebody need not be their first. */
  | { readonly rule: 'history-begins'; readonly period: string }
  | PeriodChange
  | NothingToCompare
  /** The last finished period. */
  | ({ readonly rule: 'gap' } & PeriodGap)
  | PeriodGaps
  /** What to do, about which customers. */
  | { readonly rule: 'advice'; readonly because: 'low-first-orders' | 'high-first-orders'; readonly cell: MatrixCell }
  /** Recurring customers who spend less: no fault where a dear first purchase is followed by supplies. */
  | { readonly rule: 'normal-for-technical-goods'; readonly cell: MatrixCell }
  /** How much of the last finished period's AOV its largest orders make. */
  | {
      readonly rule: 'largest-orders'
      readonly period: string
      readonly orders: number
      readonly topOrders: number
      readonly aovMinor: number
      readonly aovWithoutMinor: number
      /** What the AOV loses without them, as a share of it. */
      readonly share: number
      readonly verdict: 'large' | 'common'
    }
  | { readonly rule: 'too-few-for-largest'; readonly period: string; readonly orders: number }
  /** How few customers are at or above the store's AOV, which few large ones pull up. */
  | {
      readonly rule: 'few-above'
      readonly thresholdMinor: number
      readonly customers: number
      readonly above: number
      readonly share: number
    }
  /** Orders of nobody known, which are neither new nor recurring. */
  | { readonly rule: 'anonymous'; readonly period: string; readonly orders: number; readonly share: number }

/**
 * What can be said of a shop, the most telling first. Only finished periods are compared, and none beyond what its orders
 * allow. Periods before `since` are only what others are compared with.
 */
export function toStatements(overview: Overview, matrix: Matrix, since = ''): readonly Statement[] {
  const { by, definition, periods } = overview
  const last = periods.at(-1)
  if (last === undefined) return [{ rule: 'no-orders' }]
  const over = periods.filter((one) => isWhole(one) && one.period >= since)
  const current = over.at(-1)
  const unread = periods.filter(({ isOver, isRead, period }) => isOver && !isRead && period >= since)
  const uncomputed = periods.filter((one) => one.isOver && one.isRead && !one.isComputed && one.period >= since)
  // Orders may be dated in periods to come.
  const present = periods.find(({ isOver }) => !isOver)
  const running: Statement[] = present === undefined ? [] : [{ rule: 'running', period: present.period }]
  // By other settings, or from before: the customers are no better known than the periods.
  if (current === undefined && uncomputed.length > 0) return [...sayUncomputed(uncomputed), ...sayUnread(unread)]
  if (current === undefined && unread.length > 0) return [...sayUnread(unread), ...sayFewAbove(matrix)]
  if (current === undefined) return [{ rule: 'nothing-over', period: (present ?? last).period }, ...sayFewAbove(matrix)]
  const lately = over.slice(-LATELY[by])
  const told = lately.filter(({ isFirst }) => !isFirst).map(toGap)
  const gaps = sayGaps(told)
  const gap = told.find(({ period }) => period === current.period)
  return [
    ...(gap === undefined ? [] : [{ rule: 'gap' as const, ...gap }]),
    ...gaps,
    ...gaps.flatMap(({ verdict }) => sayAdvice(verdict, matrix)),
    sayChange(overview, current, 'before'),
    sayChange(overview, current, 'year-before'),
    ...sayLargest(current),
    ...sayFewAbove(matrix),
    ...sayAnonymous(current),
    ...lately.filter(({ isFirst }) => isFirst).map(({ period }): Statement => ({ rule: FIRST[definition], period })),
    ...sayUncomputed(uncomputed),
    ...sayUnread(unread),
    ...running,
  ]
}

function sayUnread(unread: readonly PeriodNumbers[]): Statement[] {
  const [first] = unread
  return first === undefined ? [] : [{ rule: 'unread', period: first.period, periods: unread.length }]
}

function sayUncomputed(uncomputed: readonly PeriodNumbers[]): Statement[] {
  const [first] = uncomputed
  return first === undefined ? [] : [{ rule: 'uncomputed', period: first.period, periods: uncomputed.length }]
}

const FIRST = { period: 'all-new', rank: 'history-begins' } as const

/** The practice: low first orders ask for an upsell, high ones for care; recurring customers who spend less may be normal. */
function sayAdvice(verdict: PeriodGaps['verdict'], { cells }: Matrix): Statement[] {
  const cell = (customerType: MatrixCell['customerType'], side: MatrixCell['side']) =>
    cells.filter((one) => one.customerType === customerType && one.side === side && one.customers > 0)
  if (verdict === 'more') {
    return cell('new', 'below').map((one) => ({ rule: 'advice', because: 'low-first-orders', cell: one }))
  }
  if (verdict !== 'less') return []
  return [
    ...cell('new', 'above').map((one): Statement => ({ rule: 'advice', because: 'high-first-orders', cell: one })),
    ...cell('recurring', 'below').map((one): Statement => ({ rule: 'normal-for-technical-goods', cell: one })),
  ]
}

function sayLargest({ period, identified, topShare }: PeriodNumbers): Statement[] {
  const { orders, aovMinor } = identified
  if (orders < MIN_ORDERS_FOR_TOP) return [{ rule: 'too-few-for-largest', period, orders }]
  if (topShare === null || aovMinor === null || aovMinor <= 0) return []
  const { orders: topOrders, aovWithoutMinor } = topShare
  const share = (aovMinor - aovWithoutMinor) / aovMinor
  const verdict = share >= LARGE_TOP_SHARE ? 'large' : 'common'
  return [{ rule: 'largest-orders', period, orders, topOrders, aovMinor, aovWithoutMinor, share, verdict }]
}

function sayFewAbove({ thresholdMinor, cells }: Matrix): Statement[] {
  const customers = cells.reduce((sum, cell) => sum + cell.customers, 0)
  const above = cells.reduce((sum, cell) => sum + (cell.side === 'above' ? cell.customers : 0), 0)
  const share = above / customers
  if (thresholdMinor === null || customers === 0 || share >= 0.5) return []
  return [{ rule: 'few-above', thresholdMinor, customers, above, share }]
}

function sayAnonymous({ period, identified, anonymous }: PeriodNumbers): Statement[] {
  const share = anonymous.orders / (identified.orders + anonymous.orders)
  return share >= LARGE_ANONYMOUS_SHARE ? [{ rule: 'anonymous', period, orders: anonymous.orders, share }] : []
}
