import { Temporal } from 'temporal-polyfill'
import { RecordError } from './errors.ts'

/**
 * Instants of a shop that writes only its wall clock, `2026-10-25 02:30:00`, and lists records in the order of these
 * digits. In autumn an hour of digits occurs twice, in spring one is left out.
 */
export interface LocalClock {
  /**
   * The later of two readings, and the end of the gap for digits that no clock showed: so instants are in the order of
   * their digits, and a record is never read before its digits are past for good.
   * @throws RecordError when the text is no such wall-clock time.
   */
  toInstant(text: string): Date
  /** The reading that is not after `now`: right for what is known to have happened. @throws RecordError likewise. */
  toPastInstant(text: string, now: Date): Date
  /** The first digits whose `toInstant` is at or after the instant. */
  toText(instant: Date): string
  /** What the wall clock is ahead of UTC, in milliseconds. */
  offsetMsAt(instant: Date): number
}

/** A time during which the zone keeps one offset: `[startMs, endMs)`. */
interface Period {
  readonly startMs: number
  readonly endMs: number
  readonly offsetMs: number
}

const DIGITS = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/
/** Farther from a change of the clock than any offset is. */
const DAY_MS = 86_400_000

/** The clock on the wall of an IANA time zone. Its periods are looked up once each: a backfill asks for millions. */
export function createLocalClock(timeZone: string): LocalClock {
  const periods: Period[] = []

  function periodAt(ms: number): Period {
    const known = periods.find((period) => period.startMs <= ms && ms < period.endMs)
    if (known !== undefined) return known
    const found = findPeriod(ms, timeZone)
    periods.unshift(found)
    return found
  }

  function readings(text: string): { readonly earlierMs: number; readonly laterMs: number } {
    const wallMs = parseDigits(text)
    const before = periodAt(wallMs - DAY_MS).offsetMs
    const after = periodAt(wallMs + DAY_MS).offsetMs
    const valid = [wallMs - before, wallMs - after].filter((ms) => ms + periodAt(ms).offsetMs === wallMs)
    if (valid.length > 0) return { earlierMs: Math.min(...valid), laterMs: Math.max(...valid) }
    const gapEndMs = periodAt(wallMs - before).startMs
    return { earlierMs: gapEndMs, laterMs: gapEndMs }
  }

  function toText(instant: Date): string {
    const ms = instant.getTime()
    const { startMs, endMs, offsetMs } = periodAt(ms)
    const digits = toDigits(ms + offsetMs)
    // Within the first passing of an hour that comes twice: all its digits mean the second.
    if (readings(digits).laterMs > ms) return toDigits(endMs + periodAt(endMs).offsetMs)
    return ms === startMs ? toDigits(ms + Math.min(offsetMs, periodAt(ms - 1).offsetMs)) : digits
  }

  return {
    toInstant: (text) => new Date(readings(text).laterMs),
    toPastInstant(text, now) {
      const { earlierMs, laterMs } = readings(text)
      return new Date(laterMs <= now.getTime() ? laterMs : earlierMs)
    },
    toText,
    offsetMsAt: (instant) => periodAt(instant.getTime()).offsetMs,
  }
}

function findPeriod(ms: number, timeZone: string): Period {
  const at = (epochMs: number) => Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(timeZone)
  const here = at(ms)
  // "previous" is strictly before, and a period holds its own beginning.
  const start = at(ms + 1).getTimeZoneTransition('previous')
  const end = here.getTimeZoneTransition('next')
  return {
    startMs: start?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    endMs: end?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: here.offsetNanoseconds / 1_000_000,
  }
}

function parseDigits(text: string): number {
  const match = DIGITS.exec(text)
  const ms = match === null ? Number.NaN : Date.parse(`${text.replace(' ', 'T')}Z`)
  // 30 February is taken for 2 March.
  if (Number.isNaN(ms) || toDigits(ms) !== text) throw new RecordError('expected a time such as 2026-11-21 10:00:00')
  return ms
}

function toDigits(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 19).replace('T', ' ')
}
