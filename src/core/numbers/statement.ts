import type { Matrix, MatrixCell } from './matrix.ts'
import { type Interval, isWhole, type Overview, type PeriodNumbers } from './overview.ts'
import { LATELY, shiftPeriod, yearBefore } from './period.ts'

/**
 * The share of those periods that has to say the same before it is taken for how the shop is. At 95 % one period in twenty
 * differs by chance alone, so a single one says nothing.
 */
export const CONSISTENT_SHARE = 0.5
/** The largest 1 % is at least one whole order from here on. */
export const MIN_ORDERS_FOR_TOP = 100
/**
 * Orders of a common shop are log-normal with σ up to 1: their largest 1 % make up to 8 % of the AOV. What is more than
 * this is made by orders of another kind, as by resellers.
 */
export const LARGE_TOP_SHARE = 0.1
/** Fewer orders without an address than this do not move what is said of the others. */
export const LARGE_ANONYMOUS_SHARE = 0.05

/** Of recurring customers against new: they spent more or less per order, the difference may be chance, or nobody can tell. */
type GapVerdict = 'more' | 'less' | 'noise' | 'too-few'

/** Recurring against new customers in one period. Minor units. */
interface PeriodGap {
  readonly period: string
  readonly newOrders: number
  readonly recurringOrders: number
  readonly newAovMinor: number | null
  readonly recurringAovMinor: number | null
  /** AOV(recurring) − AOV(new); null without orders of either. */
  readonly gapMinor: number | null
  readonly interval: Interval | null
  readonly verdict: GapVerdict
}

/** A number in one period and in the one it is compared with; null: no orders. */
interface Change {
  readonly from: number | null
  readonly to: number | null
}

/** One thing that can be said of a shop, with its figures; money in minor units. `src/page/words` says it. */
export type Statement =
  | { readonly rule: 'no-orders' }
  /** Nothing is compared yet: the only period there is still runs. */
  | { readonly rule: 'nothing-over'; readonly period: string }
  /** The present period still runs, and is part of no comparison. */
  | { readonly rule: 'running'; readonly period: string }
  /** Finished periods from this one on that the shop was not read to the end of: they are part of no comparison. */
  | { readonly rule: 'unread'; readonly period: string; readonly periods: number }
  /** By period: the first of the data, in which everybody is new because nothing is known of before. */
  | { readonly rule: 'all-new'; readonly period: string }
  /** By rank: the first period of the data, in which the first order that is known of somebody need not be their first. */
  | { readonly rule: 'history-begins'; readonly period: string }
  /** The last finished period against another one. */
  | {
      readonly rule: 'change'
      readonly against: 'before' | 'year-before'
      readonly period: string
      readonly other: string
      readonly aovMinor: Change
      /** 95 % interval of the difference of the AOV; null: not enough orders to tell. */
      readonly aovInterval: Interval | null
      readonly aovVerdict: 'up' | 'down' | 'noise' | 'too-few'
      readonly customers: Change
      readonly orders: Change
      /** Orders per customer. */
      readonly frequency: Change
      readonly revenueMinor: Change
    }
  /** Why the last finished period is not compared: the other lies before the data, or is their first, perhaps cut off. */
  | {
      readonly rule: 'nothing-to-compare'
      readonly against: 'before' | 'year-before'
      readonly period: string
      readonly reason: 'before-the-data' | 'first-period'
    }
  /** The last finished period. */
  | ({ readonly rule: 'gap' } & PeriodGap)
  /** The finished periods of late, the first of the data left out; `mixed`: some more, some less, or most of them noise. */
  | {
      readonly rule: 'gaps'
      readonly periods: readonly PeriodGap[]
      readonly more: number
      readonly less: number
      readonly noise: number
      readonly tooFew: number
      readonly verdict: GapVerdict | 'mixed'
    }
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
  // Orders may be dated in periods to come.
  const present = periods.find(({ isOver }) => !isOver)
  const running: Statement[] = present === undefined ? [] : [{ rule: 'running', period: present.period }]
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
    sayChange(overview, current, 'before', shiftPeriod(current.period, by, -1)),
    sayChange(overview, current, 'year-before', yearBefore(current.period, by)),
    ...sayLargest(current),
    ...sayFewAbove(matrix),
    ...sayAnonymous(current),
    ...lately.filter(({ isFirst }) => isFirst).map(({ period }): Statement => ({ rule: FIRST[definition], period })),
    ...sayUnread(unread),
    ...running,
  ]
}

