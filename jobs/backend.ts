import {
  createPostgresBackend,
  FlowProducer,
  type Processor,
  Queue,
  Worker,
  type WorkerOptions,
  withBackend,
} from 'bullmq'
import pg from 'pg'
import { connectRedis } from './connect-redis.ts'
import type { JobData } from './job-data.ts'
import { askQueue } from './queue-failure.ts'

/** The parts of BullMQ that jobs use, on whichever store keeps them. */
export interface JobBackend {
  createQueue(name: string): Queue<JobData>
  createWorker(name: string, work: Processor<JobData>, options: Omit<WorkerOptions, 'connection'>): Worker<JobData>
  createFlows(): FlowProducer
  /** Ends the shared connections; close queues, workers and flows first. */
  close(): Promise<void>
}

/** Where jobs are kept: Redis when its address is given, else the ledger's own Postgres. @throws StoreError */
export async function createJobBackend(urls: { databaseUrl: string; redisUrl: string | null }): Promise<JobBackend> {
  return urls.redisUrl === null ? createPostgresJobs(urls.databaseUrl) : createRedisJobs(urls.redisUrl)
}

/** A worker holds one connection to listen on, and asks through the shared pool. */
const POOL_SIZE = 16

async function createPostgresJobs(databaseUrl: string): Promise<JobBackend> {
  const bound = withBackend(createPostgresBackend)
  // Migrations run only over a connection of BullMQ's own; everything else shares one pool.
  const migrating = new bound.Queue('migrations', {
    connection: { connectionString: databaseUrl, max: 1, migrate: true },
  })
  migrating.on('error', () => undefined)
  try {
    await askQueue(() => migrating.waitUntilReady())
  } finally {
    await migrating.close().catch(() => undefined)
  }
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    options: '-c search_path=bullmq',
    application_name: 'scontrino jobs',
    keepAlive: true,
  })
  pool.on('error', () => undefined)
  // Every queue and worker listens to the pool.
  pool.setMaxListeners(0)
  const connection = pool as never
  return {
    createQueue: (name) => new bound.Queue(name, { connection }) as unknown as Queue<JobData>,
    createWorker: (name, work, options) =>
      new bound.Worker(name, work, { ...options, connection }) as unknown as Worker<JobData>,
    createFlows: () => new bound.FlowProducer({ connection }) as unknown as FlowProducer,
    close: () => pool.end(),
  }
}

const PREFIX = 'scontrino'

async function createRedisJobs(redisUrl: string): Promise<JobBackend> {
  // Workers wait for ever on their blocking connection, so BullMQ asks for unlimited retries.
  const connection = await connectRedis(redisUrl, { maxRetriesPerRequest: null }, () => undefined)
  const shared = { connection, prefix: PREFIX }
  return {
    createQueue: (name) => new Queue<JobData>(name, shared),
    createWorker: (name, work, options) => new Worker<JobData>(name, work, { ...options, ...shared }),
    createFlows: () => new FlowProducer(shared),
    close: async () => {
      await connection.quit()
    },
  }
}
