import { applySegments } from '../src/app/apply-segments.ts'
import { countSegments } from '../src/app/count-segments.ts'
import { noticeRemoteAccount } from '../src/app/notice-remote-account.ts'
import { outdateCounts } from '../src/app/outdate-counts.ts'
import { planSegments } from '../src/app/plan-segments.ts'
import { tallySizes } from '../src/app/size-tally.ts'
import { failedBefore } from './failed-before.ts'
import type { JobDefinition } from './job.ts'
import { nothingRead } from './nothing-read.ts'
import { tellMisfit } from './tell-misfit.ts'

/** Makes Klaviyo's segments what the configuration says, leaving alone what only a person should change. */
export const syncSegmentsJob: JobDefinition = {
  name: 'sync-segments',
  connectorOf: () => 'klaviyo',
  exclusiveKind: () => 'sync-segments',
  async work({ services, data, onProgress, log, keep, signal }) {
    const skipped =
      (await failedBefore(services, data, ['compute-aggregates', 'push-profiles'])) ??
      (await nothingRead(services, data))
    if (skipped !== null) return { done: true, counts: { skipped } }
    onProgress({ step: 'comparing segments' })
    if (!data.dryRun) await noticeRemoteAccount(services, { now: new Date(), signal })
    const { settings, segments, thresholds } = services
    const destination = services.destination.connector
    // Thresholds were looked at after customers were computed, if they were due.
    const planning = { sizes: false, look: 'when-due', signal } as const
    const plan = await planSegments({ settings, destination, segments, thresholds }, planning)
    if (data.dryRun) return { done: true, counts: { planned: tally(plan.segments.map(({ action }) => action)) } }
    const written = { ...data.counts }
    const applied = await applySegments({ destination, segments, thresholds }, plan, {
      prune: false,
      confirmed: false,
      onWritten: ({ outcome }) => {
        written[outcome] = (written[outcome] ?? 0) + 1
        return keep(written)
      },
      signal,
    })
    // What Klaviyo does not tell now stays due: no sync waits for counts.
    await countSegments(
      { settings, destination, segments },
      { now: () => new Date(), onCounted: async (counted) => tellMisfit(log, counted), signal },
    )
    await outdateCounts({ settings, destination, segments }, new Date())
    const outcomes = addUp(tally(applied.map(({ outcome }) => outcome)), data.counts ?? {})
    const sizes = await tallySizes(services)
    return { done: true, counts: Object.keys(sizes).length === 0 ? outcomes : { ...outcomes, sizes } }
  },
}

/** What an earlier attempt wrote is unchanged now, and is told as what it was. */
function addUp(now: Record<string, number>, before: Readonly<Record<string, number>>): Record<string, number> {
  const counts = { ...now }
  for (const [outcome, count] of Object.entries(before)) {
    counts[outcome] = (counts[outcome] ?? 0) + count
    counts['unchanged'] = Math.max(0, (counts['unchanged'] ?? 0) - count)
  }
  return counts
}

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
