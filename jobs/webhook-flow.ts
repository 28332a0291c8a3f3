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
 * an event that was kept within the slice is never too late for it. Slices are of this process: clocks differ. While the
 * last piece still waits, as during a long pull of the source, no other is put in: it will see the event.
 */
export function createWebhookWaker(
  flows: FlowProducer,
  options: FlowJob['opts'],
  stateOf: (job: 'ingest-webhook', id: string) => Promise<string>,
): WakeWebhooks {
  const process = randomUUID().slice(0, 8)
  const woken = new Map<string, { slice: number; id: string; done: Promise<void> }>()
  return async (account, source) => {
    const nowMs = Date.now()
    const slice = Math.floor(nowMs / SLICE_MS)
    const place = `${account}.${source}`
    const last = woken.get(place)
    if (last?.slice === slice) return last.done
    const id = `webhook.${place}.${process}-${slice}`
    const one = { slice, id, done: last === undefined ? add(id) : addUnlessWaiting(id, last.id) }
    woken.set(place, one)
    // Who comes next in this slice tries anew.
    one.done.catch(() => woken.delete(place))
    return one.done

    async function addUnlessWaiting(next: string, former: string): Promise<void> {
      const state = await askQueue(() => stateOf('ingest-webhook', `${former}.ingest-webhook`))
      if (state !== 'delayed' && state !== 'waiting') return add(next)
      one.id = former
    }

    async function add(next: string): Promise<void> {
      const delayMs = (slice + 1) * SLICE_MS - nowMs
      await askQueue(() => flows.add(webhookFlow(next, account, source, delayMs, options)))
    }
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
