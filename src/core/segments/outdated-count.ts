import { type SizeFinding, toleranceOf } from './segment-size.ts'
import type { SegmentCount } from './segment-state-store.ts'

/**
 * What a count means now that `expected` members are expected: a verdict holds only for the forecast that it was made
 * against. Once that has moved beyond the tolerance, `outdated`. What was no verdict stays what it was.
 */
export function findingNow(
  { finding, expectedMembers }: Pick<SegmentCount, 'finding' | 'expectedMembers'>,
  { expected, basis }: { expected: number; basis: 'property' | 'predictive' },
): SizeFinding {
  // Klaviyo's own figures are compared with nothing but nobody.
  if (basis === 'predictive' || finding.kind === 'not-yet' || finding.kind === 'outdated') return finding
  if (Math.abs(expected - expectedMembers) <= toleranceOf(expectedMembers)) return finding
  return { kind: 'outdated', causes: [{ kind: 'forecast-moved', customers: expectedMembers }] }
}
