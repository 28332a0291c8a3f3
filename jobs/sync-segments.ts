import { applySegments } from '../src/app/apply-segments.ts'
import { noticeRemoteAccount } from '../src/app/notice-remote-account.ts'
import { planSegments } from '../src/app/plan-segments.ts'
import { failedBefore } from './failed-before.ts'
import type { JobDefinition } from './job.ts'

/** Makes Klaviyo's segments what the configuration says, leaving alone what only a person should change. */
export const syncSegmentsJob: JobDefinition = {
  name: 'sync-segments',
  connectorOf: () => 'klaviyo',
  exclusiveKind: () => 'sync-segments',
  async work({ services, data, onProgress, signal }) {
    const skipped = await failedBefore(services, data, ['compute-aggregates', 'push-profiles'])
    if (skipped !== null) return { done: true, counts: { skipped } }
    onProgress({ step: 'comparing segments' })
    if (!data.dryRun) await noticeRemoteAccount(services, { now: new Date(), signal })
    const { settings, segments } = services
    const destination = services.destination.connector
    const plan = await planSegments({ settings, destination, segments }, { memberCounts: false, signal })
    if (data.dryRun) return { done: true, counts: { planned: tally(plan.segments.map(({ action }) => action)) } }
    const applied = await applySegments({ destination, segments }, plan, { prune: false, confirmed: false, signal })
    return { done: true, counts: tally(applied.map(({ outcome }) => outcome)) }
  },
}

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
