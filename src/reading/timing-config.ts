import { z } from 'zod'
import type { Timing } from './read-shop.ts'

/** Where a platform differs in how it is read over time. */
interface TimingDefaults {
  readonly lookBackMinutes: { readonly least: number; readonly usual: number; readonly why?: string }
  readonly sweepDays: number
  readonly sweepHours: number
  /** What only the sweep finds on this platform. */
  readonly sweepFinds: string
}

/** Keys that every shop's configuration has, for its `strictObject`. */
export function timingKeys({ lookBackMinutes, sweepDays, sweepHours, sweepFinds }: TimingDefaults) {
  const { least, usual, why } = lookBackMinutes
  return {
    since: z.iso
      .date('expected a date of the calendar such as 2024-01-31')
      .optional()
      .describe('Orders placed before this date are not read. Default: all are.'),
    lookBackMinutes: z
      .number()
      .min(least, `expected at least ${least}${why === undefined ? '' : `: ${why}`}`)
      .max(10_080)
      .default(usual)
      .describe('How far before the end of the last reading the next one begins.'),
    sweep: z
      .strictObject({
        days: z
          .number()
          .positive()
          .max(3_650)
          .default(sweepDays)
          .describe('Orders placed within so many days are read again.'),
        everyHours: z.number().positive().max(8_760).default(sweepHours).describe('How often.'),
      })
      .prefault({})
      .describe(`A slow second reading of recent orders, for ${sweepFinds}.`),
  }
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** These keys as the reader takes them; `since`: the beginning of that day where the platform's days begin. */
export function toTiming(
  config: { readonly lookBackMinutes: number; readonly sweep: { readonly days: number; readonly everyHours: number } },
  { safetyMs, since }: Pick<Timing, 'safetyMs' | 'since'>,
): Timing {
  const { days, everyHours } = config.sweep
  return {
    safetyMs,
    lookBackMs: config.lookBackMinutes * MINUTE_MS,
    sweep: { everyMs: everyHours * HOUR_MS, reachMs: days * DAY_MS },
    since,
  }
}

/** The beginning of a day in UTC; without one the epoch, before which no shop sold anything. */
export function startInUtc(since: string | undefined): Date {
  return new Date(since === undefined ? 0 : `${since}T00:00:00Z`)
}
