import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { StoreError, throwIfAborted } from '../../core/errors.ts'
import { CLUSTER_NAME } from './cluster.ts'

const POLL_MS = 50
const CONNECT_TIMEOUT_MS = 5_000
const DEADLINE_MS = 300_000
/** Between writing its process id and listening, a starting server refuses connections. */
const REFUSED_DEADLINE_MS = 2_000
const STARTING_UP = '57P03'
const WRONG_PASSWORD = '28P01'

/** URL of a database of the embedded server. */
export function toUrl(port: number, password: string, database: string): string {
  return `postgresql://${CLUSTER_NAME}:${password}@127.0.0.1:${port}/${database}`
}

/**
 * Waits until the server answers, makes our database in it when missing, and answers `true`; `false` when what listens
 * there is not this cluster's server (nobody else knows its password) or nothing listens.
 */
export async function prepareDatabase(port: number, password: string, signal: AbortSignal): Promise<boolean> {
  const startedAt = performance.now()
  for (;;) {
    throwIfAborted(signal, 'connecting to the database')
    const connectionString = toUrl(port, password, 'postgres')
    const client = new Client({ connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
    try {
      await client.connect()
      await createDatabase(client)
      return true
    } catch (error) {
      const waitedMs = performance.now() - startedAt
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'ECONNREFUSED' && waitedMs > REFUSED_DEADLINE_MS) return false
      if (code === WRONG_PASSWORD) return false
      if ((code !== STARTING_UP && code !== 'ECONNREFUSED') || waitedMs > DEADLINE_MS) {
        throw new StoreError(`connecting to the embedded database: ${(error as Error).message}`, {}, { cause: error })
      }
    } finally {
      await client.end().catch(() => undefined)
    }
    await delay(POLL_MS)
  }
}

async function createDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [CLUSTER_NAME])
  if (rowCount === 0) await client.query(`create database ${CLUSTER_NAME}`)
}
