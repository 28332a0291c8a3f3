import type { AccountSettings } from '../core/account.ts'
import type { Destination } from '../core/destination.ts'
import {
  AbortedError,
  AuthError,
  BugError,
  RateLimitedError,
  ScontrinoError,
  StoreError,
  throwIfAborted,
} from '../core/errors.ts'
import type { SegmentSpec } from '../core/segments/segment.ts'
import { MEMBERSHIP_DELAY_MS, type SizeFinding } from '../core/segments/segment-size.ts'
import type { SegmentForecast, SegmentSight, SegmentStateStore } from '../core/segments/segment-state-store.ts'
import { fetchFlows } from './fetch-flows.ts'
import { keepCount } from './keep-count.ts'

interface Counting {
  readonly settings: AccountSettings
  readonly destination: Destination
  readonly segments: SegmentStateStore
}

/** A segment that was counted now. */
export interface CountedSegment {
  readonly key: string
  readonly members: number | null
  readonly expectedMembers: number
  readonly finding: SizeFinding
}

interface CountWishes {
  readonly now: () => Date
  /** Awaited after each segment that was counted and kept. */
  readonly onCounted?: (counted: CountedSegment) => Promise<void>
  readonly signal: AbortSignal
}

/** What counting did. */
export interface CountStep {
  readonly counted: readonly CountedSegment[]
  /** Klaviyo did not answer usefully about so many; they are asked for again in an hour. */
  readonly unanswered: number
  /** Until Klaviyo allows more counts, while some are due; null: none is. */
  readonly waitMs: number | null
}

/** Klaviyo was away, or the segment is gone: the next sync makes it anew, and no count is worth a failure. */
const UNANSWERED_MS = 3_600_000

/** Configured segments of ours whose size should be read now. Asks nobody but the ledger. */
export async function dueSegments(
  { settings, segments }: Pick<Counting, 'settings' | 'segments'>,
  now: Date,
): Promise<{ spec: SegmentSpec; sight: SegmentSight }[]> {
  const sights = await segments.loadSegmentSights()
  return settings.segments.flatMap((spec) => {
    const sight = sights.find(({ key }) => key === spec.key)
    if (sight === undefined || dueAt(sight) > now.getTime()) return []
    return [{ spec, sight }]
  })
}

function dueAt({ countDueAt, changedAt }: SegmentSight): number {
  return countDueAt?.getTime() ?? changedAt.getTime() + MEMBERSHIP_DELAY_MS
}

/**
 * Reads the size of every segment that is due, and keeps it with what it means. Each is kept before the next is asked
 * for, so whoever goes on after an interruption asks for the others only. Without one that is due Klaviyo is not asked.
 */
export async function countSegments(parts: Counting, { now, onCounted, signal }: CountWishes): Promise<CountStep> {
  const { destination, segments } = parts
  const due = await dueSegments(parts, now())
  const forecasts = await segments.forecastSegments(
    due.map(({ spec }) => spec),
    now(),
  )
  const counted: CountedSegment[] = []
  let unanswered = 0
  for (const [index, { spec, sight }] of due.entries()) {
    throwIfAborted(signal, 'counting the members of segments')
    try {
      const size = await destination.fetchSegmentSize(sight.remoteId, signal)
      const flows = await fetchFlows(destination, sight.remoteId, signal)
      const forecast = forecasts[index] as SegmentForecast
      const kept = await keepCount(parts, { spec, sight, size, forecast, flows, now: now() })
      const one = { key: spec.key, members: size.members, ...kept }
      counted.push(one)
      await onCounted?.(one)
    } catch (error) {
      if (error instanceof RateLimitedError) return { counted, unanswered, waitMs: error.delayMs }
      if (!isAboutOneSegment(error)) throw error
      unanswered += 1
      await segments.postponeSegmentCount(sight.key, new Date(now().getTime() + UNANSWERED_MS))
    }
  }
  return { counted, unanswered, waitMs: null }
}

function isAboutOneSegment(error: unknown): boolean {
  const isWhole = [AbortedError, AuthError, StoreError, BugError].some((kind) => error instanceof kind)
  return error instanceof ScontrinoError && !isWhole
}
