import { randomUUID } from 'node:crypto'
import type { Queue } from 'bullmq'
import type { JobData } from './job-data.ts'
import { optionsFor } from './job-options.ts'
import { askQueue } from './queue-failure.ts'

/** Puts in the work on the store's numbers of an account. */
export type WakeStore = (cause: Pick<JobData, 'account' | 'trigger'>) => Promise<void>

/** Where webhooks come by the second, the numbers of the running quarter are computed this often at most. */
const PAUSE_MS = 5_000

/**
 * One piece of work per account, however many ask: while one waits, it will see what the next would be for, since marks are
 * committed before anybody is woken. One that is at work may be past them, so then another is put in. At a terminal the
 * process ends soon: there it begins at once.
 */
export function createStoreWaker(queue: Queue<JobData>): WakeStore {
  return async ({ account, trigger }) => {
    const id = `compute-store.${account}`
    await askQueue(async () => {
      // Ids alone: they name the account.
      const waiting = await queue.getRanges(['waiting', 'delayed', 'prioritized'], 0, -1)
      if (waiting.some((one) => one.slice(0, one.lastIndexOf('.')) === id)) return
      const data: JobData = { account, trigger, full: false, dryRun: false, acceptDeletions: false }
      const delay = trigger === 'cli' ? 0 : PAUSE_MS
      await queue.add('compute-store', data, { ...optionsFor(trigger), jobId: `${id}.${randomUUID()}`, delay })
    })
  }
}
