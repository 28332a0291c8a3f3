import { Redis } from 'ioredis'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StoreError } from '../../src/core/errors.ts'
import type { RateLimitStore } from '../../src/lib/rate-limit-store.ts'
import { createRateLimiter } from '../../src/lib/rate-limiter.ts'
import { redisUrl } from '../support/redis.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

const { signal } = new AbortController()
const LONG = { points: 3, windowMs: 3_600_000 }

/** How many of `wanted` calls get through two limiters, as of two processes, that ask at once. */
async function countGranted(store: RateLimitStore, key: string, wanted: number): Promise<number> {
  const limiters = [createRateLimiter(store), createRateLimiter(store)]
  const asked = Array.from({ length: wanted }, (_, i) => limiters[i % 2]?.take(key, [LONG], signal))
  const outcomes = await Promise.allSettled(asked)
  return outcomes.filter(({ status }) => status === 'fulfilled').length
}

/** The shared behaviour, on one kind of store. */
function behaves(storeOf: () => RateLimitStore): void {
  it('counts for all limiters together', async () => {
    expect(await countGranted(storeOf(), 'together', 10)).toBe(LONG.points)
  })

  it('says how long a used-up window lasts', async () => {
    const limiter = createRateLimiter(storeOf())
    const window = { points: 1, windowMs: 60_000 }
    await limiter.take('lasting', [window], signal)
    const refusal = await limiter.take('lasting', [window], signal).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'E_RATE_LIMITED' })
    const { delayMs } = refusal as { delayMs: number }
    expect(delayMs).toBeGreaterThan(50_000)
    expect(delayMs).toBeLessThanOrEqual(60_000)
  })

  it('forgets calls that are given back', async () => {
    const limiter = createRateLimiter(storeOf())
    for (let call = 0; call < 5; call += 1) {
      await limiter.take('given back', [LONG], signal)
      await limiter.giveBack('given back', [LONG])
    }
    expect(await countGranted(storeOf(), 'given back', 10)).toBe(LONG.points)
  })

  it('allows no call more for one that was never counted', async () => {
    await createRateLimiter(storeOf()).giveBack('uncounted', [LONG])
    expect(await countGranted(storeOf(), 'uncounted', 10)).toBe(LONG.points)
  })

  it('ends windows shorter than a second on the millisecond', async () => {
    const limiter = createRateLimiter(storeOf())
    const startedAtMs = performance.now()
    for (let call = 0; call < 5; call += 1) await limiter.take('short', [{ points: 1, windowMs: 50 }], signal)
    const tookMs = performance.now() - startedAtMs
    // Four windows must pass; the ms that clocks and rounding may take off are less than one of them.
    expect(tookMs).toBeGreaterThanOrEqual(195)
    expect(tookMs).toBeLessThan(1_000)
  })
}

function poolOf(connectionString: string): AsyncDisposable & { readonly pool: Pool } {
  const pool = new Pool({ connectionString, max: 4 })
  return { pool, [Symbol.asyncDispose]: () => pool.end() }
}

describe('on Postgres', () => {
  let database: TestDatabase
  let pool: Pool
  beforeAll(async () => {
    database = await createTestDatabase()
    pool = new Pool({ connectionString: database.url, max: 4 })
  })
  afterAll(async () => {
    await pool.end()
    await database.drop()
  })

  behaves(() => ({ kind: 'postgres', pool, schema: 'scontrino' }))

  it('creates its table once, whoever comes first', async () => {
    // A pool of its own, since the library names prepared statements after the table without its schema.
    await using own = poolOf(database.url)
    const { pool } = own
    await pool.query('create schema race')
    const limiters = Array.from({ length: 8 }, () => createRateLimiter({ kind: 'postgres', pool, schema: 'race' }))
    await Promise.all(limiters.map((limiter, i) => limiter.take(`key ${i}`, [LONG], signal)))
    const { rows } = await pool.query('select count(*)::int as n from race.rate_limits')
    expect(rows).toEqual([{ n: 8 }])
  })

  it('calls a store that does not answer by its name, and tries again', async () => {
    await using own = poolOf(database.url)
    const { pool } = own
    const limiter = createRateLimiter({ kind: 'postgres', pool, schema: 'missing' })
    await expect(limiter.take('key', [LONG], signal)).rejects.toBeInstanceOf(StoreError)
    await pool.query('create schema missing')
    await expect(limiter.take('key', [LONG], signal)).resolves.toBeUndefined()
  })
})

describe.skipIf(redisUrl === null)('on Redis', () => {
  let client: Redis
  beforeAll(() => {
    client = new Redis(redisUrl ?? '')
  })
  afterAll(async () => {
    await client.quit()
  })

  behaves(() => ({ kind: 'redis', client }))
})
