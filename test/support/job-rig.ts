import { createJobBackend, type JobBackend } from '../../jobs/backend.ts'
import { createJobQueues, type JobQueues } from '../../jobs/queues.ts'
import { startWorkers, type Workers } from '../../jobs/worker.ts'
import type { JobStatus, QueuedJob } from '../../src/app/application.ts'
import type { AccountServices } from '../../src/app/services.ts'
import { ConfigError } from '../../src/core/errors.ts'
import type { JobName } from '../../src/core/runs/job-names.ts'
import { createLogger, type Logger } from '../../src/lib/logger.ts'
import type { Shop } from './account-rig.ts'
import { until } from './until.ts'

/** A process as far as jobs go: its own connections, queues and workers. */
export interface JobProcess {
  readonly backend: JobBackend
  readonly queues: JobQueues
  /** Starts workers that know these shops. */
  work(...shops: readonly Pick<Shop, 'services'>[]): Workers
  /** Fires the signal of its workers. */
  stop(): void
  /** Ends everything in the order of a graceful end. */
  close(): Promise<void>
}

/** Opens one; `lockMs` as short as a test can stand it. */
export async function openJobProcess(
  urls: { databaseUrl: string; redisUrl: string | null },
  {
    lockMs = 15_000,
    logger = createLogger('silent'),
    configuration,
  }: { lockMs?: number; logger?: Logger; configuration?: string } = {},
): Promise<JobProcess> {
  const backend = await createJobBackend(urls)
  const queues = createJobQueues(backend)
  const stopping = new AbortController()
  const started: Workers[] = []
  return {
    backend,
    queues,
    work(...shops) {
      const servicesOf = async (account: string): Promise<AccountServices> => {
        const shop = shops.find(({ services }) => services.settings.key === account)
        if (shop === undefined) throw new ConfigError(`there is no account ${account}`, [])
        return shop.services
      }
      const workers = startWorkers(
        backend,
        { servicesOf, logger, signal: stopping.signal },
        {
          lockMs,
          ...(configuration !== undefined && { configuration }),
        },
      )
      started.push(workers)
      return workers
    },
    stop: () => stopping.abort(),
    async close() {
      stopping.abort()
      for (const workers of started) await workers.close(8_000)
      await queues.close()
      await backend.close()
    },
  }
}

/** Puts a job of a shop into its queue. */
export async function enqueue(
  { queues }: Pick<JobProcess, 'queues'>,
  job: JobName,
  shop: Pick<Shop, 'services'>,
  request: { sources?: readonly string[]; full?: boolean; dryRun?: boolean; key?: string } = {},
): Promise<QueuedJob> {
  const { key, ...wishes } = request
  const sources = [...shop.services.sources.keys()]
  const account = shop.services.settings.key
  const [queued] = await queues.enqueue(job, { account, sources, trigger: 'cli', ...wishes }, key)
  if (queued === undefined) throw new Error('nothing was put in')
  return queued
}

/** Waits until a job has ended, and answers how. */
export function ended({ queues }: Pick<JobProcess, 'queues'>, { job, id }: QueuedJob): Promise<JobStatus> {
  return until(
    `${id} has ended`,
    async () => {
      const status = await queues.findJob(job, id)
      return status?.state === 'completed' || status?.state === 'failed' ? status : null
    },
    30_000,
  )
}

/** Waits until a job is in this state. */
export function reaches(
  { queues }: Pick<JobProcess, 'queues'>,
  { job, id }: QueuedJob,
  state: JobStatus['state'],
): Promise<JobStatus> {
  return until(
    `${id} is ${state}`,
    async () => {
      const status = await queues.findJob(job, id)
      return status?.state === state ? status : null
    },
    30_000,
  )
}
