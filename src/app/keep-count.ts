import type { AccountSettings } from '../core/account.ts'
import type { Destination } from '../core/destination.ts'
import type { FlowTrigger, SegmentSize, SegmentSpec } from '../core/segments/segment.ts'
import {
  expectedMembers,
  judgeSize,
  MEMBERSHIP_DELAY_MS,
  nextCountMs,
  type SizeFinding,
} from '../core/segments/segment-size.ts'
import type { SegmentForecast, SegmentSight, SegmentStateStore } from '../core/segments/segment-state-store.ts'
import { segmentStanding } from './segment-standing.ts'

interface Counted {
  readonly spec: SegmentSpec
  readonly sight: SegmentSight
  readonly size: SegmentSize
  /** Of the same moment. */
  readonly forecast: SegmentForecast
  /** Undefined: not looked at. */
  readonly flows: readonly FlowTrigger[] | null | undefined
  readonly now: Date
}

/** Judges the size that Klaviyo has just told and keeps both, with when to count again. */
export async function keepCount(
  parts: { settings: AccountSettings; destination: Destination; segments: SegmentStateStore },
  { spec, sight, size, forecast, flows, now }: Counted,
): Promise<{ expectedMembers: number; finding: SizeFinding }> {
  const { settings, destination, segments } = parts
  const { mode, prefix } = settings.profiles
  const since = (at: Date) => now.getTime() - at.getTime()
  const circumstances = await segments.loadSizeCircumstances(new Date(now.getTime() - MEMBERSHIP_DELAY_MS))
  const times = {
    sinceChangeMs: since(sight.changedAt),
    sinceMisfitMs: sight.misfitSince === null ? null : since(sight.misfitSince),
  }
  const finding = judgeSize({
    ...size,
    ...times,
    forecast,
    mode,
    basis: spec.basis,
    asksHowLongAgo: spec.all.some(({ any }) => any.some(({ operator }) => operator === 'inLastDays')),
    standing: segmentStanding(spec, sight, destination),
    justPushed: circumstances.justPushed,
    toBeCleared: circumstances.toBeCleared,
    formerPrefixes: findFormerPrefixes(spec, prefix, circumstances.pushedProperties),
  })
  const expected = expectedMembers(forecast, mode)
  await segments.saveSegmentCount(sight, {
    members: size.members,
    expectedMembers: expected,
    at: now,
    finding,
    flows,
    nextAt: new Date(now.getTime() + nextCountMs(finding, times)),
  })
  return { expectedMembers: expected, finding }
}

/** Other prefixes under which a property that the segment asks for was pushed; no property's name ends with another's. */
function findFormerPrefixes({ all }: SegmentSpec, prefix: string, pushed: readonly string[]): string[] {
  const asked = [...new Set(all.flatMap(({ any }) => any.map(({ property }) => property)))]
  const prefixes = asked.flatMap((property) =>
    pushed.filter((name) => name.endsWith(property)).map((name) => name.slice(0, -property.length)),
  )
  return [...new Set(prefixes)].filter((former) => former !== prefix).sort()
}
