import { parseHttpDate } from './http-date.ts'

/** Limits of a growing delay, in milliseconds. */
export interface Backoff {
  readonly baseMs: number
  readonly capMs: number
}

const SECONDS = /^\d{1,9}(?:\.\d{1,3})?$/
const LONGEST_DELAY_MS = 7 * 24 * 60 * 60 * 1000

/**
 * Delay before the attempt after attempt number `attempt` (1-based), in milliseconds: "full jitter", evenly spread
 * between 0 and a ceiling that doubles up to the cap, so that many clients that failed together do not return together.
 */
export function backoffMs(attempt: number, { baseMs, capMs }: Backoff, random: () => number = Math.random): number {
  const ceilingMs = Math.min(capMs, baseMs * 2 ** (attempt - 1))
  return Math.round(random() * ceilingMs)
}

/**
 * Parses a `Retry-After` header, seconds or an HTTP date, into milliseconds from `nowMs`. Null when the text is
 * malformed, names no time to come, or lies more than a week ahead: the caller then takes a delay of its own.
 */
export function parseRetryAfterMs(text: string, nowMs: number): number | null {
  const trimmed = text.trim()
  const delayMs = SECONDS.test(trimmed)
    ? Number(trimmed) * 1000
    : (parseHttpDate(trimmed)?.getTime() ?? Number.NaN) - nowMs
  return delayMs > 0 && delayMs <= LONGEST_DELAY_MS ? Math.ceil(delayMs) : null
}
