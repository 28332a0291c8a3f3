import { computeAggregates } from '../src/app/compute-aggregates.ts'
import { followThresholds } from '../src/app/follow-thresholds.ts'
import type { JobDefinition } from './job.ts'
import { tellCrossed } from './tell-crossed.ts'

/** Computes what is dirty. Sources that could not be read do not keep the others waiting. */
export const computeAggregatesJob: JobDefinition = {
  name: 'compute-aggregates',
  connectorOf: () => null,
  exclusiveKind: () => 'compute-aggregates',
  async work({ services, data, onProgress, log, wakeStore, signal }) {
    const now = new Date()
    const counts = await computeAggregates({ aggregates: services.aggregates }, { now, onProgress, signal })
    const followed = await followThresholds(services, { now, look: data.full ? 'always' : 'when-due' })
    await tellCrossed(log, services, data)
    // Also what an earlier one was kept from waking for.
    if (await services.storeNumbers.hasDirty()) await wakeStore(data)
    return { done: true, counts: { ...counts, ...followed } }
  },
}
