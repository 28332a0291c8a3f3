import { computeAggregates } from '../src/app/compute-aggregates.ts'
import type { JobDefinition } from './job.ts'

/** Computes what is dirty. Sources that could not be read do not keep the others waiting. */
export const computeAggregatesJob: JobDefinition = {
  name: 'compute-aggregates',
  connectorOf: () => null,
  exclusiveKind: () => 'compute-aggregates',
  async work({ services, onProgress, signal }) {
    const counts = await computeAggregates({ aggregates: services.aggregates }, { now: new Date(), onProgress, signal })
    return { done: true, counts }
  },
}
