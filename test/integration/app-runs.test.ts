import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { endInterrupted, isInterrupted } from '../../src/bin/interrupted-runs.ts'
import { settleRun } from '../../src/bin/open-runs.ts'
import type { Run } from '../../src/core/runs/run-store.ts'
import { openRig, type Rig, type Shop } from '../support/account-rig.ts'
import { ended, enqueue, type JobProcess, openJobProcess } from '../support/job-rig.ts'
import { until } from '../support/until.ts'

let rig: Rig
let process: JobProcess
let shop: Shop
beforeAll(async () => {
  rig = await openRig()
  shop = await rig.openShop()
  process = await openJobProcess({ databaseUrl: rig.url, redisUrl: null })
})
afterAll(async () => {
  await process.close()
  await rig.close()
})

/** After whatever was put in by now. */
const later = () => new Date(Date.now() + 60_000)

async function openRun(job: string, jobId: string): Promise<Run> {
  const { runs } = shop.services
  await runs.startRun({ job, jobId, trigger: 'cli', attempt: 1 })
  const [run] = await runs.loadRunsOf([jobId])
  if (run === undefined) throw new Error('there is no run')
  return run
}

describe('a run that the ledger calls running', () => {
  it('is running while its job waits or works', async () => {
    const { id } = await enqueue(process, 'compute-aggregates', shop)
    expect(await settleRun(process.queues, await openRun('compute-aggregates', id))).toMatchObject({ state: 'running' })
  })

  it('is interrupted while its job waits and no process works', async () => {
    const { id } = await enqueue(process, 'push-profiles', shop)
    expect(await isInterrupted(process.queues, shop.services, await openRun('push-profiles', id))).toBe(true)
  })

  it('is interrupted when its process was killed, and not while it works', async () => {
    const { id } = await enqueue(process, 'sync-segments', shop)
    const worker = process.backend.createWorker('sync-segments', async () => new Promise(() => undefined), {})
    onTestFinished(() => worker.close(true))
    await until('it is active', async () => (await process.queues.findJob('sync-segments', id))?.state === 'active')
    const run = await openRun('sync-segments', id)
    const seen = await shop.services.exclusively('sync-segments', () =>
      isInterrupted(process.queues, shop.services, run),
    )
    expect(seen).toBe(false)
    expect(await isInterrupted(process.queues, shop.services, run)).toBe(true)
  })

  it('is superseded by a later sync when it was interrupted', async () => {
    const { id } = await enqueue(process, 'sync', shop)
    await openRun('sync', id)
    const scope = await process.queues.findScope('sync', id)
    if (scope === null) throw new Error('there is no such job')
    await endInterrupted(process.queues, shop.services, scope)
    expect(await shop.services.runs.loadRunsOf([id])).toMatchObject([{ state: 'running' }])
    await endInterrupted(process.queues, shop.services, { ...scope, queuedAt: later() })
    expect(await shop.services.runs.loadRunsOf([id])).toMatchObject([{ state: 'superseded', errorCode: null }])
  })

  it.each([
    ['a sync of both its sources', { sources: ['shop', 'till'], dryRun: false }, 'superseded'],
    ['a sync of one of its sources', { sources: ['shop'], dryRun: false }, 'running'],
    ['a rehearsal', { sources: ['shop', 'till'], dryRun: true }, 'running'],
  ])('of an interrupted sync of two sources is, after %s, as it should be', async (_, scope, state) => {
    const { id } = await enqueue(process, 'sync', shop, { sources: ['shop', 'till'] })
    await openRun('sync', id)
    await endInterrupted(process.queues, shop.services, { ...scope, queuedAt: later() })
    expect(await shop.services.runs.loadRunsOf([id])).toMatchObject([{ state }])
  })

  it.each([
    ['its own', 'till', 'superseded'],
    ['another', 'shop', 'running'],
  ])('of an interrupted pull is, after a sync of %s source, as it should be', async (_, source, state) => {
    const { id } = await enqueue(process, 'pull-orders', shop, { sources: ['till'] })
    await openRun('pull-orders', id)
    const scope = { sources: [source], dryRun: false, queuedAt: later() }
    await endInterrupted(process.queues, shop.services, scope)
    expect(await shop.services.runs.loadRunsOf([id])).toMatchObject([{ state }])
  })

  it('is not ended by a sync when it is of work that no sync does', async () => {
    const { id } = await enqueue(process, 'count-segments', shop)
    await openRun('count-segments', id)
    await endInterrupted(process.queues, shop.services, { sources: [], dryRun: false, queuedAt: later() })
    expect(await shop.services.runs.loadRunsOf([id])).toMatchObject([{ state: 'running' }])
  })

  it('is ended in the ledger by any sync once its job is gone', async () => {
    const { runId } = await openRun('push-profiles', 'push-profiles.gone.1')
    await endInterrupted(process.queues, shop.services, { sources: [], dryRun: true, queuedAt: later() })
    const stored = await shop.services.runs.loadRunsOf(['push-profiles.gone.1'])
    expect(stored).toMatchObject([{ runId, state: 'failed', errorCode: 'E_ABORTED' }])
  })

  it('has failed when its job is no longer in the queue', async () => {
    const run = await openRun('push-profiles', 'push-profiles.lost.1')
    expect(await settleRun(process.queues, run)).toMatchObject({ state: 'failed', errorCode: 'E_ABORTED' })
  })

  it('is as its job ended when that could not be written down', async () => {
    process.work(shop)
    const queued = await enqueue(process, 'compute-aggregates', shop)
    await ended(process, queued)
    const run = await openRun('compute-aggregates', queued.id)
    expect(run.state).toBe('running')
    expect(await settleRun(process.queues, run)).toMatchObject({ state: 'done', counts: { customers: 0 } })
  })

  it('has failed as its job did', async () => {
    const queued = await enqueue(process, 'pull-orders', shop, { sources: ['gone'] })
    await ended(process, queued)
    const run = await openRun('pull-orders', queued.id)
    expect(await settleRun(process.queues, run)).toMatchObject({ state: 'failed', errorCode: 'E_CONFIG' })
  })
})
