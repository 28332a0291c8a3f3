import { createHash, randomUUID } from 'node:crypto'
import type { Job, Queue } from 'bullmq'
import type { JobProgress, JobRequest, JobStatus, QueuedJob } from '../src/app/application.ts'
import { BugError, ConflictError } from '../src/core/errors.ts'
import { JOB_NAMES, type JobName } from '../src/core/runs/job-names.ts'
import type { JobBackend } from './backend.ts'
import { parseFailureText } from './failure-text.ts'
import { familyOf, type JobData, jobDataSchema, sourcesOf } from './job-data.ts'
import { optionsFor } from './job-options.ts'
import { askQueue } from './queue-failure.ts'
import { syncFlow } from './sync.ts'
import { createWebhookWaker, type WakeWebhooks } from './webhook-flow.ts'

/** What a job is asked to do for one account. */
export type AccountRequest = Omit<JobRequest, 'account'> & {
  readonly account: string
  /** The account's sources; one of them when the request names it. */
  readonly sources: readonly string[]
  readonly trigger: JobData['trigger']
}

/** What work is about, within its account. */
export interface JobScope {
  /** Those it reads; empty where it reads none. */
  readonly sources: readonly string[]
  readonly dryRun: boolean
  /** When it was put into its queue. */
  readonly queuedAt: Date
}

