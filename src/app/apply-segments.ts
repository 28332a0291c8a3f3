import type { Destination } from '../core/destination.ts'
import { throwIfAborted } from '../core/errors.ts'
import type { SegmentStateStore } from '../core/segments/segment-state-store.ts'
import type { ThresholdStore } from '../core/thresholds/threshold.ts'
import { keepDecisions } from './follow-thresholds.ts'
import type { PlannedSegment, SegmentPlan } from './segment-plan.ts'

/** What applying did with one segment: the plan's action, or why it was not carried out. */
export interface AppliedSegment {
  readonly key: string
  readonly name: string
  readonly outcome:
    | 'created'
    | 'updated'
    | 'put back'
    | 'adopted'
    | 'deleted'
    | 'unchanged'
    | 'kept'
    | 'blocked'
    | 'held'
    | 'drifted'
    | 'unfounded'
    | 'deferred'
}

/** How far applying may go. */
export interface ApplyWishes {
  /** Delete what is no longer configured (never what a flow starts from). */
  readonly prune: boolean
  /**
   * A person has seen the plan: segments changed by hand in Klaviyo are put back, and segments that flows start from
   * are changed. Without it both are left as they are and told, since changing them may send mail. Nor is anything
   * written without it that would rest on figures Klaviyo does not seem to have.
   */
  readonly confirmed: boolean
  /** Awaited after each segment that was written: what an interrupted attempt did is to be told too. */
  readonly onWritten?: (segment: AppliedSegment) => Promise<void>
  readonly signal: AbortSignal
}

const WRITTEN: ReadonlySet<AppliedSegment['outcome']> = new Set([
  'created',
  'updated',
  'put back',
  'adopted',
  'deleted',
])

/** Carries out a plan. Killed at any point, planning again finds what was done. */
export async function applySegments(
  {
    destination,
    segments,
    thresholds,
  }: { destination: Destination; segments: SegmentStateStore; thresholds: ThresholdStore },
  plan: SegmentPlan,
  { prune, confirmed, onWritten, signal }: ApplyWishes,
): Promise<AppliedSegment[]> {
  // Before any segment is written: what Klaviyo was told is in force, also when the rest does not come to pass.
  await keepDecisions(thresholds, plan.following?.decisions ?? [])
  const left = { creates: plan.quota.creates.left, updates: plan.quota.updates.left }
  const applied: AppliedSegment[] = []
  const toTag: string[] = []

  for (const segment of plan.segments) {
    throwIfAborted(signal, 'applying segments')
    const outcome = await applyOne(segment)
    const done = { key: segment.key, name: segment.name, outcome }
    applied.push(done)
    if (WRITTEN.has(outcome)) await onWritten?.(done)
    const mine = ['unchanged', 'adopted', 'updated', 'put back'].includes(outcome)
    if (mine && !segment.tagged && segment.remoteId !== null) toTag.push(segment.remoteId)
  }
  if (toTag.length > 0) await destination.tagSegments(toTag, signal)
  return applied

  async function applyOne(segment: PlannedSegment): Promise<AppliedSegment['outcome']> {
    const { key, name, definition, remoteId } = segment
    switch (segment.action) {
      case 'unchanged':
        return 'unchanged'
      case 'blocked':
        return 'blocked'
      case 'create': {
        if (!confirmed && segment.figures === 'missing') return 'unfounded'
        if (left.creates === 0) return 'deferred'
        left.creates -= 1
        const id = await destination.createSegment(name, definition, signal)
        // Saved before it is tagged: a crash in between leaves a segment that is ours, and is tagged next time.
        await segments.saveSegmentState({ key, remoteId: id, name, definition }, 'create')
        toTag.push(id)
        return 'created'
      }
      case 'adopt':
        if (remoteId === null) return 'blocked'
        await segments.saveSegmentState({ key, remoteId, name, definition }, 'adopt')
        return 'adopted'
      case 'update':
      case 'drifted': {
        if (remoteId === null) return 'blocked'
        if (!confirmed && segment.action === 'drifted') return 'drifted'
        if (!confirmed && segment.flows !== null && segment.flows.length > 0) return 'held'
        if (!confirmed && segment.figures === 'missing') return 'unfounded'
        if (left.updates === 0) return 'deferred'
        left.updates -= 1
        await destination.updateSegment(remoteId, { name, definition }, signal)
        await segments.saveSegmentState({ key, remoteId, name, definition }, 'update')
        return segment.action === 'drifted' ? 'put back' : 'updated'
      }
      case 'unwanted':
        return prune ? remove(segment) : 'kept'
    }
  }

  async function remove({ key, remoteId, flows }: PlannedSegment): Promise<AppliedSegment['outcome']> {
    if (flows === null || flows.length > 0) return 'held'
    if (remoteId !== null) await destination.deleteSegment(remoteId, signal)
    await segments.removeSegmentState(key)
    return 'deleted'
  }
}
