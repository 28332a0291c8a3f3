import { parseInstant } from '../../core/instant.ts'

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isEarliestDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    parseInstant(text, 'UTC')
    return true
  } catch {
    return false
  }
}

/** The beginning of that day in UTC; without one the epoch, before which no shop sold anything. */
export function toEarliest(since: string | undefined): Date {
  return since === undefined ? new Date(0) : parseInstant(since, 'UTC')
}