function sayUnread(unread: readonly PeriodNumbers[]): Statement[] {
  const [first] = unread
  return first === undefined ? [] : [{ rule: 'unread', period: first.period, periods: unread.length }]
}

const FIRST = { period: 'all-new', rank: 'history-begins' } as const

function toGap({ period, new: fresh, recurring, gap }: PeriodNumbers): PeriodGap {
  const known = fresh.aovMinor !== null && recurring.aovMinor !== null
  return {
    period,
    newOrders: fresh.orders,
    recurringOrders: recurring.orders,
    newAovMinor: fresh.aovMinor,
    recurringAovMinor: recurring.aovMinor,
    gapMinor: known ? (recurring.aovMinor ?? 0) - (fresh.aovMinor ?? 0) : null,
    interval: gap,
    verdict: judge(gap, { above: 'more', below: 'less' }),
  }
}

/** A difference is more than noise when its interval leaves out nought. */
function judge<Above extends string, Below extends string>(
  interval: Interval | null,
  words: { above: Above; below: Below },
): Above | Below | 'noise' | 'too-few' {
  if (interval === null) return 'too-few'
  if (interval.lowMinor > 0) return words.above
  return interval.highMinor < 0 ? words.below : 'noise'
}

type Gaps = Extract<Statement, { rule: 'gaps' }>

function sayGaps(periods: readonly PeriodGap[]): Gaps[] {
  if (periods.length === 0) return []
  const count = (verdict: GapVerdict) => periods.filter((one) => one.verdict === verdict).length
  const [more, less, noise, tooFew] = [count('more'), count('less'), count('noise'), count('too-few')]
  const telling = more + less + noise
  const verdict = () => {
    if (telling === 0) return 'too-few'
    if (noise === telling) return 'noise'
    // Half of the periods may be on either side: then it is neither.
    if (more > less && more >= telling * CONSISTENT_SHARE) return 'more'
    if (less > more && less >= telling * CONSISTENT_SHARE) return 'less'
    return 'mixed'
  }
  return [{ rule: 'gaps', periods, more, less, noise, tooFew, verdict: verdict() }]
}

/** The practice: low first orders ask for an upsell, high ones for care; recurring customers who spend less may be normal. */
function sayAdvice(verdict: Gaps['verdict'], { cells }: Matrix): Statement[] {
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

function sayChange(
  { periods }: Overview,
  current: PeriodNumbers,
  against: 'before' | 'year-before',
  wanted: string,
): Statement {
  const { period } = current
  const other = periods.find((one) => one.period === wanted)
  if (other === undefined) return { rule: 'nothing-to-compare', against, period, reason: 'before-the-data' }
  if (other.isFirst) return { rule: 'nothing-to-compare', against, period, reason: 'first-period' }
  const [now, then] = [current.identified, other.identified]
  const aovInterval = toChangeInterval(other, current)
  return {
    rule: 'change',
    against,
    period,
    other: wanted,
    aovMinor: { from: then.aovMinor, to: now.aovMinor },
    aovInterval,
    aovVerdict: judge(aovInterval, { above: 'up', below: 'down' }),
    customers: { from: then.customers, to: now.customers },
    orders: { from: then.orders, to: now.orders },
    frequency: { from: frequencyOf(then), to: frequencyOf(now) },
    revenueMinor: { from: then.revenueMinor, to: now.revenueMinor },
  }
}

function frequencyOf({ customers, orders }: PeriodNumbers['identified']): number | null {
  return customers === 0 ? null : orders / customers
}

/** An interval of a difference out of those of its sides: the MOVER of Zou and Donner (2008), which keeps their skew. */
function toChangeInterval(from: PeriodNumbers, to: PeriodNumbers): Interval | null {
  const [a, b] = [to.aovInterval, from.aovInterval]
  const [meanA, meanB] = [to.identified.aovMinor, from.identified.aovMinor]
  if (a === null || b === null || meanA === null || meanB === null) return null
  const change = meanA - meanB
  return {
    lowMinor: Math.round(change - Math.hypot(meanA - a.lowMinor, b.highMinor - meanB)),
    highMinor: Math.round(change + Math.hypot(a.highMinor - meanA, meanB - b.lowMinor)),
  }
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
