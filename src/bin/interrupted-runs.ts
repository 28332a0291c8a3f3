import type { JobQueues } from '../../jobs/queues.ts'
import { JOBS } from '../../jobs/registry.ts'
import type { JobStatus } from '../app/application.ts'
import type { AccountServices } from '../app/services.ts'
import { isJobName } from '../core/job-names.ts'
import type { Run } from '../core/ledger.ts'

/** Runs further back than this are history. */
const LATEST = 500

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

/**
 * Ends the runs that were interrupted before `since`, in the ledger: a later sync has read on from where they stopped.
 * Should a process take up what is left of such a job, its run goes on.
 */
export async function endInterrupted(
  queues: Pick<JobQueues, 'findFamily'>,
  services: Pick<AccountServices, 'isHeld' | 'runs'>,
  since: Date,
): Promise<void> {
  const { runs } = services
  const before = (await runs.loadRuns(LATEST)).filter(
    ({ state, startedAt }) => state === 'running' && startedAt < since,
  )
  for (const run of before) {
    if (!(await isInterrupted(queues, services, run))) continue
    const message = 'interrupted: its process was stopped, and a later sync has gone on from there'
    await runs.finishRun(run.runId, { counts: run.counts, failure: { code: 'E_ABORTED', message } })
  }
}
