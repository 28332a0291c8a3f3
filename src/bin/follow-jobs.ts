import { setTimeout as delay } from 'node:timers/promises'
import { startWorkers } from '../../jobs/worker.ts'
import type { JobStatus, QueuedJob } from '../app/application.ts'
import { StoreError, throwIfAborted } from '../core/errors.ts'
import type { Container } from './container.ts'

/** Whoever waits at a terminal is told, instead of waiting longer than this for a job that was told to come back. */
const LONGEST_WAIT_MS = 120_000
const LOOK_EVERY_MS = 150
/** A database or Redis that restarts is back by then; the workers wait for it too. */
const LONGEST_SILENCE_MS = 60_000
/** Jobs in hand get this long to end or give themselves back. */
export const GRACE_MS = 8_000

/**
 * Works in this process until these jobs and their children have ended, and answers them all, children first. A job
 * that has to wait for long is answered as delayed and stays in the queue.
 */
export async function followJobs(
  container: Container,
  jobs: readonly QueuedJob[],
  onProgress: (status: JobStatus) => void,
  signal: AbortSignal,
): Promise<JobStatus[]> {
  const { queues, backend, logger, configuration } = container
  const stop = new AbortController()
  const context = {
    servicesOf: (account: string) => container.account(account),
    logger,
    signal: AbortSignal.any([signal, stop.signal]),
  }
  const workers = startWorkers(backend, context, { configuration })
  const told = new Map<string, string>()
  let heardAt = performance.now()
  const look = async () => {
    try {
      const families = await Promise.all(jobs.map(({ job, id }) => queues.findFamily(job, id)))
      heardAt = performance.now()
      return families
    } catch (error) {
      if (!(error instanceof StoreError) || performance.now() - heardAt > LONGEST_SILENCE_MS) throw error
      return null
    }
  }
  try {
    for (;;) {
      throwIfAborted(signal, 'working')
      const families = await look()
      if (families === null) {
        await delay(1_000, undefined, { signal }).catch(() => undefined)
        continue
      }
      for (const status of families.flat()) {
        const now = JSON.stringify(status)
        if (told.get(status.id) === now) continue
        told.set(status.id, now)
        onProgress(status)
      }
      if (families.every((family) => hasEnded(family.at(-1)))) return families.flat()
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
    }
  } finally {
    stop.abort()
    await workers.close(GRACE_MS)
  }
}

function hasEnded(status: JobStatus | undefined): boolean {
  if (status === undefined || status.state === 'completed' || status.state === 'failed') return true
  return status.resumesAt !== undefined && status.resumesAt.getTime() > Date.now() + LONGEST_WAIT_MS
}
