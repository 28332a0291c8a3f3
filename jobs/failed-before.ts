import type { AccountServices } from '../src/app/services.ts'
import type { Flow, JobData } from './job-data.ts'

/**
 * Within a sync: why this step has nothing to stand on, when an earlier one failed; null when all is well. A step that
 * cannot start is not itself a failure: the sync tells the first cause.
 */
export async function failedBefore(
  services: AccountServices,
  { flow }: JobData,
  needed: readonly Exclude<keyof Flow, 'pull-orders'>[],
): Promise<string | null> {
  if (flow === undefined) return null
  const runs = await services.runs.loadRunsOf(needed.map((job) => flow[job]))
  const failed = needed.find((job) => !runs.some((run) => run.job === job && run.state === 'done'))
  return failed === undefined ? null : `${failed} failed`
}
