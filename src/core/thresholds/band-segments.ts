import type { SegmentCondition, SegmentSpec } from '../segments/segment.ts'
import type { BandRule } from './band.ts'

/**
 * Segments that ask for a band and nothing else: by `aov_band`, or by the AOV between these borders. `rule` null: there are no
 * bands, so that whatever splits customers by their AOV alone is taken for one.
 */
export function findBandSegments(segments: readonly SegmentSpec[], rule: BandRule | null): SegmentSpec[] {
  return segments.filter(({ all, basis }) => {
    const conditions = all.flatMap(({ any }) => any)
    const [condition] = conditions
    return basis === 'property' && conditions.length === 1 && condition !== undefined && asksForBand(condition, rule)
  })
}

function asksForBand({ property, operator, value }: SegmentCondition, rule: BandRule | null): boolean {
  if (property === 'aov_band') return true
  if (property !== 'aov' || operator === 'eq') return false
  return rule === null || [value].flat().every((amount) => rule.borders.some((border) => border === amount))
}