/** The doors' side of the queues. */
export interface JobQueues {
  /** Puts a job, or a whole sync, into its queue. The same `key` puts nothing twice. @throws ConflictError */
  enqueue(job: JobName, request: AccountRequest, key?: string): Promise<QueuedJob[]>
  findJob(job: JobName, id: string): Promise<JobStatus | null>
  /** What a job, or the sync that it is a step of, is about. Null: no such job. */
  findScope(job: JobName, id: string): Promise<JobScope | null>
  /** A job and, before it, the jobs it waits for, in the order in which they run. Empty: no such job. */
  findFamily(job: JobName, id: string): Promise<readonly JobStatus[]>
  /** Has received events of a source's webhooks worked off within a second. */
  wakeWebhooks: WakeWebhooks
  /** Whether a job of this kind is waiting or running for the account. */
  hasUnfinished(job: JobName, account: string): Promise<boolean>
  /** Jobs by queue and state, for metrics. */
  countJobs(): Promise<readonly { job: JobName; state: string; count: number }[]>
  /** Asks the queues' store for an answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

const UNFINISHED = ['active', 'waiting', 'waiting-children', 'delayed', 'prioritized'] as const

/** Opens the queues of all jobs. */
export function createJobQueues(backend: JobBackend): JobQueues {
  const queues = new Map<JobName, Queue<JobData>>(JOB_NAMES.map((name) => [name, backend.createQueue(name)]))
  const flows = backend.createFlows()
  for (const queue of queues.values()) queue.on('error', () => undefined)
  flows.on('error', () => undefined)
  const queueOf = (name: JobName): Queue<JobData> => {
    const queue = queues.get(name)
    if (queue === undefined) throw new BugError(`there is no queue ${name}`)
    return queue
  }

  async function find(name: JobName, id: string): Promise<Job<JobData> | null> {
    return (await queueOf(name).getJob(id)) ?? null
  }

  /** The state is asked first: a job that has ended since is told a moment late, never without its result. */
  async function look(name: JobName, id: string): Promise<SeenJob | null> {
    const state = await queueOf(name).getJobState(id)
    const job = await find(name, id)
    return job === null ? null : { job, state }
  }

  /** Whether the job was put in; else it was there. @throws ConflictError when what is there was asked for differently. */
  async function put(job: JobName, id: string, data: JobData, request: AccountRequest): Promise<boolean> {
    const existing = await find(job, id)
    const options = optionsFor(request.trigger)
    if (existing === null && job === 'sync') await flows.add(syncFlow(id, data, request.sources, options))
    else if (existing === null) await queueOf(job).add(job, data, { ...options, jobId: id })
    // Of two who put in the same id at the same moment one was too late, and finds the other's here.
    const stored = existing ?? (await find(job, id))
    if (stored !== null && !sameRequest(stored.data, data, request.sources)) {
      throw new ConflictError(`the idempotency key was used before for another ${job}`, { job, id })
    }
    return existing === null
  }

  const webhooks = createWebhookWaker(flows, optionsFor('webhook'), {
    stateOf: (id) => queueOf('ingest-webhook').getJobState(id),
    async begin(id) {
      const job = await find('ingest-webhook', id)
      const hasBegun = job === null || job.attemptsMade > 0 || job.data.resumesAtMs !== undefined
      if (!hasBegun && (await job.getState()) === 'delayed') await job.promote()
    },
  })

  return {
    async enqueue(job, request, key) {
      const data: JobData = jobDataSchema.parse({
        account: request.account,
        full: request.full ?? false,
        acceptDeletions: request.acceptDeletions ?? false,
        dryRun: request.dryRun ?? false,
        trigger: request.trigger,
      })
      const targets = job === 'pull-orders' || job === 'ingest-webhook' ? request.sources : [undefined]
      const queued: QueuedJob[] = []
      for (const source of targets) {
        const id = jobId(job, request.account, source, key)
        const wanted = { ...data, ...(source === undefined ? {} : { source }) }
        const created = await askQueue(() => put(job, id, wanted, request))
        queued.push({ job, id, account: request.account, created })
      }
      return queued
    },

    wakeWebhooks: webhooks.wake,

    findJob: (name, id) =>
      askQueue(async () => {
        const seen = await look(name, id)
        return seen === null ? null : toStatus(name, seen, look)
      }),

    findScope: (name, id) =>
      askQueue(async () => {
        const job = await find(name, id)
        if (job === null) return null
        const { source, flow, dryRun } = job.data
        const queuedAt = new Date(job.timestamp)
        return { sources: source === undefined ? sourcesOf(flow) : [source], dryRun, queuedAt }
      }),

    findFamily: (name, id) =>
      askQueue(async () => {
        const seen = await look(name, id)
        if (seen === null) return []
        const { flow } = seen.job.data
        const before = flow === undefined || name !== 'sync' ? [] : familyOf(flow)
        const found = await Promise.all(before.map(async (one) => ({ ...one, seen: await look(one.name, one.id) })))
        const present = found.flatMap((one) => (one.seen === null ? [] : [{ name: one.name, seen: one.seen }]))
        return Promise.all([...present, { name, seen }].map((one) => toStatus(one.name, one.seen, look)))
      }),

    hasUnfinished: (job, account) =>
      askQueue(async () => {
        // Ids alone, in one question: they name the account, and there may be many jobs of many accounts.
        const ids = await queueOf(job).getRanges([...UNFINISHED], 0, -1)
        return ids.some((id) => id.slice(0, id.lastIndexOf('.')) === `${job}.${account}`)
      }),

    countJobs: () =>
      askQueue(async () => {
        const counts = await Promise.all(
          JOB_NAMES.map(async (job) => {
            const states = await queueOf(job).getJobCounts(...UNFINISHED, 'failed')
            return Object.entries(states).map(([state, count]) => ({ job, state, count }))
          }),
        )
        return counts.flat()
      }),

    async ping() {
      await askQueue(() => queueOf('sync').getJobCounts('active'))
    },

    async close() {
      webhooks.close()
      await Promise.all([...queues.values()].map((queue) => queue.close()))
      await flows.close()
    },
  }
}

/** BullMQ takes no `:` in an id. A key gives the same id every time; without one every request is its own. */
function jobId(job: JobName, account: string, source: string | undefined, key: string | undefined): string {
  const unique = key === undefined ? randomUUID() : createHash('sha256').update(key).digest('hex').slice(0, 32)
  return [job, account, ...(source === undefined ? [] : [source]), unique].join('.')
}

function sameRequest(stored: JobData, wanted: JobData, sources: readonly string[]): boolean {
  const plain = ({ account, source, full, dryRun, acceptDeletions }: JobData) =>
    JSON.stringify([account, source, full, dryRun, acceptDeletions])
  return (
    plain(stored) === plain(wanted) && (stored.flow === undefined || sourcesOf(stored.flow).join() === sources.join())
  )
}

interface SeenJob {
  readonly job: Job<JobData>
  /** In BullMQ's words. */
  readonly state: string
}

type Look = (name: JobName, id: string) => Promise<SeenJob | null>

async function toStatus(name: JobName, seen: SeenJob, look: Look): Promise<JobStatus> {
  const { job, state } = seen
  const at = name === 'sync' && state === 'waiting-children' ? await currentStep(seen, look) : seen
  return {
    job: name,
    id: job.id ?? '',
    account: job.data.account,
    ...(job.data.source === undefined ? {} : { source: job.data.source }),
    state: toState(state === 'waiting-children' && at.state !== 'delayed' ? 'active' : at.state),
    progress: isProgress(at.job.progress) ? at.job.progress : null,
    result: state === 'completed' ? (job.returnvalue as Record<string, unknown>) : null,
    failure: state === 'failed' ? parseFailureText(job.failedReason) : null,
    ...(job.processedBy !== undefined && { configuration: job.processedBy }),
    ...(at.state === 'delayed' ? { resumesAt: resumesAt(at.job), ...lastFailureOf(at.job) } : {}),
  }
}

/** BullMQ tells only how long a job waits, not since when: ours say so themselves, and one that is tried again began last. */
function resumesAt({ data, delay, processedOn, timestamp }: Job<JobData>): Date {
  return new Date(Math.max(data.resumesAtMs ?? 0, (processedOn ?? timestamp) + delay))
}

function lastFailureOf({ data, attemptsMade, opts }: Job<JobData>): Pick<JobStatus, 'lastFailure'> {
  if (data.lastFailure === undefined) return {}
  // Being told to come back later uses up no attempt.
  if (data.lastFailure.code === 'E_RATE_LIMITED') return { lastFailure: data.lastFailure }
  return { lastFailure: { ...data.lastFailure, nextAttempt: attemptsMade + 1, attempts: opts.attempts ?? 1 } }
}

/** The step of a sync that is under way, or waits. */
async function currentStep({ job: sync }: SeenJob, look: Look): Promise<SeenJob> {
  const { flow } = sync.data
  for (const { name, id } of flow === undefined ? [] : familyOf(flow)) {
    const seen = await look(name, id)
    if (seen !== null && ['active', 'waiting', 'delayed'].includes(seen.state)) return seen
  }
  return { job: sync, state: 'active' }
}

function toState(state: string): JobStatus['state'] {
  switch (state) {
    case 'completed':
    case 'failed':
    case 'active':
    case 'delayed':
      return state
    default:
      return 'waiting'
  }
}

function isProgress(progress: unknown): progress is JobProgress {
  return typeof progress === 'object' && progress !== null && 'step' in progress
}
