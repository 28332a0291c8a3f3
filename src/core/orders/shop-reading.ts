import { startOfDate, toLocalDate } from '../instant.ts'
import { shiftPeriod, startOfPeriod } from '../numbers/period.ts'
import type { PeriodLength } from '../numbers/report.ts'

/** How far a source has been read. */
export interface SourceReading {
  readonly source: string
  /** When the newest order that was read was placed, test orders and dates to come left out; null: there is none. */
  readonly newestOrderAt: Date | null
  /** The last reading that came to its end; null: none has. What the shop had when it began is known. */
  readonly lastRead: { readonly startedAt: Date; readonly endedAt: Date } | null
  /** The last reading failed, and none has succeeded since. */
  readonly failure: { readonly code: string; readonly at: Date } | null
}

/**
 * Until when everything is known, as far as the sources tell: the earliest of theirs. An order that a webhook told after the
 * last reading counts as one. Sources that were never read tell nothing; null: none was.
 */
export function readUntil(sources: readonly SourceReading[]): Date | null {
  const read = sources.flatMap(({ lastRead, newestOrderAt }) =>
    lastRead === null ? [] : [Math.max(lastRead.startedAt.getTime(), newestOrderAt?.getTime() ?? 0)],
  )
  return read.length === 0 ? null : new Date(Math.min(...read))
}

/** What is to be said of how fresh the numbers of a shop are. */
export interface Freshness {
  /**
   * `failing`: a source could not be read the last time, or never; `behind`: nobody has tried for longer than a shop can
   * wait; `quiet`: the shop was read and has had no order in the last finished period, or in more; `current`: none of these.
   */
  readonly state: 'current' | 'quiet' | 'behind' | 'failing'
  /** The newest order of any source. */
  readonly lastOrderAt: Date | null
  /** When the last reading of the source that was read least lately ended; null: one never was. */
  readonly lastReadAt: Date | null
  readonly by: PeriodLength
  /** Finished periods since the one of the last order. */
  readonly emptyPeriods: number
  /** Finished periods that the shop was not read to the end of, the one of the last order included: they may be short. */
  readonly unreadPeriods: number
  readonly failures: readonly { readonly source: string; readonly code: string; readonly at: Date }[]
  readonly neverRead: readonly string[]
}

/** Shops are read at least once a day; twice that leaves room for a reading that takes hours. */
const BEHIND_AFTER_MS = 48 * 3_600_000

/** Puts together what the sources of an account tell. */
export function toFreshness(
  sources: readonly SourceReading[],
  { by, timezone, now }: { by: PeriodLength; timezone: string; now: Date },
): Freshness {
  const last = Math.max(...sources.map(({ newestOrderAt }) => newestOrderAt?.getTime() ?? Number.NEGATIVE_INFINITY))
  const lastOrderAt = Number.isFinite(last) ? new Date(last) : null
  const ends = sources.flatMap(({ lastRead }) => (lastRead === null ? [] : [lastRead.endedAt.getTime()]))
  const isComplete = ends.length > 0 && ends.length === sources.length
  const until = readUntil(sources)
  const finished = lastOrderAt === null ? [] : finishedSince(lastOrderAt, { by, timezone, now })
  const failures = sources.flatMap(({ source, failure }) => (failure === null ? [] : [{ source, ...failure }]))
  const neverRead = sources.flatMap(({ source, lastRead }) => (lastRead === null ? [source] : []))
  const isBehind = until !== null && now.getTime() - until.getTime() > BEHIND_AFTER_MS
  const emptyPeriods = Math.max(0, finished.length - 1)
  const state = () => {
    if (failures.length > 0 || neverRead.length > 0) return 'failing'
    if (isBehind) return 'behind'
    return emptyPeriods > 0 ? 'quiet' : 'current'
  }
  return {
    state: state(),
    lastOrderAt,
    lastReadAt: isComplete ? new Date(Math.min(...ends)) : null,
    by,
    emptyPeriods,
    unreadPeriods: finished.filter((end) => until === null || end > until).length,
    failures,
    neverRead,
  }
}

/** The ends of the finished periods from that of an instant on. */
function finishedSince(
  instant: Date,
  { by, timezone, now }: { by: PeriodLength; timezone: string; now: Date },
): Date[] {
  const ends: Date[] = []
  let start = startOfPeriod(toLocalDate(instant, timezone), by)
  for (;;) {
    start = shiftPeriod(start, by, 1)
    const end = startOfDate(start, timezone)
    if (end > now) return ends
    ends.push(end)
  }
}
