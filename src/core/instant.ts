import { Temporal } from 'temporal-polyfill'
import { RecordError } from './errors.ts'

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?))?\s?(Z|[+-]\d{2}:?\d{2})?$/i

/**
 * Parses `2026-11-21T10:00:00Z`, `2026-11-21 10:00`, `2026-11-21`, with or without an offset. Without one the text is
 * wall-clock time in `timeZone`; a time that occurs twice (autumn) is the first, one that does not exist (spring) is
 * moved forward by the gap, as RFC 5545 does.
 * @throws RecordError when the text is anything else: `Date.parse` would accept '-1'.
 */
export function parseInstant(text: string, timeZone: string): Date {
  const match = ISO.exec(text.trim())
  if (match === null) throw new RecordError('expected a date such as 2026-11-21 10:00:00 or 2026-11-21T10:00:00Z')
  const [, day, clock, offset] = match
  const local = `${day}T${(clock ?? '00:00').replace(',', '.')}`
  try {
    if (offset !== undefined) return exactInstant(local, offset)
    return new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds)
  } catch {
    throw new RecordError('expected a date that exists in the calendar')
  }
}

/** `Date.parse` on text whose shape is already known is 20 times faster than Temporal; only 30 February needs a look. */
function exactInstant(local: string, offset: string): Date {
  const clock = local.length === 16 ? `${local}:00` : local
  const zone = /^[+-]\d{4}$/.test(offset) ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset.toUpperCase()
  const time = Date.parse(clock + zone)
  const dayExists = new Date(`${local.slice(0, 10)}T00:00:00Z`).getUTCDate() === Number(local.slice(8, 10))
  if (Number.isNaN(time) || !dayExists) throw new RecordError('no such date')
  return new Date(time)
}

/** Whether `name` is an IANA time zone such as Europe/Rome (fixed offsets are refused: they know no summer time). */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}

/** The calendar date of an instant in a time zone, `YYYY-MM-DD`. */
export function toLocalDate(instant: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/** Midnight at the start of a `YYYY-MM-DD` date in a time zone. */
export function startOfDate(date: string, timeZone: string): Date {
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds)
}
