import type { SegmentSight } from '../core/segments/segment-state-store.ts'
import type { Sample } from '../lib/telemetry.ts'

/** The sizes of an account's segments at their last count. */
export function sizeSamples(account: string, sights: readonly SegmentSight[]): Sample[] {
  return sights.flatMap(({ key, count }) => {
    if (count === null || count.members === null) return []
    const { members, expectedMembers, finding } = count
    const labels = { account, segment: key }
    const isProblem = finding.kind === 'empty' || finding.kind === 'off'
    return [
      {
        name: 'scontrino_segment_members',
        help: 'Profiles in a segment in Klaviyo, at the last count',
        labels,
        value: members,
      },
      {
        name: 'scontrino_segment_members_expected',
        help: 'Profiles that the ledger expected in a segment at its last count',
        labels,
        value: expectedMembers,
      },
      {
        name: 'scontrino_segment_misfit',
        help: '1 for a segment that is empty or off by more than the tolerance',
        labels,
        value: isProblem ? 1 : 0,
      },
    ]
  })
}
