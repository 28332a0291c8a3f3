import type { Overview, PeriodNumbers } from './overview.ts'
import { shiftPeriod, yearBefore } from './period.ts'

/** Which period one is compared with. */
export type Against = 'before' | 'year-before'

/** Why one cannot be: the other lies before the data, is still to be computed, or is their first, which is perhaps cut off. */
export type NoComparison = 'before-the-data' | 'uncomputed' | 'first-period'

/** What a period is compared with, by its first day, or why it is with nothing. */
export type ComparedPeriod = { readonly period: string } & (
  | { readonly numbers: PeriodNumbers }
  | { readonly reason: NoComparison }
)

/** The period that the one that starts on this day is compared with. */
export function comparedWith(
  { periods, by }: Pick<Overview, 'periods' | 'by'>,
  start: string,
  against: Against,
): ComparedPeriod {
  const period = against === 'before' ? shiftPeriod(start, by, -1) : yearBefore(start, by)
  const numbers = periods.find((one) => one.period === period)
  if (numbers === undefined) return { period, reason: 'before-the-data' }
  if (!numbers.isComputed) return { period, reason: 'uncomputed' }
  return numbers.isFirst ? { period, reason: 'first-period' } : { period, numbers }
}
