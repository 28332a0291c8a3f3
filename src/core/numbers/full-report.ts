import type { Freshness } from '../orders/shop-reading.ts'
import type { Distribution } from './distribution.ts'
import type { Matrix } from './matrix.ts'
import type { Overview, PeriodNumbers } from './overview.ts'
import type { StoreReport } from './report.ts'

/** Everything that a report to hand around tells, as the ledger stands at one moment; straight from the orders. */
export interface FullReport {
  /** As the command `report` tells it. */
  readonly report: StoreReport
  /** All periods of the data, whole: what is compared. */
  readonly whole: Overview
  /** The periods of the range; of one that an end of the range parts only what lies inside. */
  readonly shown: Overview
  /** Of all time: customers have one AOV, whatever range is asked for. */
  readonly distribution: Distribution
  /** Of all time. */
  readonly matrix: Matrix
  /** Of the shop, whatever range is asked for. */
  readonly freshness: Freshness
}

/** First days of the periods that are shown in part: what is told of them is not what is told of all of them. */
export function cutPeriods({ whole, shown }: Pick<FullReport, 'whole' | 'shown'>): ReadonlySet<string> {
  const numbersOf = ({ identified, new: fresh, recurring, anonymous }: PeriodNumbers) =>
    JSON.stringify([identified, fresh, recurring, anonymous])
  const known = new Map(whole.periods.map((one) => [one.period, numbersOf(one)]))
  return new Set(shown.periods.filter((one) => known.get(one.period) !== numbersOf(one)).map(({ period }) => period))
}

/**
 * What may be compared: the whole periods of the range, and all before them, since what is compared with a period may lie
 * before the range. `since`: where the range begins.
 */
export function comparablePeriods(full: Pick<FullReport, 'whole' | 'shown'>): { overview: Overview; since: string } {
  const { whole, shown } = full
  const cut = cutPeriods(full)
  const [first, last] = [shown.periods[0], shown.periods.at(-1)]
  const until = last?.period ?? ''
  return {
    overview: { ...whole, periods: whole.periods.filter(({ period }) => period <= until && !cut.has(period)) },
    since: first?.period ?? '',
  }
}
