import { parseInstant } from '../../core/instant.ts'

const DAY_MS = 86_400_000
const REMEMBERED_DAYS = 20_000

/**
 * Reads instants as `parseInstant` does, to the same value, some twenty times faster for wall-clock times: the offset
 * of a whole day is looked up once. Days on which clocks change, and rarer spellings, go to `parseInstant` itself.
 */
export function createInstantReader(timeZone: string): (text: string) => Date {
  const offsets = new Map<number, number | null>()

  const offsetOf = (midnightUtc: number): number | null => {
    const known = offsets.get(midnightUtc)
    if (known !== undefined) return known
    if (offsets.size >= REMEMBERED_DAYS) offsets.clear()
    const offset = wholeDayOffset(midnightUtc, timeZone)
    offsets.set(midnightUtc, offset)
    return offset
  }

  return (text) => {
    const plain = text.trim()
    const isUtc = plain.charCodeAt(plain.length - 1) === 0x5a
    const length = isUtc ? plain.length - 1 : plain.length
    const midnight = dateUtc(plain)
    const clock = clockMs(plain, length)
    // A date takes no Z of its own, and whatever is odd is judged by the exact reader.
    if (Number.isNaN(midnight) || Number.isNaN(clock) || (isUtc && length === 10)) return parseInstant(plain, timeZone)
    const offset = isUtc ? 0 : offsetOf(midnight)
    return offset === null ? parseInstant(plain, timeZone) : new Date(midnight + clock - offset)
  }
}

/** `YYYY-MM-DD` at the start → midnight in UTC; NaN unless it is a date after the year 1000. */
function dateUtc(text: string): number {
  if (text.charCodeAt(4) !== 0x2d || text.charCodeAt(7) !== 0x2d) return Number.NaN
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  if (!(year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return Number.NaN
  const midnight = Date.UTC(year, month - 1, day)
  // 30 February would roll over into March.
  return day <= 28 || new Date(midnight).getUTCDate() === day ? midnight : Number.NaN
}

/** `THH:MM`, `THH:MM:SS` or `THH:MM:SS.mmm` behind the date, nothing for midnight → milliseconds; NaN for the rest. */
function clockMs(text: string, length: number): number {
  if (length === 10) return 0
  const separator = text.charCodeAt(10)
  if ((separator !== 0x54 && separator !== 0x20) || text.charCodeAt(13) !== 0x3a) return Number.NaN
  const minutes = twoDigits(text, 11) * 60 + twoDigits(text, 14)
  if (!(twoDigits(text, 11) <= 23 && twoDigits(text, 14) <= 59)) return Number.NaN
  if (length === 16) return minutes * 60_000
  const seconds = text.charCodeAt(16) === 0x3a ? twoDigits(text, 17) : Number.NaN
  if (!(seconds <= 59)) return Number.NaN
  if (length === 19) return (minutes * 60 + seconds) * 1000
  if (length !== 23 || text.charCodeAt(19) !== 0x2e) return Number.NaN
  return (minutes * 60 + seconds) * 1000 + twoDigits(text, 20) * 10 + twoDigits(`0${text[22]}`, 0)
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 0x30
  const ones = text.charCodeAt(at + 1) - 0x30
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/** Local minus UTC in milliseconds; null on a day that does not have 24 hours. */
function wholeDayOffset(midnightUtc: number, timeZone: string): number | null {
  const start = localMidnight(midnightUtc, timeZone)
  return localMidnight(midnightUtc + DAY_MS, timeZone) - start === DAY_MS ? midnightUtc - start : null
}

function localMidnight(midnightUtc: number, timeZone: string): number {
  const date = new Date(midnightUtc).toISOString()
  // Beyond year 9999 the date is written with a sign; such a day counts as one to be read exactly.
  return date.length === 24 ? parseInstant(date.slice(0, 10), timeZone).getTime() : Number.NaN
}
