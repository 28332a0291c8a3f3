import type { AccountSettings } from '../core/account.ts'
import type { Destination } from '../core/destination.ts'
import type { SegmentSpec } from '../core/segments/segment.ts'
import type { SegmentOverview } from '../core/segments/segment-overview.ts'
import type { SegmentSight, SegmentStateStore } from '../core/segments/segment-state-store.ts'
import { segmentStanding } from './segment-standing.ts'

/** What telling of segments from the ledger takes: nothing that asks Klaviyo. */
export interface SegmentParts {
  readonly settings: AccountSettings
  readonly destination: Pick<Destination, 'toDefinition' | 'sameDefinition'>
  readonly segments: SegmentStateStore
}

/** What the ledger knows of a configured segment. */
export interface KnownSegment extends Pick<SegmentOverview, 'key' | 'name' | 'remoteId' | 'lastChange'> {
  readonly standing: 'create' | 'update' | 'drifted' | 'unchanged'
}

/** A configured segment with what was last seen of it; `sight` null: it was never written. */
export function toKnownSegment(
  spec: SegmentSpec,
  sights: readonly SegmentSight[],
  destination: Pick<Destination, 'toDefinition' | 'sameDefinition'>,
): { readonly known: KnownSegment; readonly sight: SegmentSight | null } {
  const { key, name } = spec
  const sight = sights.find((one) => one.key === key)
  if (sight === undefined) {
    return { known: { key, name, standing: 'create', remoteId: null, lastChange: null }, sight: null }
  }
  const standing = segmentStanding(spec, sight, destination)
  return { known: { key, name, standing, ...lastWritten(sight) }, sight }
}

/** Where a segment is and what we last did to it. */
export function lastWritten({ remoteId, change, changedAt }: SegmentSight) {
  return { remoteId, lastChange: { kind: change, at: changedAt } }
}
