import type { Destination } from '../core/destination.ts'
import type { RemoteSegment, SegmentSpec } from '../core/segments/segment.ts'
import type { SegmentState } from '../core/segments/segment-state-store.ts'

/**
 * What applying would do with one segment.
 * `create`; `update`: the configuration has changed; `drifted`: somebody changed it in Klaviyo, `apply` puts it back;
 * `unchanged`; `adopt`: it exists exactly so, left by a lost answer, and becomes ours; `unwanted`: no longer
 * configured, kept unless pruned; `blocked`: another segment of this name exists that is not ours.
 */
export type PlanAction = 'create' | 'update' | 'drifted' | 'unchanged' | 'adopt' | 'unwanted' | 'blocked'

/** What is to be done about a configured segment, and with which one at the destination. `owned`: ids of ours. */
export function planAction(
  spec: SegmentSpec,
  state: SegmentState | undefined,
  remotes: readonly RemoteSegment[],
  owned: ReadonlySet<string>,
  destination: Destination,
): { action: PlanAction; remote?: RemoteSegment } {
  const definition = destination.toDefinition(spec)
  const same = (other: { name: string; definition: unknown }) =>
    other.name === spec.name && destination.sameDefinition(other.definition, definition)
  const ours = remotes.find((remote) => remote.id === state?.remoteId)
  if (state !== undefined && ours !== undefined) {
    // An update whose answer was lost: unless it is noted, a later change by hand would pass for one of the configuration.
    if (same(ours)) return { action: same(state) ? 'unchanged' : 'adopt', remote: ours }
    return { action: same(state) ? 'drifted' : 'update', remote: ours }
  }
  const namesakes = remotes.filter((remote) => remote.name === spec.name && !owned.has(remote.id))
  const lost = namesakes.find(same)
  if (lost !== undefined) return { action: 'adopt', remote: lost }
  const tagged = namesakes.find((remote) => remote.tagged)
  if (tagged !== undefined) return { action: 'update', remote: tagged }
  const [stranger] = namesakes
  return stranger === undefined ? { action: 'create' } : { action: 'blocked', remote: stranger }
}
