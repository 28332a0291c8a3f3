import { Temporal } from 'temporal-polyfill'
import type { PeriodLength } from './report.ts'

/** How many finished periods "lately" is: a quarter of weeks, a year of months, two years of quarters. */
export const LATELY = { week: 13, month: 12, quarter: 8 } as const

/** The first day of the period that a date lies in, `YYYY-MM-DD` both; weeks start on Monday. */
export function startOfPeriod(date: string, length: PeriodLength): string {
  const day = Temporal.PlainDate.from(date)
  if (length === 'week') return day.subtract({ days: day.dayOfWeek - 1 }).toString()
  const month = length === 'month' ? day.month : day.month - ((day.month - 1) % 3)
  return day.with({ month, day: 1 }).toString()
}

/** The first day of the period so many after (negative: before) the one that starts on this day. */
export function shiftPeriod(start: string, length: PeriodLength, by: number): string {
  const day = Temporal.PlainDate.from(start)
  if (length === 'week') return day.add({ weeks: by }).toString()
  return day.add({ months: length === 'month' ? by : 3 * by }).toString()
}

/**
 * The period a year before: the same month or quarter of the year before; of a week the one 52 weeks before, which holds
 * the same days of the week at the same time of the year.
 */
export function yearBefore(start: string, length: PeriodLength): string {
  return length === 'week' ? shiftPeriod(start, length, -52) : shiftPeriod(start, 'month', -12)
}
