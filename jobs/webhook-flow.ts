import { randomUUID } from 'node:crypto'
import type { FlowJob, FlowProducer } from 'bullmq'
import type { JobData } from './job-data.ts'
import { askQueue } from './queue-failure.ts'

/** Events of one slice of time are worked off together. */
const SLICE_MS = 500
/** A piece that has not begun so long after its slice waits for a clock that is behind. */
const LATE_MS = 1_000

/** Puts in the work on received events. */
export type WakeWebhooks = (account: string, source: string) => Promise<void>

/** What the waker asks of the queue of pieces. */
export interface PieceQueue {
  /** In BullMQ's words. */
  stateOf(id: string): Promise<string>
  /** Has a piece that was put in to wait, and never began, begin now; does nothing to any other. */
  begin(id: string): Promise<void>
}

/** The last piece of work on a source's events, as far as this process put it in. */
interface Woken {
  /** Counts up in this process: one that was put in after an event was kept will see it. */
  number: number
  id: string
  added: Promise<void>
  /** A look whether the piece still waits, under way, and the one after: events that come meanwhile are its. */
  look: Promise<void> | null
  nextLook: Promise<void> | null
  /** A piece of this number or later will see whatever waits for the next look. */
  nextSince: number
}

/**
 * One piece of work per source and slice of time, however many events come: it waits for the end of its slice, and what is
 * kept meanwhile is its. Whether it still waits is looked up for every event, once that is kept, and never told by a clock:
 * a worker whose clock is ahead begins early. One whose clock is behind would begin late, so this process has the piece
 * begin a moment after its slice.
 */
export function createWebhookWaker(
  flows: FlowProducer,
  options: FlowJob['opts'],
  queue: PieceQueue,
): { readonly wake: WakeWebhooks; close(): void } {
  const process = randomUUID().slice(0, 8)
  const pieces = new Map<string, Woken>()
  const timers = new Set<NodeJS.Timeout>()
  let count = 0

  return {
    async wake(account, source) {
      const place = `${account}.${source}`
      const last = pieces.get(place)
      if (last === undefined) return add()
      if (last.look === null) return lookNow(last, count)
      last.nextSince = count
      last.nextLook ??= last.look.catch(() => undefined).then(() => lookNow(last, last.nextSince))
      return last.nextLook

      function lookNow(piece: Woken, since: number): Promise<void> {
        piece.nextLook = null
        piece.look = addUnlessWaiting(piece, since).finally(() => {
          piece.look = null
        })
        return piece.look
      }

      async function addUnlessWaiting(piece: Woken, since: number): Promise<void> {
        const newest = pieces.get(place) ?? piece
        await newest.added
        if (newest.number >= since) return
        const state = await askQueue(() => queue.stateOf(`${newest.id}.ingest-webhook`))
        if (state !== 'delayed' && state !== 'waiting') return add()
      }

      function add(): Promise<void> {
        const delayMs = untilSliceEndsMs()
        // No instant: it comes again when the clock is put back, and BullMQ adds no job under an id it still keeps.
        const number = count++
        const id = `webhook.${place}.${process}-${number}`
        const added = askQueue(async () => {
          await flows.add(webhookFlow(id, account, source, delayMs, options))
        })
        const piece: Woken = { number, id, added, look: null, nextLook: null, nextSince: 0 }
        pieces.set(place, piece)
        // Who comes next tries anew.
        added.then(
          () => beginLater(id, delayMs + LATE_MS),
          () => pieces.get(place) === piece && pieces.delete(place),
        )
        return added
      }
    },

    close() {
      for (const timer of timers) clearTimeout(timer)
    },
  }

  function beginLater(id: string, delayMs: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      // It begins by itself when that is due, and the next sync finds what it is for.
      queue.begin(`${id}.ingest-webhook`).catch(() => undefined)
    }, delayMs)
    timers.add(timer.unref())
  }
}

function untilSliceEndsMs(): number {
  return SLICE_MS - (Date.now() % SLICE_MS)
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
