import { computeStore } from '../src/app/compute-store.ts'
import type { JobDefinition } from './job.ts'

/** Brings the store's numbers by week, month and quarter up to date: the page reads them, nothing that is pushed does. */
export const computeStoreJob: JobDefinition = {
  name: 'compute-store',
  connectorOf: () => null,
  exclusiveKind: () => 'compute-store',
  async work({ services, onProgress, signal }) {
    return { done: true, counts: await computeStore(services, { onProgress, signal }) }
  },
}
