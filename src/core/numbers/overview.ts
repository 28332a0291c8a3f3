import { startOfDate, toLocalDate } from '../instant.ts'
import { LATELY, shiftPeriod, startOfPeriod } from './period.ts'
import type { NewDefinition, PeriodLength } from './report.ts'

/** What one set of orders comes to. Minor units of the account's currency. */
export interface Numbers {
  /** Distinct customers with a counted order; 0 for anonymous orders. */
  readonly customers: number
  readonly orders: number
  /** Values of the counted orders, less refunds that name no order where the policy deducts them. */
  readonly revenueMinor: number
  /** revenue / orders, half up; null without orders. */
  readonly aovMinor: number | null
  /** Median value of the counted orders, half up; null without orders. */
  readonly medianMinor: number | null
}

/** Both ends of a 95 % interval, in minor units. */
export interface Interval {
  readonly lowMinor: number
  readonly highMinor: number
}

/** The largest orders of a set, and what the AOV is without them. */
export interface TopShare {
  readonly orders: number
  /** Half up. */
  readonly aovWithoutMinor: number
}

/** The store in one week, month or quarter. */
export interface PeriodNumbers {
  /** First day, `YYYY-MM-DD` in the account's time zone. */
  readonly period: string
  /** New and recurring together, nobody twice: customers × frequency × AOV = revenue holds here. */
  readonly identified: Numbers
  readonly new: Numbers
  readonly recurring: Numbers
  readonly anonymous: Numbers
  /** Bootstrap interval of AOV(recurring) − AOV(new); null: not enough orders to tell. */
  readonly gap: Interval | null
  /** Bootstrap interval of the identified AOV; null: not enough orders to tell. */
  readonly aovInterval: Interval | null
  /** The largest 1 % of the identified orders, one at least; null without orders or where nothing is left without them. */
  readonly topShare: TopShare | null
  /** The first period of the data, in which everybody is new. */
  readonly isFirst: boolean
  /** False: it is still running. */
  readonly isOver: boolean
  /** False: the shop was not read since it ended, or, while it runs, since it began: what happened in it may not be known. */
  readonly isRead: boolean
  /** False: its orders or the settings have changed since these numbers were computed; others may be by now what they will be. */
  readonly isComputed: boolean
}

/** Whether a period is over, known to its end and computed as its orders are: only such are compared. */
export function isWhole({
  isOver,
  isRead,
  isComputed,
}: Pick<PeriodNumbers, 'isOver' | 'isRead' | 'isComputed'>): boolean {
  return isOver && isRead && isComputed
}

/** What the store's numbers are asked for. */
export interface OverviewRequest {
  readonly by: PeriodLength
  readonly definition: NewDefinition
}

/** The stored numbers of a store over time. */
export interface Overview extends OverviewRequest {
  /** When they were last brought up to date; null: never. */
  readonly computedAt: Date | null
  /** Whether something has changed since, or is just being computed. */
  readonly isStale: boolean
  /**
   * Ascending from the first order to the present, periods without an order included; those after the present one hold
   * orders that are dated so, by mistake or by appointment, and nothing is filled in between them. Data whose last order lies
   * further back than what is told of lately are history, and end with it: years of nothing would hide them.
   */
  readonly periods: readonly PeriodNumbers[]
}

/** First days of the periods that are still to be computed, of one length. */
export type Uncomputed = readonly string[] | 'all'

/** One stored row of a period, in any order. */
export interface StoredNumbers extends Numbers {
  readonly period: string
  readonly kind: 'identified' | 'new' | 'recurring' | 'anonymous'
  /** Of `identified` that of its AOV, of `recurring` that of the gap. */
  readonly interval: Interval | null
  readonly topShare: TopShare | null
}

const NO_NUMBERS: Numbers = { customers: 0, orders: 0, revenueMinor: 0, aovMinor: null, medianMinor: null }

/**
 * Puts stored rows of one length and definition together, with empty periods in the gaps. Refunds before the first order
 * are left out: what they take back is not in the data.
 */
export function toPeriods(
  rows: readonly StoredNumbers[],
  { by, timezone, now, readUntil = null, uncomputed = [] }: OverviewFrame,
): PeriodNumbers[] {
  const stored = Map.groupBy(rows, ({ period }) => period)
  const present = startOfPeriod(toLocalDate(now, timezone), by)
  const [first] = rows.flatMap(({ period, orders }) => (orders > 0 ? [period] : [])).sort()
  if (first === undefined) return []
  const missing = uncomputed === 'all' ? [] : uncomputed.filter((period) => period <= present)
  // What is still to be computed may hold the first order: then nobody knows yet that the data begins later.
  const begin = [first, ...missing].sort()[0] ?? first
  const known = [...new Set([...stored.keys(), ...missing])].filter((period) => period >= begin).sort()
  const last = known.findLast((period) => period <= present) ?? first
  const end = shiftPeriod(last, by, LATELY[by]) < present ? last : present
  const starts: string[] = []
  for (let start = begin; start <= end; start = shiftPeriod(start, by, 1)) starts.push(start)
  const isReadTo = (date: string, period: string) =>
    readUntil === null ? period <= last : startOfDate(date, timezone) <= readUntil
  return [...starts, ...known.filter((period) => period > present)].map((period) => {
    const lines = stored.get(period) ?? []
    const lineOf = (kind: StoredNumbers['kind']) => lines.find((line) => line.kind === kind)
    const identified = lineOf('identified')
    const recurring = lineOf('recurring')
    return {
      period,
      identified: numbersOf(identified),
      new: numbersOf(lineOf('new')),
      recurring: numbersOf(recurring),
      anonymous: numbersOf(lineOf('anonymous')),
      gap: recurring?.interval ?? null,
      aovInterval: identified?.interval ?? null,
      topShare: identified?.topShare ?? null,
      isFirst: period === begin,
      isOver: period < present,
      isRead: isReadTo(period < present ? shiftPeriod(period, by, 1) : period, period),
      isComputed: uncomputed !== 'all' && !uncomputed.includes(period),
    }
  })
}

/**
 * What periods are told with. `readUntil`: until when the shop is known; null: nothing tells, and orders are believed.
 * `uncomputed`: first days of the periods that are still to be computed.
 */
interface OverviewFrame {
  readonly by: PeriodLength
  readonly timezone: string
  readonly now: Date
  readonly readUntil?: Date | null
  readonly uncomputed?: Uncomputed
}

function numbersOf(line: StoredNumbers | undefined): Numbers {
  if (line === undefined) return NO_NUMBERS
  const { customers, orders, revenueMinor, aovMinor, medianMinor } = line
  return { customers, orders, revenueMinor, aovMinor, medianMinor }
}
