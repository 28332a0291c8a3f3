import { computeStore } from '../src/app/compute-store.ts'
import type { JobDefinition } from './job.ts'

/** Brings the store's numbers by week, month and quarter up to date: the page reads them, nothing that is pushed does. */
export const computeStoreJob: JobDefinition = {
  name: 'compute-store',
  connectorOf: () => null,
  exclusiveKind: () => 'compute-store',
  async work({ services, data, onProgress, wakeStore, signal }) {
    const counts = await computeStore(services, { onProgress, signal })
    // A process that ends, as a command's does soon, leaves the rest to the next one.
    if (counts.left > 0) await wakeStore(data)
    return { done: true, counts }
  },
}
