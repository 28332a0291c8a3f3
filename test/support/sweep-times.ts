/** A minute, in milliseconds. */
export const MINUTE = 60_000
/** An hour, in milliseconds. */
export const HOUR = 60 * MINUTE
/** A day of 24 hours, in milliseconds. */
export const DAY = 24 * HOUR
/** Longer than any source's safety margin, in milliseconds. */
export const SETTLED = 10 * MINUTE
/** Longer than the time between two sweeps, in milliseconds. */
export const SWEPT = 3 * DAY
