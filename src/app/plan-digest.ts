import { createHash } from 'node:crypto'
import type { SegmentPlan } from './segment-plan.ts'

/**
 * Tells one plan from another by what it would write and what that may set off; sizes may move without changing what was
 * agreed to.
 */
export function planDigest({ segments }: SegmentPlan): string {
  const written = segments.map(({ key, name, action, remoteId, definition, former, flows, figures }) => [
    key,
    name,
    action,
    remoteId,
    definition,
    former,
    flows,
    figures,
  ])
  return createHash('sha256').update(JSON.stringify(written)).digest('base64url')
}
