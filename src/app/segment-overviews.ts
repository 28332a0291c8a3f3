import { findingNow } from '../core/segments/outdated-count.ts'
import type { SegmentSpec } from '../core/segments/segment.ts'
import type { SegmentOverview } from '../core/segments/segment-overview.ts'
import { expectedMembers, MEMBERSHIP_DELAY_MS, type SizeFinding } from '../core/segments/segment-size.ts'
import type { SegmentForecast, SegmentSight } from '../core/segments/segment-state-store.ts'
import { lastWritten, type SegmentParts, toKnownSegment } from './known-segment.ts'

/** Every configured segment, then those of ours that wait or are configured no longer, from the ledger alone. Forecasts look at every customer. */
export async function loadSegmentOverviews(
  { settings, destination, segments }: SegmentParts,
  { now, forecast }: { now: Date; forecast: boolean },
): Promise<SegmentOverview[]> {
  const sights = await segments.loadSegmentSights()
  const forecasts = forecast ? await segments.forecastSegments(settings.segments, now) : []
  const configured = settings.segments.map((spec, index) => toOverview(spec, forecasts[index] ?? null))
  const known = new Set(settings.segments.map(({ key }) => key))
  const waiting = new Set((settings.following?.segments ?? []).map(({ key }) => key))
  const others = sights.flatMap((sight) =>
    known.has(sight.key) ? [] : [withoutSpec(sight, waiting.has(sight.key) ? 'waiting' : 'unwanted')],
  )
  return [...configured, ...others]

  function toOverview(spec: SegmentSpec, expected: SegmentForecast | null): SegmentOverview {
    const { known, sight } = toKnownSegment(spec, sights, destination)
    const members = expected === null ? null : expectedMembers(expected, settings.profiles.mode)
    const { counted, flows } = sight === null ? { counted: null, flows: null } : lastSeen(sight)
    const finding = sight === null ? null : lastFinding(sight, members, spec, now)
    return { ...known, all: spec.all, expected, expectedMembers: members, counted, finding, flows }
  }
}

/** Of ours, and in Klaviyo, but asking for nothing today. */
function withoutSpec(sight: SegmentSight, standing: 'waiting' | 'unwanted'): SegmentOverview {
  const { key, name } = sight
  const nothing = { all: null, expected: null, expectedMembers: null, finding: null }
  return { key, name, standing, ...lastWritten(sight), ...lastSeen(sight), ...nothing }
}

function lastSeen({ count, flows }: SegmentSight) {
  const counted =
    count === null || count.members === null
      ? null
      : { members: count.members, expectedMembers: count.expectedMembers, at: count.at }
  return { counted, flows }
}

/** `expected` null: not asked, so that the last verdict is told. */
function lastFinding(sight: SegmentSight, expected: number | null, { basis }: SegmentSpec, now: Date): SizeFinding {
  if (sight.count === null) return uncounted(sight, now)
  return expected === null ? sight.count.finding : findingNow(sight.count, { expected, basis })
}

function uncounted({ changedAt }: SegmentSight, now: Date): SizeFinding {
  const isEarly = now.getTime() - changedAt.getTime() < MEMBERSHIP_DELAY_MS
  return { kind: 'not-yet', causes: [{ kind: isEarly ? 'just-changed' : 'not-counted' }] }
}
