import { setTimeout as delay } from 'node:timers/promises'
import { syncSegmentsJob } from '../../jobs/sync-segments.ts'
import { whileHeld } from '../../jobs/while-held.ts'
import { type AppliedSegment, applySegments } from '../app/apply-segments.ts'
import { planSegments } from '../app/plan-segments.ts'
import type { SegmentPlan } from '../app/segment-plan.ts'
import { throwIfAborted } from '../core/errors.ts'
import type { OpenAccount } from './account-services.ts'

const LOOK_AGAIN_MS = 200

/** What a person has agreed to, and how long they wait for a job that works on the same segments. */
export interface Agreement {
  readonly prune: boolean
  /** Whether a plan is what they have seen. */
  readonly isAgreed: (plan: SegmentPlan) => boolean
  /** Called after each segment that was written: what an interrupted apply did is to be told too. */
  readonly onWritten?: (segment: AppliedSegment) => void
  readonly patienceMs: number
  readonly signal: AbortSignal
}

/**
 * Plans and carries the plan out while no job works on the account's segments: one that did in between would have made
 * the same segments, and Klaviyo takes two of one name. `busy`: a job did all the time; `changed`: the plan is not the
 * one agreed to. Neither has written anything.
 * @throws StoreError when the lock was lost, AbortedError when the signal fired; both may come after something was written
 */
export async function applyAgreed(
  { settings, destination, segments, thresholds, exclusively }: OpenAccount,
  { prune, isAgreed, onWritten, patienceMs, signal }: Agreement,
): Promise<readonly AppliedSegment[] | 'busy' | 'changed'> {
  const parts = { settings, destination: destination.connector, segments, thresholds }
  const apply = (lost: AbortSignal) =>
    whileHeld({ lost, stopping: signal }, async (both) => {
      const plan = await planSegments(parts, { sizes: false, signal: both })
      if (!isAgreed(plan)) return 'changed'
      return applySegments(parts, plan, {
        prune,
        confirmed: true,
        onWritten: async (segment) => onWritten?.(segment),
        signal: both,
      })
    })
  const deadlineMs = performance.now() + patienceMs
  for (;;) {
    throwIfAborted(signal, 'applying segments')
    const applied = await exclusively(syncSegmentsJob.exclusiveKind({}), apply)
    if (applied !== null) return applied
    if (performance.now() >= deadlineMs) return 'busy'
    await delay(LOOK_AGAIN_MS)
  }
}
