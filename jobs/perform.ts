import { DelayedError, type Job, UnrecoverableError, WaitingError } from 'bullmq'
import type { AccountServices, OnProgress } from '../src/app/services.ts'
import { AuthError, type ScontrinoError, toScontrinoError } from '../src/core/errors.ts'
import type { Logger } from '../src/lib/logger.ts'
import { dispose } from './disposition.ts'
import { toFailureText } from './failure-text.ts'
import type { JobDefinition, JobOutcome } from './job.ts'
import { type JobData, jobDataSchema } from './job-data.ts'

/** What performing a job needs around it. */
export interface JobContext {
  /** @throws ConfigError when the account is no longer configured. */
  servicesOf(account: string): Promise<AccountServices>
  readonly logger: Logger
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
  const data = jobDataSchema.parse(job.data)
  const services = await context.servicesOf(data.account).catch((error: unknown) => give(job, token, error))
  const outcome = await services
    .exclusively(definition.exclusiveKind(data), () => performAlone(definition, services, job, data, context))
    .catch((error: unknown) => give(job, token, error))
  if (outcome === null) return comeBack(job, token, EXCLUDED_DELAY_MS)
  if (!outcome.done) {
    await job.updateData({ ...data, counts: outcome.counts })
    return comeBack(job, token, outcome.delayMs)
  }
  if (outcome.failure !== undefined) throw new UnrecoverableError(toFailureText(outcome.failure))
  return outcome.counts
}

async function performAlone(
  definition: JobDefinition,
  services: AccountServices,
  job: Job<JobData>,
  data: JobData,
  { logger, signal }: JobContext,
): Promise<JobOutcome> {
  const attempt = job.attemptsMade + 1
  const runId = await services.runs.startRun({
    job: definition.name,
    jobId: job.id ?? '',
    ...(data.source === undefined ? {} : { source: data.source }),
    trigger: data.trigger,
    attempt,
  })
  const connector = definition.connectorOf(data)
  const log = logger.child({ job: definition.name, jobId: job.id, account: data.account, source: data.source })
  try {
    await refusePaused(services, connector)
    const outcome = await definition.work({ services, data, attempt, onProgress: reporter(job), signal })
    if (outcome.done) {
      await services.runs.finishRun(runId, {
        counts: { ...outcome.counts },
        ...(outcome.failure === undefined ? {} : { failure: outcome.failure }),
      })
      log.info({ counts: outcome.counts, failure: outcome.failure }, 'job done')
    }
    return outcome
  } catch (thrown) {
    const error = toScontrinoError(thrown, `performing ${definition.name}`)
    const { action } = dispose(error)
    const last = action === 'fail' || (action === 'retry' && attempt >= (job.opts.attempts ?? 1))
    log[last ? 'error' : 'warn']({ err: error, action }, last ? 'job failed' : 'job will come back')
    if (error instanceof AuthError && connector !== null) await pauseRefused(services, connector, error)
    if (last)
      await services.runs.finishRun(runId, {
        counts: { ...data.counts },
        failure: { code: error.code, message: error.message },
      })
    throw error
  }
}

/** Gives the job back to BullMQ in the way its error asks for. */
async function give(job: Job<JobData>, token: string | undefined, thrown: unknown): Promise<never> {
  const error = toScontrinoError(thrown, 'performing a job')
  const disposition = dispose(error)
  switch (disposition.action) {
    case 'delay':
      return comeBack(job, token, disposition.delayMs)
    case 'requeue':
      await job.moveToWait(token)
      throw new WaitingError()
    case 'retry':
      throw new Error(toFailureText(error), { cause: error })
    case 'fail':
      throw new UnrecoverableError(toFailureText(error))
  }
}

async function comeBack(job: Job<JobData>, token: string | undefined, delayMs: number): Promise<never> {
  await job.moveToDelayed(Date.now() + delayMs, token)
  throw new DelayedError()
}

async function refusePaused(
  { sources, destination, pauses }: AccountServices,
  connector: string | null,
): Promise<void> {
  if (connector === null) return
  const keyed = connector === 'klaviyo' ? destination : sources.get(connector)
  const paused = keyed === undefined ? null : await pauses.loadPause(connector, keyed.keyFingerprint)
  if (paused === null) return
  throw new AuthError(
    `${connector} is paused since ${paused.pausedAt.toISOString()}: ${paused.reason}; give it a new key, or run \`scontrino check\` once the old one works again`,
  )
}

async function pauseRefused(
  { sources, destination, pauses }: AccountServices,
  connector: string,
  error: ScontrinoError,
): Promise<void> {
  const keyed = connector === 'klaviyo' ? destination : sources.get(connector)
  if (keyed === undefined || (await pauses.loadPause(connector, keyed.keyFingerprint)) !== null) return
  await pauses.pause(connector, keyed.keyFingerprint, error.message)
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
