import { DelayedError, type Job, UnrecoverableError, WaitingError } from 'bullmq'
import type { AccountServices, OnProgress } from '../src/app/services.ts'
import { AuthError, type ScontrinoError, toScontrinoError } from '../src/core/errors.ts'
import type { Logger } from '../src/lib/logger.ts'
import { type Disposition, dispose } from './disposition.ts'
import { toFailureText } from './failure-text.ts'
import { finishRun } from './finish-run.ts'
import type { JobDefinition, JobOutcome } from './job.ts'
import { type JobData, parseJobData, syncIdOf } from './job-data.ts'
import { pauseRefused, refusePaused } from './paused-connectors.ts'
import { askQueue } from './queue-failure.ts'
import type { WakeStore } from './store-waker.ts'
import { whileHeld } from './while-held.ts'
import { whileNoted } from './while-noted.ts'

/** What performing a job needs around it. */
export interface JobContext {
  /** @throws ConfigError when the account is no longer configured. */
  servicesOf(account: string): Promise<AccountServices>
  readonly logger: Logger
  readonly wakeStore: WakeStore
  /** Fires when the process is shutting down. */
  readonly signal: AbortSignal
}

/** While another process does the same kind of work, look again this often. */
const EXCLUDED_DELAY_MS = 1_000

/**
 * Performs one job from the queue: one at a time per account and kind, its run a row of the ledger, its errors turned
 * into what BullMQ should do. Answers the counts; throws what BullMQ understands.
 */
export async function perform(
  definition: JobDefinition,
  context: JobContext,
  job: Job<JobData>,
  token: string | undefined,
): Promise<object> {
  const outcome = await attempt(definition, context, job).catch((error: unknown) =>
    give(definition, context, job, token, error),
  )
  if (outcome === null) return comeBack(job, token, EXCLUDED_DELAY_MS)
  if (!outcome.done) return comeBack(job, token, outcome.delayMs, { counts: outcome.counts })
  if (outcome.failure !== undefined) throw new UnrecoverableError(toFailureText(outcome.failure))
  return outcome.counts
}

/** Null: somebody else does the same kind of work for this account. */
async function attempt(definition: JobDefinition, context: JobContext, job: Job<JobData>): Promise<JobOutcome | null> {
  const data = parseJobData(job.data)
  const services = await context.servicesOf(data.account)
  const before = (await definition.workUnhindered?.({ services, data, signal: context.signal })) ?? {}
  const counted = Object.fromEntries(Object.entries(before).filter(([, count]) => count > 0))
  // Told here, since the run of a job that is kept waiting tells nothing yet.
  if (Object.keys(counted).length > 0) logOf(context.logger, definition, job).info({ counts: counted }, 'done first')
  return services.exclusively(definition.exclusiveKind(data), (lost) =>
    performAlone(definition, { services, before: counted }, job, data, context, lost),
  )
}

async function performAlone(
  definition: JobDefinition,
  { services, before }: { services: AccountServices; before: Readonly<Record<string, number>> },
  job: Job<JobData>,
  data: JobData,
  { logger, wakeStore, signal: stopping }: JobContext,
  lost: AbortSignal,
): Promise<JobOutcome> {
  const { flow, trigger } = data
  // A sync's own job comes last; its run is told from its first step on.
  const waited = data.resumesAtMs === undefined ? {} : { waitedUntil: new Date(data.resumesAtMs) }
  const syncRunId =
    flow !== undefined && definition.name !== 'sync'
      ? await services.runs.startRun({ job: 'sync', jobId: syncIdOf(flow), trigger, attempt: 1, ...waited })
      : null
  const runId = await services.runs.startRun({
    job: definition.name,
    jobId: job.id ?? '',
    ...(data.source === undefined ? {} : { source: data.source }),
    trigger,
    attempt: job.attemptsMade + 1,
    ...waited,
  })
  const runIds = syncRunId === null ? [runId] : [runId, syncRunId]
  const connector = definition.connectorOf(data)
  const log = logOf(logger, definition, job)
  let done = data.counts
  const keep = (counts: Readonly<Record<string, number>>): Promise<void> => {
    done = { ...counts }
    return askQueue(() => job.updateData({ ...data, counts: { ...counts } }))
  }
  let outcome: JobOutcome
  try {
    await refusePaused(services, connector)
    outcome = await whileHeld({ lost, stopping }, (signal) =>
      whileNoted(services.runs, runIds, () =>
        definition.work({ services, data, onProgress: reporter(job), log, keep, wakeStore, signal }),
      ),
    )
  } catch (thrown) {
    const error = toScontrinoError(thrown, `performing ${definition.name}`)
    // Why the job failed is worth more than why that could not be written down.
    if (error instanceof AuthError && connector !== null) {
      await pauseRefused(services, connector, error).catch((unwritten: unknown) =>
        log.error({ err: unwritten, connector }, 'the pause of this connector could not be noted'),
      )
    }
    if (judge(error, job).last) {
      const { code, message } = error
      await finishRun(services.runs, runId, { counts: addUp(before, { ...done }), failure: { code, message } }).catch(
        (unwritten: unknown) => log.error({ err: unwritten }, 'the end of this run could not be noted'),
      )
    }
    throw error
  }
  if (outcome.done) {
    const { failure } = outcome
    const counts = addUp(before, { ...outcome.counts })
    await finishRun(services.runs, runId, { counts, ...(failure === undefined ? {} : { failure }) })
    log.info({ counts, failure }, 'job done')
    return { ...outcome, counts }
  }
  return outcome
}

