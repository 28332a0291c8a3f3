import type { Destination } from '../core/destination.ts'
import type { SegmentSpec } from '../core/segments/segment.ts'
import type { SegmentSight } from '../core/segments/segment-state-store.ts'

/**
 * Whether the destination has what the configuration asks for, as far as the ledger knows: `update`: what was last
 * written is not that; `drifted`: it was, and somebody has changed it since.
 */
export function segmentStanding(
  spec: SegmentSpec,
  sight: SegmentSight,
  destination: Pick<Destination, 'toDefinition' | 'sameDefinition'>,
): 'unchanged' | 'update' | 'drifted' {
  const isWritten =
    sight.name === spec.name && destination.sameDefinition(sight.definition, destination.toDefinition(spec))
  if (!isWritten) return 'update'
  return sight.drifted ? 'drifted' : 'unchanged'
}
