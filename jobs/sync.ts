import type { FlowJob } from 'bullmq'
import { toScontrinoError } from '../src/core/errors.ts'
import type { JobName } from '../src/core/runs/job-names.ts'
import type { Run } from '../src/core/runs/run-store.ts'
import type { JobDefinition } from './job.ts'
import { type Flow, familyOf, type JobData } from './job-data.ts'

/** The last step of a sync: sums up what its jobs did, tells the first failure, and tidies the history. */
export const syncJob: JobDefinition = {
  name: 'sync',
  connectorOf: () => null,
  exclusiveKind: () => 'sync',
  async work({ services, data, log, signal }) {
    const { flow } = data
    if (flow === undefined) return { done: true, counts: {} }
    const family = familyOf(flow)
    const runs = await services.runs.loadRunsOf(family.map(({ id }) => id))
    const failure = family
      .map(({ name, id }) =>
        failureOf(
          name,
          runs.find((run) => run.jobId === id),
        ),
      )
      .find(Boolean)
    // The sync is done; what only tells of the past goes with the next one, or at night.
    await services.history.prune(signal).catch((error: unknown) => {
      log.warn({ err: toScontrinoError(error, 'tidying the ledger') }, 'the ledger could not be tidied')
    })
    return { done: true, counts: sumUp(runs), ...(failure === undefined ? {} : { failure }) }
  },
}

/** A step without a run ended before one could be begun, and one whose run is open could not write down its end. */
function failureOf(name: JobName, run: Run | undefined): { code: string; message: string } | undefined {
  if (run?.state === 'done') return undefined
  if (run?.state === 'failed') return { code: run.errorCode ?? 'E_BUG', message: tell(run) }
  return { code: 'E_BUG', message: `${name} ended without telling how: see the log` }
}

function sumUp(runs: readonly Run[]): Record<string, unknown> {
  const pulls = runs.filter((run) => run.job === 'pull-orders').map((run) => [run.source ?? '', run.counts])
  const others = runs.filter((run) => run.job !== 'pull-orders').map((run) => [run.job, run.counts])
  return { 'pull-orders': Object.fromEntries(pulls), ...Object.fromEntries(others) }
}

function tell(run: Run): string {
  return `${run.job}${run.source === null ? '' : ` ${run.source}`} failed: ${run.errorMessage ?? 'without a reason'}`
}

/**
 * A sync as BullMQ runs it: each job waits for its children, so the tree is pulls → compute → push → segments → sync.
 * A child that fails does not stop its parent: other sources' orders still count, and the last step tells.
 */
export function syncFlow(id: string, data: JobData, sources: readonly string[], options: FlowJob['opts']): FlowJob {
  const flow: Flow = {
    'pull-orders': sources.map((source) => `${id}.pull-orders.${source}`),
    'compute-aggregates': `${id}.compute-aggregates`,
    'push-profiles': `${id}.push-profiles`,
    'sync-segments': `${id}.sync-segments`,
  }
  const step = (name: keyof Flow, jobId: string, children: FlowJob[], source?: string): FlowJob => ({
    name,
    queueName: name,
    data: { ...data, flow, ...(source === undefined ? {} : { source }) },
    opts: { ...options, jobId, ignoreDependencyOnFailure: true },
    children,
  })
  const pulls = sources.map((source) => step('pull-orders', `${id}.pull-orders.${source}`, [], source))
  const compute = step('compute-aggregates', flow['compute-aggregates'], pulls)
  const push = step('push-profiles', flow['push-profiles'], [compute])
  const segments = step('sync-segments', flow['sync-segments'], [push])
  return {
    name: 'sync',
    queueName: 'sync',
    data: { ...data, flow },
    opts: { ...options, jobId: id },
    children: [segments],
  }
}
