import { readdir, readFile } from 'node:fs/promises'
import type { Duplex } from 'node:stream'
import pg from 'pg'
import { BugError, type ScontrinoError, StoreError, toScontrinoError } from '../core/errors.ts'

/** What store functions need: a pool, or one client inside a transaction. */
export interface Queryable {
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    text: string,
    values?: unknown[],
  ): Promise<pg.QueryResult<Row>>
}

/** The ledger's connection pool. Instants are `Date`, bigint columns are safe integers, `date` columns are text. */
export interface Database extends Queryable {
  readonly pool: pg.Pool
  /** Runs `work` in one transaction (read committed): committed when it returns, rolled back when it throws. */
  transaction<T>(work: (client: Queryable) => Promise<T>): Promise<T>
  /**
   * Runs `work` on one connection of its own, without a transaction. `lost` fires when that connection breaks, which it is
   * made to when `signal` fires, whatever statement is under way.
   */
  session<T>(work: (client: Queryable, lost: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T>
  /** Waits for transactions under way; a session that is still at work loses its connection. */
  close(): Promise<void>
}

/** Opens a pool on the ledger, with `search_path` on its schema. Does not connect yet. */
export function openDatabase(url: string, options: { maxConnections?: number } = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maxConnections ?? 8,
    // A killed process must not leave its statement running, with the account's lock in its hands.
    options: '-c search_path=scontrino -c client_connection_check_interval=2000',
    application_name: 'scontrino',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types: { getTypeParser },
    // Statements that do not wait for one another travel together; each still fails by itself.
    pipeline: true,
  })
  // An idle connection that breaks is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => undefined)
  const query: Queryable['query'] = (text, values) => run(() => pool.query(text, values))
  const sessions = new Set<() => void>()
  return {
    pool,
    query,
    async transaction(work) {
      const client = await run(() => pool.connect())
      client.on('error', ignore)
      let broken = false
      try {
        await run(() => client.query('begin'))
        const result = await work({ query: (text, values) => run(() => client.query(text, values)) })
        await run(() => client.query('commit'))
        return result
      } catch (error) {
        await client.query('rollback').catch(() => {
          broken = true
        })
        throw error
      } finally {
        client.off('error', ignore)
        client.release(broken)
      }
    },
    async session(work, signal) {
      const client = await run(() => pool.connect())
      const lost = new AbortController()
      const noteLoss = () => lost.abort()
      const cut = () => {
        if (!sessions.delete(cut)) return
        noteLoss()
        client.on('error', ignore)
        client.release(true)
        // A client that is told to end waits for its statement.
        socketOf(client).destroy()
      }
      sessions.add(cut)
      client.on('error', noteLoss)
      client.on('end', noteLoss)
      signal?.addEventListener('abort', cut, { once: true })
      if (signal?.aborted === true) cut()
      try {
        return await work({ query: (text, values) => run(() => client.query(text, values)) }, lost.signal)
      } finally {
        signal?.removeEventListener('abort', cut)
        client.off('error', noteLoss)
        client.off('end', noteLoss)
        if (sessions.delete(cut)) client.release(lost.signal.aborted)
      }
    },
    async close() {
      // Work that is left behind, as a late job's, may wait for ever: its lock must not keep the process alive.
      for (const cut of sessions) cut()
      await pool.end()
    },
  }
}

const ignore = () => undefined

/** What node-postgres has, and its types do not name. */
function socketOf(client: pg.PoolClient): Duplex {
  return (client as unknown as { connection: { stream: Duplex } }).connection.stream
}

/** SQLSTATE classes and codes after which the same statement may succeed: design §9. */
const PASSING = /^(08|53|57P|40001|40P01)/

/** Messages of this class repeat the value that was refused, which may be an address: not even a cause may carry them. */
const ABOUT_A_VALUE = /^22[0-9A-Z]{3}$/

/** Turns what node-postgres throws into our errors. Other messages name columns; values are in `detail`, never read. */
function toStoreError(thrown: unknown): ScontrinoError {
  if (thrown instanceof Error && !('context' in thrown)) {
    const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
    if (ABOUT_A_VALUE.test(code)) {
      return new BugError(`the database refused a value (SQLSTATE ${code})`, { sqlstate: code })
    }
    const lost =
      /ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|EAI_AGAIN/.test(code) || /terminat|timeout|not queryable/i.test(thrown.message)
    if (PASSING.test(code) || lost) {
      return new StoreError(
        `the database did not answer as it should: ${thrown.message}`,
        { sqlstate: code },
        { cause: thrown },
      )
    }
  }
  return toScontrinoError(thrown, 'asking the database')
}

async function run<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw toStoreError(error)
  }
}

const INT8 = 20
const DATE = 1082
const NUMERIC = 1700

function getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
  if (oid === INT8 || oid === NUMERIC) return toSafeNumber
  if (oid === DATE) return (text: string) => text
  return pg.types.getTypeParser(oid, format)
}

function toSafeNumber(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && !Number.isSafeInteger(number))
    throw new RangeError('an integer from the database exceeds 2^53')
  return number
}

const MIGRATIONS = new URL('./migrations/', import.meta.url)
/** Any number, as long as nobody else in this database uses it: serialises concurrent migrations. */
const MIGRATION_LOCK = 7_226_687_446

/** Brings the ledger's schema up to date; safe to call from several processes at once. */
export async function migrate(url: string): Promise<void> {
  const database = openDatabase(url, { maxConnections: 1 })
  try {
    await database.transaction(async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
      await client.query('create schema if not exists scontrino')
      await client.query(
        'create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())',
      )
      const applied = await client.query<{ name: string }>('select name from migrations')
      const known = new Set(applied.rows.map((row) => row.name))
      const files = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort()
      const unknown = [...known].filter((name) => !files.includes(name))
      if (unknown.length > 0) {
        throw new StoreError(
          `the ledger was migrated by a newer version of scontrino (${unknown.join(', ')}): update this one`,
        )
      }
      for (const name of files.filter((file) => !known.has(file))) {
        await client.query(await readFile(new URL(name, MIGRATIONS), 'utf8'))
        await client.query('insert into migrations (name) values ($1)', [name])
      }
    })
  } finally {
    await database.close()
  }
}
