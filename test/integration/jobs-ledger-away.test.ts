import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { AccountServices } from '../../src/app/services.ts'
import { BugError, StoreError } from '../../src/core/errors.ts'
import { createLogger } from '../../src/lib/logger.ts'
import { oneOrderEach, openRig, type Rig, type Shop } from '../support/account-rig.ts'
import { ended, enqueue, type JobProcess, openJobProcess } from '../support/job-rig.ts'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

/** A shop with three profiles to push, and a process that meets a ledger which behaves as `change` says. */
async function open(
  change: (services: AccountServices) => Partial<AccountServices>,
): Promise<{ shop: Shop; process: JobProcess; logged: () => Record<string, unknown>[] }> {
  const shop = await rig.openShop()
  await shop.sell(oneOrderEach(3))
  const lines: string[] = []
  const logger = createLogger('warn', { write: (line: string) => void lines.push(line) })
  const process = await openJobProcess({ databaseUrl: rig.url, redisUrl: null }, { logger })
  onTestFinished(() => process.close())
  process.work({ services: { ...shop.services, ...change(shop.services) } })
  return { shop, process, logged: () => lines.map((line) => JSON.parse(line)) }
}

/** Fails as often as told, then does what it should. */
function failing<A extends unknown[], R>(times: number, error: Error, work: (...given: A) => Promise<R>) {
  let left = times
  return async (...given: A): Promise<R> => {
    left -= 1
    if (left >= 0) throw error
    return work(...given)
  }
}

const AWAY = new StoreError('the database did not answer')

describe('a job whose ledger is away', () => {
  it('for the lock is tried again', async () => {
    const { shop, process } = await open((services) => ({
      exclusively: failing(1, AWAY, services.exclusively) as AccountServices['exclusively'],
    }))
    const status = await ended(process, await enqueue(process, 'push-profiles', shop))
    expect(status).toMatchObject({ state: 'completed', result: { confirmed: 3 } })
  })

  it('for its first note is tried again', async () => {
    const { shop, process } = await open(({ runs }) => ({
      runs: { ...runs, startRun: failing(1, AWAY, runs.startRun) },
    }))
    const status = await ended(process, await enqueue(process, 'push-profiles', shop))
    expect(status).toMatchObject({ state: 'completed', result: { confirmed: 3 } })
  })

  it('for its last note keeps what it did, and notes it when the ledger is back', async () => {
    const { shop, process } = await open(({ runs }) => ({
      runs: { ...runs, finishRun: failing(1, AWAY, runs.finishRun) },
    }))
    const status = await ended(process, await enqueue(process, 'push-profiles', shop))
    expect(status).toMatchObject({ state: 'completed', result: { confirmed: 3 } })
    expect(await shop.services.runs.loadRuns(1)).toMatchObject([
      { state: 'done', attempts: 1, counts: { confirmed: 3 } },
    ])
  })

  it('for longer than it waits is tried again with the counts of what was done', async () => {
    const { shop, process } = await open(({ runs }) => ({
      runs: { ...runs, finishRun: failing(4, AWAY, runs.finishRun) },
    }))
    const status = await ended(process, await enqueue(process, 'push-profiles', shop))
    expect(status).toMatchObject({ state: 'completed', result: { confirmed: 3 } })
    expect(await shop.services.runs.loadRuns(1)).toMatchObject([{ state: 'done', attempts: 2 }])
  })

  it('tells why it failed, and not that this could not be noted', async () => {
    const { shop, process } = await open(({ runs }) => ({
      runs: { ...runs, finishRun: failing(9, new BugError('no room'), runs.finishRun) },
    }))
    shop.klaviyo.faults.add({ kind: 'auth' })
    expect(await ended(process, await enqueue(process, 'push-profiles', shop))).toMatchObject({
      state: 'failed',
      failure: { code: 'E_AUTH' },
    })
  })

  it('is told in the log once, also before the job has begun', async () => {
    const { shop, process, logged } = await open(({ runs }) => ({
      runs: { ...runs, startRun: failing(1, AWAY, runs.startRun) },
    }))
    const queued = await enqueue(process, 'push-profiles', shop)
    await ended(process, queued)
    expect(logged()).toMatchObject([
      { level: 'warn', job: 'push-profiles', jobId: queued.id, action: 'retry', err: { code: 'E_STORE' } },
    ])
  })

  it('is told in the log once when it fails at work', async () => {
    const { shop, process, logged } = await open(() => ({}))
    shop.klaviyo.faults.add({ kind: 'auth' })
    const queued = await enqueue(process, 'push-profiles', shop)
    await ended(process, queued)
    expect(logged()).toMatchObject([{ level: 'error', jobId: queued.id, action: 'fail', err: { code: 'E_AUTH' } }])
  })

  it('for the note of a refused key still tells the refusal, also in its run', async () => {
    const { shop, process } = await open(({ pauses }) => ({
      pauses: { ...pauses, pause: failing(9, AWAY, pauses.pause) },
    }))
    shop.klaviyo.faults.add({ kind: 'auth' })
    expect(await ended(process, await enqueue(process, 'push-profiles', shop))).toMatchObject({
      state: 'failed',
      failure: { code: 'E_AUTH' },
    })
    expect(await shop.services.runs.loadRuns(1)).toMatchObject([{ state: 'failed', errorCode: 'E_AUTH' }])
  })

  it('lets a sync tell that a step ended without a note of its end', async () => {
    const { shop, process } = await open(({ runs }) => ({
      runs: {
        ...runs,
        async startRun(run) {
          if (run.job === 'compute-aggregates') throw new BugError('no room')
          return runs.startRun(run)
        },
      },
    }))
    const status = await ended(process, await enqueue(process, 'sync', shop))
    expect(status).toMatchObject({
      state: 'failed',
      failure: { message: expect.stringMatching(/^compute-aggregates ended without/) },
    })
    expect(shop.klaviyo.state.summary().profiles).toBe(0)
  })
})