function addUp(
  before: Readonly<Record<string, number>>,
  counts: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const sums = Object.entries(before).map(([name, count]) => {
    const more = counts[name]
    return [name, count + (typeof more === 'number' ? more : 0)]
  })
  return { ...counts, ...Object.fromEntries(sums) }
}

/** What becomes of the job, and whether this was its last attempt. */
function judge(error: ScontrinoError, job: Job<JobData>): { disposition: Disposition; last: boolean } {
  const disposition = dispose(error, { inSync: job.data.flow !== undefined })
  const { action } = disposition
  return {
    disposition,
    last: action === 'fail' || (action === 'retry' && job.attemptsMade + 1 >= (job.opts.attempts ?? 1)),
  }
}

/** Logs the error, wherever it came from, and gives the job back to BullMQ in the way the error asks for. */
async function give(
  definition: JobDefinition,
  { logger }: JobContext,
  job: Job<JobData>,
  token: string | undefined,
  thrown: unknown,
): Promise<never> {
  const error = toScontrinoError(thrown, `performing ${definition.name}`)
  const { disposition, last } = judge(error, job)
  const { action } = disposition
  const { code, message } = error
  // Giving work back at the end of a process is how it should be.
  const level = last ? 'error' : action === 'requeue' ? 'info' : 'warn'
  logOf(logger, definition, job)[level]({ err: error, action }, last ? 'job failed' : 'job will come back')
  switch (disposition.action) {
    case 'delay':
      return comeBack(job, token, disposition.delayMs, { lastFailure: { code, message } })
    case 'requeue':
      await askQueue(() => job.moveToWait(token))
      throw new WaitingError()
    case 'retry':
      // Where the store of the jobs is what is away, the next attempt counts for more than its reason.
      await job.updateData({ ...job.data, lastFailure: { code, message } }).catch(() => undefined)
      throw new Error(toFailureText(error), { cause: error })
    case 'fail':
      throw new UnrecoverableError(toFailureText(error))
  }
}

function logOf(logger: Logger, { name }: JobDefinition, { id, data }: Job<JobData>): Logger {
  return logger.child({ job: name, jobId: id, account: data.account, source: data.source })
}

/** Without `counts` those kept before stay; without `lastFailure` nothing failed. */
async function comeBack(
  job: Job<JobData>,
  token: string | undefined,
  delayMs: number,
  kept: Pick<JobData, 'counts' | 'lastFailure'> = {},
): Promise<never> {
  const resumesAtMs = Date.now() + delayMs
  const { lastFailure: _, ...data } = job.data
  await askQueue(async () => {
    await job.updateData({ ...data, ...kept, resumesAtMs })
    await job.moveToDelayed(resumesAtMs, token)
  })
  throw new DelayedError()
}

/** Progress is for people: a few times a second is enough, and a failure to tell it stops nothing. */
function reporter(job: Job<JobData>): OnProgress {
  let last = 0
  return (progress) => {
    const now = performance.now()
    if (now - last < 200) return
    last = now
    job.updateProgress({ ...progress }).catch(() => undefined)
  }
}
