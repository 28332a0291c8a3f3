import { randomUUID } from 'node:crypto'
import type { FlowJob, FlowProducer } from 'bullmq'
import type { JobData } from './job-data.ts'
import { askQueue } from './queue-failure.ts'

/** Events of one slice of time are worked off together. */
const SLICE_MS = 500

/** Puts in the work on received events. */
export type WakeWebhooks = (account: string, source: string) => Promise<void>

/** The last piece of work on a source's events, as far as this process put it in. */
interface Woken {
  /** Events kept within it are seen by the piece, which begins after it. */
  slice: number
  id: string
  added: Promise<void>
  /** A look whether the piece still waits, under way, and the one after: events that come meanwhile are its. */
  look: Promise<void> | null
  nextLook: Promise<void> | null
}

/**
 * One piece of work per source and slice of time, however many events come. It begins when its slice is over, so that
 * an event that was kept within the slice is never too late for it. Slices are of this process: clocks differ. While the
 * last piece still waits, as during a long pull of the source, no other is put in: it will see the event. Whoever comes
 * later has to look anew, for it may have begun.
 */
export function createWebhookWaker(
  flows: FlowProducer,
  options: FlowJob['opts'],
  stateOf: (job: 'ingest-webhook', id: string) => Promise<string>,
): WakeWebhooks {
  const process = randomUUID().slice(0, 8)
  const pieces = new Map<string, Woken>()
  let count = 0

  return async (account, source) => {
    const place = `${account}.${source}`
    const last = pieces.get(place)
    if (last === undefined || last.slice === currentSlice()) return last?.added ?? add()
    if (last.look === null) return lookNow(last)
    last.nextLook ??= last.look.catch(() => undefined).then(() => lookNow(last))
    return last.nextLook

    function lookNow(piece: Woken): Promise<void> {
      piece.nextLook = null
      piece.look = addUnlessWaiting(piece).finally(() => {
        piece.look = null
      })
      return piece.look
    }

    async function addUnlessWaiting({ id }: Woken): Promise<void> {
      const newest = pieces.get(place)
      if (newest?.slice === currentSlice()) return newest.added
      const state = await askQueue(() => stateOf('ingest-webhook', `${newest?.id ?? id}.ingest-webhook`))
      if (state !== 'delayed' && state !== 'waiting') return add()
    }

    function add(): Promise<void> {
      const slice = currentSlice()
      // Not the slice: it comes again when the clock is put back, and BullMQ adds no job under an id it still keeps.
      const id = `webhook.${place}.${process}-${count++}`
      const delayMs = (slice + 1) * SLICE_MS - Date.now()
      const added = askQueue(async () => {
        await flows.add(webhookFlow(id, account, source, delayMs, options))
      })
      const piece: Woken = { slice, id, added, look: null, nextLook: null }
      pieces.set(place, piece)
      // Who comes next in this slice tries anew.
      added.catch(() => pieces.get(place) === piece && pieces.delete(place))
      return added
    }
  }
}

function currentSlice(): number {
  return Math.floor(Date.now() / SLICE_MS)
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
