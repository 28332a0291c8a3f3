import { createLocalClock } from '../../core/local-clock.ts'

/** How a WordPress site writes and reads instants: to the second, without a zone. */
export interface SiteClock {
  readonly timezone: string
  /** Hours ahead of UTC. */
  offsetHours(instant: Date): number
  /** What a column holds, as a number that sorts like its digits. */
  columnOf(instant: Date, isGmt: boolean): number
  /** `2026-11-21T10:00:00` in UTC or in the site's zone. */
  toText(instant: Date, isGmt: boolean): string
  /**
   * The digits that WordPress compares a column with: those of a text without a zone as they are, of one with a zone
   * those of the site's wall clock, also when the column is in UTC. Null for what is no date to it.
   */
  parseBound(text: string): number | null
}

const BOUND = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|z|[+-]\d{2}(?::\d{2})?)?$/

/** The clock of a site in an IANA zone. */
export function createSiteClock(timezone: string): SiteClock {
  const wall = createLocalClock(timezone)
  const columnOf = (instant: Date, isGmt: boolean) => instant.getTime() + (isGmt ? 0 : wall.offsetMsAt(instant))
  return {
    timezone,
    offsetHours: (instant) => wall.offsetMsAt(instant) / 3_600_000,
    columnOf,
    toText: (instant, isGmt) => new Date(columnOf(instant, isGmt)).toISOString().slice(0, 19),
    parseBound(text) {
      const match = BOUND.exec(text)
      if (match === null) return null
      const [, day, time, zone] = match
      const digits = Date.parse(`${day}T${time}Z`)
      if (Number.isNaN(digits)) return null
      if (zone === undefined) return digits
      const offset = /^z$/i.test(zone) ? 'Z' : zone.length === 3 ? `${zone}:00` : zone
      return columnOf(new Date(`${day}T${time}${offset}`), false)
    },
  }
}
