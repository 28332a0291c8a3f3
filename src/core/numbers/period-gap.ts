import { judge } from './interval-verdict.ts'
import type { Interval, PeriodNumbers } from './overview.ts'

/**
 * The share of those periods that has to say the same before it is taken for how the shop is. At 95 % one period in twenty
 * differs by chance alone, so a single one says nothing.
 */
export const CONSISTENT_SHARE = 0.5
/** Of recurring customers against new: they spent more or less per order, the difference may be chance, or nobody can tell. */
type GapVerdict = 'more' | 'less' | 'noise' | 'too-few'

/** Recurring against new customers in one period. Minor units. */
export interface PeriodGap {
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

/** The finished periods of late, the first of the data left out; `mixed`: some more, some less, or most of them noise. */
export interface PeriodGaps {
  readonly rule: 'gaps'
  readonly periods: readonly PeriodGap[]
  readonly more: number
  readonly less: number
  readonly noise: number
  readonly tooFew: number
  readonly verdict: GapVerdict | 'mixed'
}

/** Recurring against new customers in a period, and whether the difference may be chance. */
export function toGap({ period, new: fresh, recurring, gap }: PeriodNumbers): PeriodGap {
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

/** What periods say together; nothing of none. */
export function sayGaps(periods: readonly PeriodGap[]): PeriodGaps[] {
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
