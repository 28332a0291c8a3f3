import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { whileHeld } from '../../jobs/while-held.ts'
import { AbortedError, StoreError, throwIfAborted } from '../../src/core/errors.ts'
import { openDatabase } from '../../src/store/database.ts'
import { isLocked, withLock } from '../../src/store/locks.ts'
import { openTestLedger, type TestLedger } from '../support/ledger.ts'
import { until } from '../support/until.ts'

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

/** As an administrator would: ends whoever holds an advisory lock in this database. */
async function endHolders(): Promise<number> {
  const { rows } = await ledger.db.query<{ ended: boolean }>(
    `select pg_terminate_backend(pid) as ended from pg_locks
     where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
  )
  return rows.length
}

/** What a job does: nothing of the lock's connection, until its signal fires. */
async function workUntil(signal: AbortSignal): Promise<never> {
  await until('the signal has fired', () => signal.aborted, 10_000)
  throwIfAborted(signal, 'working')
  throw new Error('the signal has not fired')
}

describe('a lock', () => {
  it('whose connection is ended tells the work, which another may then do', async () => {
    const first = withLock(ledger.db, 'shop', workUntil)
    const ended = expect(first).rejects.toThrow(AbortedError)
    await until('the lock is held', async () => (await endHolders()) > 0)
    await ended
    expect(await withLock(ledger.db, 'shop', async () => 'done')).toBe('done')
  })

  it('that is kept says nothing to the work, neither during nor after it', async () => {
    const signal = await withLock(ledger.db, 'shop', async (lost) => {
      expect(await withLock(ledger.db, 'shop', async () => 'done')).toBeNull()
      return lost
    })
    await setImmediate()
    expect(signal?.aborted).toBe(false)
  })
})

describe('looking at a lock', () => {
  it('tells whether somebody holds it, and keeps nobody from it', async () => {
    const name = 'shop of négozio'
    const seen = await withLock(ledger.db, name, async () => [
      await isLocked(ledger.db, name),
      await isLocked(ledger.db, `${name}!`),
    ])
    expect(seen).toEqual([true, false])
    expect(await isLocked(ledger.db, name)).toBe(false)
  })
})

describe('closing the connections of locks', () => {
  it('takes the lock from work that would keep it for ever', async () => {
    const own = openDatabase(ledger.url)
    const signals: AbortSignal[] = []
    const entered = Promise.withResolvers<void>()
    void withLock(own, 'late', (lost) => {
      signals.push(lost)
      entered.resolve()
      return new Promise<never>(() => undefined)
    })
    await entered.promise
    await own.close()
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
    const free = await until('the lock is free', () => withLock(ledger.db, 'late', async () => 'done'))
    expect(free).toBe('done')
  })
})

describe('a session', () => {
  it.each(['the database is closed', 'its signal fires'])(
    'loses its connection when %s, amid a statement',
    async (when) => {
      const own = openDatabase(ledger.url)
      const stop = new AbortController()
      const asleep = own.session((client) => client.query('select pg_sleep(600)'), stop.signal)
      const cut = expect(asleep).rejects.toThrow(StoreError)
      const isAsleep = async () => {
        const { rows } = await ledger.db.query(`select from pg_stat_activity where query = 'select pg_sleep(600)'`)
        return rows.length > 0
      }
      await until('the statement runs', isAsleep)
      if (when === 'its signal fires') stop.abort()
      else await own.close()
      await cut
      await until('the server has noticed', async () => !(await isAsleep()))
      if (when === 'its signal fires') await own.close()
    },
  )
})

describe('work under a lock', () => {
  const fired = AbortSignal.abort()
  const quiet = new AbortController().signal

  it('that stops for the loss of the lock is to be tried again', async () => {
    await expect(whileHeld({ lost: fired, stopping: quiet }, workUntil)).rejects.toThrow(StoreError)
  })

  it('that stops for the end of the process goes back to waiting', async () => {
    await expect(whileHeld({ lost: quiet, stopping: fired }, workUntil)).rejects.toThrow(AbortedError)
    await expect(whileHeld({ lost: fired, stopping: fired }, workUntil)).rejects.toThrow(AbortedError)
  })

  it('that fails by itself keeps its own error', async () => {
    const error = new RangeError('mine')
    const failing = async () => Promise.reject(error)
    await expect(whileHeld({ lost: fired, stopping: quiet }, failing)).rejects.toBe(error)
  })
})
