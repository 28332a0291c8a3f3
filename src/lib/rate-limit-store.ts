import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
} from 'rate-limiter-flexible'
import type { RateWindow } from './rate-windows.ts'

/** The part of a `pg` Pool that is used. */
interface SqlPool {
  query(text: string, values?: readonly unknown[]): Promise<{ rows: unknown[] }>
}

/** Where counts are kept: `memory` is for one process, the others are shared by all. */
export type RateLimitStore =
  | { readonly kind: 'memory' }
  /** `schema` must exist; the table is created in it when it is missing. */
  | { readonly kind: 'postgres'; readonly pool: SqlPool; readonly schema: string }
  /** An ioredis client or cluster. It gets the library's command `rlflxIncr`, so share it with no other user of that library. */
  | { readonly kind: 'redis'; readonly client: object }

const TABLE = 'rate_limits'

/**
 * The library counts whole seconds on Redis and makes a shorter window one that never ends. With this script the
 * number it takes for seconds is milliseconds; a window still begins with its first call and is never prolonged.
 */
const REDIS_SCRIPT = `
redis.call('set', KEYS[1], 0, 'PX', ARGV[2], 'NX')
local consumed = redis.call('incrby', KEYS[1], ARGV[1])
return { consumed, redis.call('pttl', KEYS[1]) }
`

/** Makes the store ready (its table on Postgres); to be awaited once before the first use, and again if it failed. */
export async function prepareStore(store: RateLimitStore): Promise<void> {
  if (store.kind !== 'postgres') return
  const table = `"${store.schema}"."${TABLE}"`
  // Asking first: `create table if not exists` needs the right to create even when there is nothing to do.
  if (await isThere(store.pool, table)) return
  try {
    // The library's own columns. It would create the table itself, but once per window and without being awaited.
    await store.pool.query(
      `create table if not exists ${table} (key varchar(255) primary key, points integer not null default 0, expire bigint)`,
    )
  } catch (error) {
    // Two processes at once: `if not exists` loses that race inside Postgres' catalogue, with several different codes.
    if (!(await isThere(store.pool, table))) throw error
  }
}

async function isThere(pool: SqlPool, table: string): Promise<boolean> {
  const { rows } = await pool.query('select to_regclass($1) is not null as there', [table])
  return (rows[0] as { there?: boolean } | undefined)?.there === true
}

/** The library's limiter for one window; those of one store share its counts. */
export function createWindowLimiter(store: RateLimitStore, { points, windowMs }: RateWindow): RateLimiterAbstract {
  if (store.kind === 'memory') return new RateLimiterMemory({ points, duration: windowMs / 1000 })
  // Once a window is used up this process waits for its end without asking the store again.
  const shared = { points, keyPrefix: 'scontrino-rate', inMemoryBlockOnConsumed: points }
  if (store.kind === 'redis') {
    return new RateLimiterRedis({
      ...shared,
      storeClient: store.client,
      duration: windowMs,
      customIncrTtlLuaScript: REDIS_SCRIPT,
    })
  }
  return new RateLimiterPostgres({
    ...shared,
    storeClient: store.pool,
    storeType: 'pool',
    duration: windowMs / 1000,
    schemaName: store.schema,
    tableName: TABLE,
    tableCreated: true,
    // Rows are few (keys × operations × windows) and used again: nothing to clear, no timer to leave behind.
    clearExpiredByTimeout: false,
  })
}
