import type { JobQueues, JobScope } from '../../jobs/queues.ts'
import { JOBS } from '../../jobs/registry.ts'
import type { JobStatus } from '../app/application.ts'
import type { AccountServices } from '../app/services.ts'
import { isJobName, type JobName } from '../core/runs/job-names.ts'
import type { Run } from '../core/runs/run-store.ts'
import { settleRun } from './open-runs.ts'

/**
 * Whether a run that the ledger calls running is nobody's work at this moment: what did it was stopped, and its job waits
 * in the queue for a process that takes it up. One that was told to come back at a time is not.
 */
export async function isInterrupted(
  queues: Pick<JobQueues, 'findFamily'>,
  services: Pick<AccountServices, 'isHeld'>,
  { job, jobId, source }: Run,
): Promise<boolean> {
  if (!isJobName(job)) return false
  const family = await queues.findFamily(job, jobId)
  const open = family.filter(({ state }) => state !== 'completed' && state !== 'failed')
  if (open.length === 0 || open.some(({ state }) => state === 'delayed')) return false
  const held = await Promise.all(
    open.map((status) => isHeld(services, source === null ? status : { ...status, source })),
  )
  return !held.includes(true)
}

/** A process that works on a job holds its lock; a killed one has given it back. */
async function isHeld(
  services: Pick<AccountServices, 'isHeld'>,
  { job, source, state }: Pick<JobStatus, 'job' | 'source' | 'state'>,
): Promise<boolean> {
  if (state !== 'active') return false
  const kind = JOBS[job].exclusiveKind(source === undefined ? {} : { source })
  return services.isHeld(kind)
}

/** Jobs whose work a sync does too. */
const DONE_BY_SYNC: ReadonlySet<string> = new Set<JobName>([
  'sync',
  'pull-orders',
  'ingest-webhook',
  'compute-aggregates',
  'push-profiles',
  'sync-segments',
])

/**
 * Ends, in the ledger, the runs before `since` that a sync of this scope has gone on with: those that were interrupted, are
 * about nothing that it was not about, and sent nothing if it did not. Should a process take up what is left of such a job,
 * its run goes on. Runs whose job has ended, or is gone, are ended as that was.
 */
export async function endInterrupted(
  queues: Pick<JobQueues, 'findFamily' | 'findJob' | 'findScope'>,
  services: Pick<AccountServices, 'isHeld' | 'runs'>,
  { since, scope }: { since: Date; scope: JobScope },
): Promise<void> {
  const { runs } = services
  for (const run of await runs.loadRunning(since)) {
    const { state, counts, errorCode, errorMessage } = await settleRun(queues, run)
    if (state !== 'running') {
      const failure = state === 'failed' ? { code: errorCode ?? 'E_BUG', message: errorMessage ?? '' } : undefined
      await runs.finishRun(run.runId, { counts, ...(failure && { failure }) })
      continue
    }
    if (!(await isCovered(queues, run, scope)) || !(await isInterrupted(queues, services, run))) continue
    const message = 'interrupted: its process was stopped, and a later sync has gone on from there'
    await runs.finishRun(run.runId, { counts: run.counts, failure: { code: 'E_ABORTED', message } })
  }
}

/** Whether a sync of this scope has done all that the run was for. */
async function isCovered(
  queues: Pick<JobQueues, 'findScope'>,
  { job, jobId }: Run,
  { sources, dryRun }: JobScope,
): Promise<boolean> {
  if (!isJobName(job) || !DONE_BY_SYNC.has(job)) return false
  const asked = await queues.findScope(job, jobId)
  if (asked === null || (dryRun && !asked.dryRun)) return false
  return asked.sources.every((source) => sources.includes(source))
}
