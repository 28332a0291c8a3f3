import { JOB_NAMES } from '../src/core/job-names.ts'
import { backoffMs } from '../src/lib/retry-timing.ts'
import type { JobBackend } from './backend.ts'
import { type JobContext, perform } from './perform.ts'
import { JOBS } from './registry.ts'

/** The workers of all jobs in this process. */
export interface Workers {
  /** Lets running jobs end or give themselves back (their signal has fired), for `graceMs` at most. */
  close(graceMs: number): Promise<void>
}

/** Jobs of one kind that run at once in a process: one account does not wait for another. */
const CONCURRENCY = 4
/** A job whose process was killed is taken up again after this time. */
const LOCK_MS = 15_000

/** Starts a worker for every kind of job. */
export function startWorkers(backend: JobBackend, context: JobContext): Workers {
  let closed = false
  const workers = JOB_NAMES.map((name) => {
    const worker = backend.createWorker(name, (job, token) => perform(JOBS[name], context, job, token), {
      concurrency: CONCURRENCY,
      lockDuration: LOCK_MS,
      stalledInterval: LOCK_MS / 3,
      // A killed process is not the job's fault.
      maxStalledCount: 1_000,
      settings: { backoffStrategy: (attempts) => backoffMs(attempts, { baseMs: 1_000, capMs: 300_000 }) },
    })
    worker.on('error', (error) => {
      // Connections that are cut while everything ends are no news.
      if (!closed) context.logger.warn({ err: error, job: name }, 'the queue did not answer')
    })
    return worker
  })
  return {
    async close(graceMs) {
      closed = true
      const closing = Promise.all(workers.map((worker) => worker.close()))
      const late = Symbol('late')
      const timer = Promise.withResolvers<typeof late>()
      const timeout = setTimeout(() => timer.resolve(late), graceMs)
      if ((await Promise.race([closing, timer.promise])) === late)
        await Promise.all(workers.map((worker) => worker.close(true)))
      clearTimeout(timeout)
    },
  }
}
