import { countSegments } from '../src/app/count-segments.ts'
import { tallySizes } from '../src/app/size-tally.ts'
import type { JobDefinition } from './job.ts'
import { tellMisfit } from './tell-misfit.ts'

/**
 * Reads the sizes of segments that are due, coming back while Klaviyo allows no more counts. What is due is in the
 * ledger: a job that is lost is put in again.
 */
export const countSegmentsJob: JobDefinition = {
  name: 'count-segments',
  connectorOf: () => 'klaviyo',
  // What is being changed is not counted.
  exclusiveKind: () => 'sync-segments',
  async work({ services, data, onProgress, log, keep, signal }) {
    onProgress({ step: 'counting members of segments' })
    const { settings, segments } = services
    let counted = data.counts?.['counted'] ?? 0
    let unanswered = data.counts?.['unanswered'] ?? 0
    const step = await countSegments(
      { settings, segments, destination: services.destination.connector },
      {
        now: () => new Date(),
        async onCounted(one) {
          counted += 1
          tellMisfit(log, one)
          await keep({ counted, unanswered })
        },
        signal,
      },
    )
    unanswered += step.unanswered
    const counts = { counted, unanswered }
    if (step.waitMs !== null) return { done: false, counts, delayMs: step.waitMs }
    return { done: true, counts: { ...counts, sizes: await tallySizes(services) } }
  },
}
