import type { AccountSettings } from '../core/account.ts'
import type { Destination } from '../core/destination.ts'
import type { SegmentForecast, SegmentSight, SegmentStateStore } from '../core/ledger.ts'
import type { SegmentSpec } from '../core/segment.ts'
import type { SegmentOverview } from '../core/segment-overview.ts'
import { expectedMembers, MEMBERSHIP_DELAY_MS, type SizeFinding } from '../core/segment-size.ts'
import { segmentStanding } from './segment-standing.ts'

/** Every configured segment, then those of ours that no longer are, from the ledger alone. Forecasts look at every customer. */
export async function loadSegmentOverviews(
  {
    settings,
    destination,
    segments,
  }: {
    settings: AccountSettings
    destination: Pick<Destination, 'toDefinition' | 'sameDefinition'>
    segments: SegmentStateStore
  },
  { now, forecast }: { now: Date; forecast: boolean },
): Promise<SegmentOverview[]> {
  const sights = await segments.loadSegmentSights()
  const forecasts = forecast ? await segments.forecastSegments(settings.segments, now) : []
  const configured = settings.segments.map((spec, index) => {
    const sight = sights.find(({ key }) => key === spec.key)
    return toOverview(spec, forecasts[index] ?? null, sight)
  })
  // One that waits for a threshold is configured all the same.
  const keys = new Set([...settings.segments, ...(settings.following?.segments ?? [])].map(({ key }) => key))
  const others = sights.filter(({ key }) => !keys.has(key)).map(toUnwanted)
  return [...configured, ...others]

  function toOverview(
    spec: SegmentSpec,
    expected: SegmentForecast | null,
    sight: SegmentSight | undefined,
  ): SegmentOverview {
    const { key, name, all } = spec
    const members = expected === null ? null : expectedMembers(expected, settings.profiles.mode)
    const size = { expected, expectedMembers: members }
    if (sight === undefined) {
      const unknown = { remoteId: null, counted: null, finding: null, lastChange: null, flows: null }
      return { key, name, all, standing: 'create', ...size, ...unknown }
    }
    const standing = segmentStanding(spec, sight, destination)
    return { ...seen(sight), name, all, standing, ...size, finding: sight.count?.finding ?? uncounted(sight, now) }
  }
}

function toUnwanted(sight: SegmentSight): SegmentOverview {
  return {
    ...seen(sight),
    name: sight.name,
    all: null,
    standing: 'unwanted',
    expected: null,
    expectedMembers: null,
    finding: null,
  }
}

function seen({ key, remoteId, count, change, changedAt, flows }: SegmentSight) {
  const counted =
    count === null || count.members === null
      ? null
      : { members: count.members, expectedMembers: count.expectedMembers, at: count.at }
  return { key, remoteId, counted, lastChange: { kind: change, at: changedAt }, flows }
}

function uncounted({ changedAt }: SegmentSight, now: Date): SizeFinding {
  const isEarly = now.getTime() - changedAt.getTime() < MEMBERSHIP_DELAY_MS
  return { kind: 'not-yet', causes: [{ kind: isEarly ? 'just-changed' : 'not-counted' }] }
}
