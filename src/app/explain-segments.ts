import type { AccountSettings } from '../core/account.ts'
import type { CustomerRecord } from '../core/customer-record.ts'
import type { Destination } from '../core/destination.ts'
import type { ExplainedSegment } from '../core/explanation.ts'
import type { SegmentStateStore } from '../core/ledger.ts'
import { judgeSegment } from '../core/segment-membership.ts'
import { segmentStanding } from './segment-standing.ts'

/** Every configured segment for one customer, by the figures that stand in the ledger; asks Klaviyo nothing. */
export async function explainSegments(
  {
    settings,
    destination,
    segments,
  }: {
    settings: AccountSettings
    destination: Pick<Destination, 'toDefinition' | 'sameDefinition'>
    segments: SegmentStateStore
  },
  aggregate: CustomerRecord['aggregate'],
  now: Date,
): Promise<ExplainedSegment[]> {
  const sights = await segments.loadSegmentSights()
  return settings.segments.map((spec) => {
    const { key, name, basis } = spec
    const sight = sights.find((one) => one.key === key)
    const judgement = basis === 'predictive' ? null : judgeSegment(spec, aggregate, settings, now)
    if (sight === undefined)
      return { key, name, basis, standing: 'create', remoteId: null, lastChange: null, judgement }
    return {
      key,
      name,
      basis,
      standing: segmentStanding(spec, sight, destination),
      remoteId: sight.remoteId,
      lastChange: { kind: sight.change, at: sight.changedAt },
      judgement,
    }
  })
}
