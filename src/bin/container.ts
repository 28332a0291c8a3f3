import type { Config } from '../../config/config.ts'
import { type Environment, loadEnvironment, readVariables } from '../../config/environment.ts'
import type { Variables } from '../../config/interpolate.ts'
import { loadConfig } from '../../config/load.ts'
import { createJobBackend, type JobBackend } from '../../jobs/backend.ts'
import { connectRedis } from '../../jobs/connect-redis.ts'
import { createJobQueues, type JobQueues } from '../../jobs/queues.ts'
import { CONCURRENCY } from '../../jobs/worker.ts'
import { unknownName } from '../app/unknown-name.ts'
import { JOB_NAMES } from '../core/runs/job-names.ts'
import { createLogger, type Logger, type LogLevel } from '../lib/logger.ts'
import { createRateLimiter, type RateLimiter } from '../lib/rate-limiter.ts'
import { SOURCE_TYPES } from '../sources/registry.ts'
import { type Database, migrate, openDatabase } from '../store/database.ts'
import { startEmbeddedPostgres } from '../store/postgres-server/embedded-postgres.ts'
import { type OpenAccount, openAccountServices, withThresholdsInForce } from './account-services.ts'
import { fingerprint } from './fingerprint.ts'
import { createReleases } from './releases.ts'

/** Every job at work holds a lock, and with it a connection; a few more for what people ask meanwhile. */
const MOST_LOCKS = CONCURRENCY * JOB_NAMES.length + 4

/** Everything a process has open, and how to give it back. */
export interface Container {
  readonly config: Config
  /** Fingerprint of the accounts of the configuration, secrets included. */
  readonly configuration: string
  readonly environment: Environment
  readonly logger: Logger
  readonly ledger: Database
  readonly backend: JobBackend
  readonly queues: JobQueues
  /** With thresholds by name as they are in force now. @throws ConfigError when the account is not configured. */
  account(key: string): Promise<OpenAccount>
  /**
   * For what needs no settings, as many a request of a shop: asks the ledger nothing once the account is open.
   * @throws ConfigError when the account is not configured.
   */
  services(key: string): Promise<Omit<OpenAccount, 'settings'>>
  close(): Promise<void>
}

/** How to open a container; `variables` default to the process's own and those of `.env`. */
export interface ContainerOptions {
  readonly configPath: string
  readonly variables?: Variables
  readonly logger?: Logger
  /** Unless LOG_LEVEL says otherwise; default `info`. */
  readonly logLevel?: LogLevel
  /** Receives a sentence for a person who waits. */
  readonly announce?: (text: string) => void
  readonly signal: AbortSignal
}

/**
 * Reads the configuration, brings the ledger up to date and connects to everything. Nothing stays open when it throws.
 * @throws ConfigError, StoreError
 */
export async function openContainer({
  configPath,
  variables = readVariables(),
  signal,
  logger: given,
  logLevel,
  announce,
}: ContainerOptions): Promise<Container> {
  const environment = loadEnvironment(variables)
  const config = loadConfig(configPath, variables, SOURCE_TYPES)
  const logger =
    given ?? createLogger(variables['LOG_LEVEL'] ? environment.logLevel : (logLevel ?? environment.logLevel))
  const releases = createReleases()
  try {
    const databaseUrl = await findDatabase()
    await migrate(databaseUrl)
    const ledger = openDatabase(databaseUrl)
    releases.add(() => ledger.close())
    const locks = openDatabase(databaseUrl, { maxConnections: MOST_LOCKS })
    releases.add(() => locks.close())
    const limiter = await openLimiter(ledger)
    const backend = await createJobBackend({ databaseUrl, redisUrl: environment.redisUrl })
    releases.add(() => backend.close())
    const queues = createJobQueues(backend)
    releases.add(() => queues.close())

    const opened = new Map<string, Promise<OpenAccount>>()
    return {
      config,
      configuration: fingerprint(toText(config.accounts)),
      environment,
      logger,
      ledger,
      backend,
      queues,
      account: async (key) => withThresholdsInForce(await open(key)),
      services: open,
      close: () => releases.run(),
    }

    async function open(key: string): Promise<OpenAccount> {
      const account = config.accounts.find((candidate) => candidate.settings.key === key)
      if (account === undefined) {
        const known = config.accounts.map(({ settings }) => settings.key)
        throw unknownName('account', key, known)
      }
      const services = opened.get(key) ?? openAccountServices(account, { ledger, locks, limiter, logger })
      opened.set(key, services)
      // What failed to open (the database was away) is tried anew by the next who asks.
      services.catch(() => opened.delete(key))
      return services
    }
  } catch (error) {
    await releases.run().catch(() => undefined)
    throw error
  }

  async function findDatabase(): Promise<string> {
    if (environment.databaseUrl !== null) return environment.databaseUrl
    const log = (message: string) => logger.debug(message)
    const onCreate = () => announce?.(`Setting up a database in ${environment.dataDir}, once: some seconds`)
    const server = await startEmbeddedPostgres({ dataDir: environment.dataDir, signal, log, onCreate })
    releases.add(() => server.release())
    return server.url
  }

  async function openLimiter(ledger: Database): Promise<RateLimiter> {
    if (environment.redisUrl === null) {
      return createRateLimiter({ kind: 'postgres', pool: ledger.pool as never, schema: 'scontrino' })
    }
    const client = await connectRedis(environment.redisUrl, { maxRetriesPerRequest: 3 }, ({ message }) =>
      logger.warn({ reason: message }, 'Redis does not answer'),
    )
    releases.add(() => client.disconnect())
    return createRateLimiter({ kind: 'redis', client })
  }
}

/** JSON, with the digits of rates of exchange as text. */
function toText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part))
}
