import { setTimeout as delay } from 'node:timers/promises'
import { syncSegmentsJob } from '../../jobs/sync-segments.ts'
import { type AppliedSegment, applySegments } from '../app/apply-segments.ts'
import { planSegments, type SegmentPlan } from '../app/plan-segments.ts'
import { throwIfAborted } from '../core/errors.ts'
import type { OpenAccount } from './account-services.ts'

const LOOK_AGAIN_MS = 200

/** What a person has agreed to, and how long they wait for a job that works on the same segments. */
export interface Agreement {
  readonly prune: boolean
  /** Whether a plan is what they have seen. */
  readonly isAgreed: (plan: SegmentPlan) => boolean
  readonly patienceMs: number
  readonly signal: AbortSignal
}

/**
 * Plans and carries the plan out while no job works on the account's segments: one that did in between would have made
 * the same segments, and Klaviyo takes two of one name. `busy`: a job did all the time; `changed`: the plan is not the
 * one agreed to. Neither has written anything.
 */
export async function applyAgreed(
  { settings, destination, segments, thresholds, exclusively }: OpenAccount,
  { prune, isAgreed, patienceMs, signal }: Agreement,
): Promise<readonly AppliedSegment[] | 'busy' | 'changed'> {
  const parts = { settings, destination: destination.connector, segments, thresholds }
  const apply = async (held: AbortSignal) => {
    const both = AbortSignal.any([signal, held])
    const plan = await planSegments(parts, { sizes: false, signal: both })
    return isAgreed(plan) ? applySegments(parts, plan, { prune, confirmed: true, signal: both }) : 'changed'
  }
  const deadlineMs = performance.now() + patienceMs
  for (;;) {
    throwIfAborted(signal, 'applying segments')
    const applied = await exclusively(syncSegmentsJob.exclusiveKind({}), apply)
    if (applied !== null) return applied
    if (performance.now() >= deadlineMs) return 'busy'
    await delay(LOOK_AGAIN_MS)
  }
}
