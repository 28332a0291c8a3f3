import type { CountedSegment } from '../src/app/count-segments.ts'
import type { Logger } from '../src/lib/logger.ts'

/** Warns of a segment that was counted and is not as large as it should be. */
export function tellMisfit(log: Logger, { key, members, expectedMembers, finding }: CountedSegment): void {
  if (finding.kind !== 'empty' && finding.kind !== 'off') return
  const { kind, causes } = finding
  log.warn({ segment: key, members, expectedMembers, finding: kind, causes }, 'a segment is not as large as expected')
}
