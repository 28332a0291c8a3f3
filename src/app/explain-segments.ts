import type { CustomerRecord } from '../core/customers/customer-record.ts'
import type { ExplainedSegment } from '../core/explanation/explanation.ts'
import { judgeSegment } from '../core/segments/segment-membership.ts'
import { type SegmentParts, toKnownSegment } from './known-segment.ts'

/** Every configured segment for one customer, by the figures that stand in the ledger; asks Klaviyo nothing. */
export async function explainSegments(
  { settings, destination, segments }: SegmentParts,
  aggregate: CustomerRecord['aggregate'],
  now: Date,
): Promise<ExplainedSegment[]> {
  const sights = await segments.loadSegmentSights()
  return settings.segments.map((spec) => ({
    ...toKnownSegment(spec, sights, destination).known,
    basis: spec.basis,
    judgement: spec.basis === 'predictive' ? null : judgeSegment(spec, aggregate, settings, now),
  }))
}
