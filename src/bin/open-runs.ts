import type { JobQueues } from '../../jobs/queues.ts'
import type { AccountRun } from '../app/application.ts'
import { isJobName } from '../core/runs/job-names.ts'
import type { Run } from '../core/runs/run-store.ts'

/**
 * A run as it stands. One that the ledger calls running may have ended without being able to write that down: its
 * process was killed, or the database was away. Then the queue knows.
 */
export async function settleRun(
  queues: Pick<JobQueues, 'findJob'>,
  run: Run,
): Promise<Run & Pick<AccountRun, 'resumesAt' | 'lastFailure' | 'progress'>> {
  if (run.state !== 'running' || !isJobName(run.job)) return run
  const status = await queues.findJob(run.job, run.jobId)
  if (status === null) {
    const errorMessage = 'the job is no longer in the queue: it was taken out while its process was gone'
    return { ...run, state: 'failed', errorCode: 'E_ABORTED', errorMessage }
  }
  if (status.state === 'completed') return { ...run, state: 'done', counts: status.result ?? run.counts }
  if (status.state !== 'failed') {
    const { resumesAt, lastFailure, progress } = status
    return { ...run, progress, ...(resumesAt && { resumesAt }), ...(lastFailure && { lastFailure }) }
  }
  return {
    ...run,
    state: 'failed',
    errorCode: status.failure?.code ?? null,
    errorMessage: status.failure?.message ?? null,
  }
}
