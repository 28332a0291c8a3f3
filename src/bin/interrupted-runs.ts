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
  const open = await openFamily(queues, job, jobId)
  if (open.length === 0 || open.some(({ state }) => state === 'delayed')) return false
  return !(await isWorkedOn(services, open, source))
}

async function openFamily(queues: Pick<JobQueues, 'findFamily'>, job: JobName, jobId: string): Promise<JobStatus[]> {
  const family = await queues.findFamily(job, jobId)
  return family.filter(({ state }) => state !== 'completed' && state !== 'failed')
}

async function isWorkedOn(
  services: Pick<AccountServices, 'isHeld'>,
  open: readonly JobStatus[],
  source: string | null,
): Promise<boolean> {
  const held = await Promise.all(
    open.map((status) => isHeld(services, source === null ? status : { ...status, source })),
  )
  return held.includes(true)
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

/** Jobs whose work a sync does too; the store's numbers it has computed by a job of its own. */
const DONE_BY_SYNC: ReadonlySet<string> = new Set<JobName>([
  'sync',
  'pull-orders',
  'ingest-webhook',
  'compute-aggregates',
  'push-profiles',
  'sync-segments',
  'compute-store',
])

/**
 * Ends, in the ledger, the runs whose work a sync of this scope has done: their job was put in before the sync's, nobody is at
 * it, and it is about nothing that the sync was not about, and sends nothing if that did not. Should a process take up what is
 * left of such a job, its run goes on. Runs whose job has ended, or is gone, are ended as that was.
 */
export async function endInterrupted(
  queues: Pick<JobQueues, 'findFamily' | 'findJob' | 'findScope'>,
  services: Pick<AccountServices, 'isHeld' | 'runs'>,
  scope: JobScope,
): Promise<void> {
  const { runs } = services
  for (const run of await runs.loadRunning()) {
    const { state, counts, errorCode, errorMessage } = await settleRun(queues, run)
    if (state !== 'running') {
      const failure = state === 'failed' ? { code: errorCode ?? 'E_BUG', message: errorMessage ?? '' } : undefined
      await runs.finishRun(run.runId, { counts, ...(failure && { failure }) })
    } else if (isJobName(run.job) && DONE_BY_SYNC.has(run.job)) {
      if (!(await isCovered(queues, run.job, run.jobId, scope))) continue
      const open = await openFamily(queues, run.job, run.jobId)
      if (!(await isWorkedOn(services, open, run.source))) await runs.supersedeRun(run.runId)
    }
  }
}

/** Whether a sync of this scope has done all that the job was for. */
async function isCovered(
  queues: Pick<JobQueues, 'findScope'>,
  job: JobName,
  jobId: string,
  { sources, dryRun, queuedAt }: JobScope,
): Promise<boolean> {
  const asked = await queues.findScope(job, jobId)
  if (asked === null || asked.queuedAt >= queuedAt || (dryRun && !asked.dryRun)) return false
  return asked.sources.every((source) => sources.includes(source))
}
