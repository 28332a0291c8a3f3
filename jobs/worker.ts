import { JOB_NAMES } from '../src/core/runs/job-names.ts'
import { backoffMs } from '../src/lib/retry-timing.ts'
import type { JobBackend } from './backend.ts'
import { type JobContext, perform } from './perform.ts'
import { JOBS } from './registry.ts'
import { createStoreWaker } from './store-waker.ts'

/** The workers of all jobs in this process. */
export interface Workers {
  /**
   * Takes no more jobs and lets those in hand end or give themselves back (their signal has fired), for `graceMs` at
   * most. One that has not by then is left to another process, which takes it up when its lock has run out.
   */
  close(graceMs: number): Promise<void>
}

/** Jobs of one kind that run at once in a process: one account does not wait for another. */
export const CONCURRENCY = 4
/** A job whose process was killed is taken up again after this time, and a third of it until somebody looks. */
const LOCK_MS = 15_000

/**
 * Starts a worker for every kind of job. When the context's signal fires they take no more jobs. `configuration`: its
 * fingerprint, which every job they work on tells afterwards.
 */
export function startWorkers(
  backend: JobBackend,
  outside: Omit<JobContext, 'wakeStore'>,
  { lockMs = LOCK_MS, configuration }: { lockMs?: number; configuration?: string } = {},
): Workers {
  const storeQueue = backend.createQueue('compute-store')
  storeQueue.on('error', () => undefined)
  const context: JobContext = { ...outside, wakeStore: createStoreWaker(storeQueue) }
  const inHand = new Set<Promise<unknown>>()
  let closed = false
  const workers = JOB_NAMES.map((name) => {
    const worker = backend.createWorker(
      name,
      (job, token) => {
        const performed = perform(JOBS[name], context, job, token)
        inHand.add(performed)
        const drop = () => inHand.delete(performed)
        performed.then(drop, drop)
        return performed
      },
      {
        concurrency: CONCURRENCY,
        ...(configuration !== undefined && { name: configuration }),
        lockDuration: lockMs,
        stalledInterval: lockMs / 3,
        // A killed process is not the job's fault.
        maxStalledCount: 1_000,
        settings: { backoffStrategy: (attempts) => backoffMs(attempts, { baseMs: 1_000, capMs: 300_000 }) },
      },
    )
    worker.on('error', (error) => {
      // Connections that are cut while everything ends are no news.
      if (!closed) context.logger.warn({ err: error, job: name }, 'the queue did not answer')
    })
    return worker
  })

  // A job that gives itself back must not be taken again by the process that is ending.
  const pause = () => void Promise.all(workers.map((worker) => worker.pause(true)))
  if (context.signal.aborted) pause()
  else context.signal.addEventListener('abort', pause, { once: true })

  return {
    async close(graceMs) {
      closed = true
      context.signal.removeEventListener('abort', pause)
      await Promise.all(workers.map((worker) => worker.pause(true)))
      // BullMQ takes back no `close()`: whether to wait for what is in hand must be known before.
      const late = await isLate(Promise.allSettled(inHand), graceMs)
      await Promise.all(workers.map((worker) => worker.close(late)))
      await storeQueue.close()
    },
  }
}

async function isLate(work: Promise<unknown>, graceMs: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(true), graceMs)
  try {
    return await Promise.race([work.then(() => false), promise])
  } finally {
    clearTimeout(timer)
  }
}
