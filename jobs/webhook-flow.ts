import { randomUUID } from 'node:crypto'
import type { FlowJob, FlowProducer } from 'bullmq'
import type { JobData } from './job-data.ts'
import { askQueue } from './queue-failure.ts'

/** Events of one slice of time are worked off together. */
const SLICE_MS = 500

/** Puts in the work on received events. */
export type WakeWebhooks = (account: string, source: string) => Promise<void>

/**
 * One piece of work per source and slice of time, however many events come. It begins when its slice is over, so that
 * an event that was kept within the slice is never too late for it. Slices are of this process: clocks differ.
 */
export function createWebhookWaker(flows: FlowProducer, options: FlowJob['opts']): WakeWebhooks {
  const process = randomUUID().slice(0, 8)
  const woken = new Map<string, { slice: number; done: Promise<void> }>()
  return async (account, source) => {
    const nowMs = Date.now()
    const slice = Math.floor(nowMs / SLICE_MS)
    const place = `${account}.${source}`
    const last = woken.get(place)
    if (last?.slice === slice) return last.done
    const delayMs = (slice + 1) * SLICE_MS - nowMs
    const flow = webhookFlow(`webhook.${place}.${process}-${slice}`, account, source, delayMs, options)
    const done = askQueue(() => flows.add(flow)).then(() => undefined)
    woken.set(place, { slice, done })
    // Who comes next in this slice tries anew.
    done.catch(() => woken.delete(place))
    return done
  }
}

/** From a shop's event to the property in Klaviyo: ingest → compute → push. Segments follow by themselves. */
function webhookFlow(id: string, account: string, source: string, delayMs: number, options: FlowJob['opts']): FlowJob {
  const data: JobData = { account, full: false, dryRun: false, acceptDeletions: false, trigger: 'webhook' }
  const step = (name: string, stepData: JobData, children: FlowJob[], more: FlowJob['opts'] = {}): FlowJob => ({
    name,
    queueName: name,
    data: stepData,
    // Orders fetched before a failure still count.
    opts: { ...options, ...more, jobId: `${id}.${name}`, ignoreDependencyOnFailure: true },
    children,
  })
  const ingest = step('ingest-webhook', { ...data, source }, [], { delay: delayMs })
  return step('push-profiles', data, [step('compute-aggregates', data, [ingest])])
}
