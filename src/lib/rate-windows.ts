/** At most `points` calls per window of ours; a window starts with its first call. */
export interface RateWindow {
  readonly points: number
  readonly windowMs: number
}

/** What a vendor allows for one operation. */
export interface VendorRate {
  readonly perSecond: number
  /** At least 2. */
  readonly perMinute: number
  readonly perDay?: number
}

/**
 * Windows of ours under which no second and no minute, wherever it begins, holds more calls than the vendor allows.
 *
 * The vendor's windows are fixed too, but when they begin is unknown, and N calls at the end of one of ours plus N at
 * the beginning of the next fall into one of theirs. So ours are smaller:
 * - per second: one call per 1000/N ms, 5 % slower because calls also bunch up on their way;
 * - per minute: k calls per window of T. A minute meets at most ⌈60 s/T⌉ + 1 of our windows, so with
 *   T = 60 s / (⌊N/k⌋ − 1), which is 60·k/(N−k) s when k divides N, it meets ⌊N/k⌋ of them: never more than N calls.
 *   Small k lose little speed (1 − k/N), large k let a handful go at once: a fifteenth of N, but up to 5 of few;
 * - per day: N per 24 h. Once a day the vendor may still say 429; slowing down for it would cost half the allowance.
 *
 * In the order they must be taken: a call that is refused by a scarcer window wastes only the cheaper ones before it.
 */
export function toWindows({ perSecond, perMinute, perDay }: VendorRate): RateWindow[] {
  const atOnce = Math.max(Math.floor(perMinute / 15), Math.min(5, Math.floor(perMinute / 2)))
  const windowsPerMinute = Math.floor(perMinute / atOnce)
  const windows = [
    { points: 1, windowMs: Math.ceil((1000 / perSecond) * 1.05) },
    { points: atOnce, windowMs: Math.ceil(60_000 / (windowsPerMinute - 1)) },
  ]
  if (perDay !== undefined) windows.push({ points: perDay, windowMs: 24 * 60 * 60 * 1000 })
  return windows
}
