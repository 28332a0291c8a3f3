import { type Against, comparedWith, type NoComparison } from './compared-period.ts'
import { judge } from './interval-verdict.ts'
import type { Interval, Overview, PeriodNumbers } from './overview.ts'

/** A number in one period and in the one it is compared with; null: no orders. */
interface Change {
  readonly from: number | null
  readonly to: number | null
}

/** The last finished period against another one. */
export interface PeriodChange {
  readonly rule: 'change'
  readonly against: Against
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

/** Why the last finished period is not compared. */
export interface NothingToCompare {
  readonly rule: 'nothing-to-compare'
  readonly against: Against
  readonly period: string
  readonly reason: NoComparison
}

/** A period against another one, or why it cannot be compared. */
export function sayChange(
  overview: Pick<Overview, 'periods' | 'by'>,
  current: PeriodNumbers,
  against: Against,
): PeriodChange | NothingToCompare {
  const { period } = current
  const compared = comparedWith(overview, period, against)
  if ('reason' in compared) return { rule: 'nothing-to-compare', against, period, reason: compared.reason }
  const other = compared.numbers
  const [now, then] = [current.identified, other.identified]
  const aovInterval = toChangeInterval(other, current)
  return {
    rule: 'change',
    against,
    period,
    other: other.period,
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
