import { describe, expect, it } from 'vitest'
import { JOB_NAMES } from '../../src/core/runs/job-names.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { AUTHORIZED, openDoor } from '../support/http-door.ts'

async function openJobs() {
  const application = createMemoryApplication()
  const { app } = await openDoor({ application })
  const trigger = (payload?: object, headers: Record<string, string> = {}, job = 'sync') =>
    app.inject({
      method: 'POST',
      url: `/v1/jobs/${job}`,
      headers: { ...AUTHORIZED, ...headers },
      ...(payload === undefined ? {} : { payload }),
    })
  const get = (url: string) => app.inject({ method: 'GET', url, headers: AUTHORIZED })
  return { application, app, trigger, get }
}

describe('POST /v1/jobs/:name', () => {
  it.each(JOB_NAMES)('puts %s into its queue for the account and answers 202', async (job) => {
    const { application, trigger } = await openJobs()
    const answer = await trigger({ account: 'main' }, {}, job)
    expect(answer.statusCode).toBe(202)
    expect(application.calls).toEqual([
      { job, request: { account: 'main' }, trigger: 'http', idempotencyKey: undefined },
    ])
  })

  it('passes every option on', async () => {
    const { application, trigger } = await openJobs()
    const request = { account: 'main', source: 'shop', full: true, dryRun: false }
    await trigger(request)
    expect(application.calls[0]?.request).toEqual(request)
  })

  it('takes a request without a body for every account', async () => {
    const { application, trigger } = await openJobs()
    const answer = await trigger()
    expect(application.calls[0]?.request).toEqual({})
    expect(answer.json().jobs.map(({ account }: { account: string }) => account)).toEqual(['main', 'italy'])
  })

  it('takes an empty body that claims to be JSON', async () => {
    const { trigger } = await openJobs()
    expect((await trigger(undefined, { 'content-type': 'application/json' })).statusCode).toBe(202)
  })

  it('answers with the place of the first job, whose id may hold any character', async () => {
    const { trigger, get } = await openJobs()
    const answer = await trigger()
    expect(answer.headers['location']).toBe('/v1/jobs/sync/main%2F1')
    expect(answer.json().jobs[0]).toEqual({
      job: 'sync',
      id: 'main/1',
      account: 'main',
      created: true,
      url: '/v1/jobs/sync/main%2F1',
    })
    expect((await get(String(answer.headers['location']))).json()).toMatchObject({ id: 'main/1', state: 'waiting' })
  })

  it('answers 404 for an account that is not configured, and queues nothing', async () => {
    const { application, trigger } = await openJobs()
    const answer = await trigger({ account: 'nobody' })
    expect(answer.json()).toMatchObject({
      status: 404,
      code: 'E_NOT_FOUND',
      detail: expect.stringContaining('account'),
    })
    expect(answer.body).not.toContain('nobody')
    expect(application.calls).toEqual([])
  })

  it('answers 404 for a source that the account does not have', async () => {
    const { trigger } = await openJobs()
    const answer = await trigger({ account: 'italy', source: 'shop' })
    expect(answer.json()).toMatchObject({ status: 404, detail: expect.stringContaining('source') })
  })

  it('takes a source of any account when none is named', async () => {
    const { trigger } = await openJobs()
    expect((await trigger({ source: 'negozio' })).statusCode).toBe(202)
  })
})

describe('Idempotency-Key', () => {
  const key = { 'idempotency-key': 'nightly-2026-11-21' }

  it('answers a repeated request with the same job', async () => {
    const { trigger } = await openJobs()
    const first = await trigger({ account: 'main' }, key)
    const second = await trigger({ account: 'main' }, key)
    expect(second.statusCode).toBe(202)
    expect(second.headers['location']).toBe(first.headers['location'])
    expect(second.json().jobs[0].created).toBe(false)
  })

  it('answers 409 when the same key comes with another body', async () => {
    const { trigger } = await openJobs()
    await trigger({ account: 'main' }, key)
    const answer = await trigger({ account: 'main', full: true }, key)
    expect(answer.json()).toMatchObject({ status: 409, code: 'E_CONFLICT', type: '/docs#E_CONFLICT' })
  })

  it('answers 409 when the same key comes for another job', async () => {
    const { trigger } = await openJobs()
    await trigger({}, key)
    expect((await trigger({}, key, 'pull-orders')).statusCode).toBe(409)
  })

  it.each(['!', '~', 'x'.repeat(128)])('may be any visible ASCII up to 128 characters (%#)', async (value) => {
    const { application, trigger } = await openJobs()
    await trigger({}, { 'idempotency-key': value })
    expect(application.calls[0]?.idempotencyKey).toBe(value)
  })

  it.each(['', 'two words', 'x'.repeat(129), 'caffè'])('is refused with 422 otherwise (%#)', async (value) => {
    const { application, trigger } = await openJobs()
    const answer = await trigger({}, { 'idempotency-key': value })
    expect(answer.json()).toMatchObject({
      status: 422,
      problems: [{ path: 'Idempotency-Key', message: 'expected 1 to 128 visible ASCII characters' }],
    })
    expect(application.calls).toEqual([])
  })
})

describe('GET /v1/jobs/:name/:id', () => {
  it('tells the progress of a running job', async () => {
    const { application, trigger, get } = await openJobs()
    const { jobs } = (await trigger({ account: 'main' })).json()
    application.setStatus('sync', 'main/1', {
      state: 'active',
      progress: { step: 'pulling shop', done: 5000, total: 18532, unit: 'orders' },
    })
    expect((await get(jobs[0].url)).json()).toEqual({
      job: 'sync',
      id: 'main/1',
      account: 'main',
      state: 'active',
      progress: { step: 'pulling shop', done: 5000, total: 18532, unit: 'orders' },
      result: null,
      failure: null,
      resumesAt: null,
      lastFailure: null,
    })
  })

  it('tells until when and why a job waits', async () => {
    const { application, trigger, get } = await openJobs()
    await trigger({ account: 'main' })
    const message = 'asking for the Klaviyo account: https://a.klaviyo.com cannot be reached (ENOTFOUND)'
    const lastFailure = { code: 'E_REMOTE_UNAVAILABLE', message, nextAttempt: 2, attempts: 10 }
    application.setStatus('sync', 'main/1', { state: 'delayed', resumesAt: new Date(1_800_000_000_000), lastFailure })
    expect((await get('/v1/jobs/sync/main%2F1')).json()).toMatchObject({
      state: 'delayed',
      resumesAt: '2027-01-15T08:00:00.000Z',
      lastFailure,
    })
  })

  it('tells the result of a completed job, zero and false included', async () => {
    const { application, trigger, get } = await openJobs()
    await trigger({ account: 'main' })
    const result = { orders: 18532, rejected: 0, everything: false, profiles: { confirmed: 4338 } }
    application.setStatus('sync', 'main/1', { state: 'completed', result })
    expect((await get('/v1/jobs/sync/main%2F1')).json()).toMatchObject({ state: 'completed', result })
  })

  it('tells why a job failed', async () => {
    const { application, trigger, get } = await openJobs()
    await trigger({ account: 'main' })
    const failure = { code: 'E_AUTH', message: 'pushing profiles: Klaviyo refused the key' }
    application.setStatus('sync', 'main/1', { state: 'failed', failure })
    expect((await get('/v1/jobs/sync/main%2F1')).json()).toMatchObject({ state: 'failed', failure })
  })

  it('answers 404 for an id that the queue does not know', async () => {
    const { get } = await openJobs()
    expect((await get('/v1/jobs/sync/4711')).json()).toMatchObject({ status: 404, code: 'E_NOT_FOUND' })
  })

  it('answers 404 for the id of another kind of job', async () => {
    const { trigger, get } = await openJobs()
    await trigger({ account: 'main' })
    expect((await get('/v1/jobs/pull-orders/main%2F1')).statusCode).toBe(404)
  })

  it('never asks the queue for an id with a character that no id has', async () => {
    const asked: string[] = []
    const { app } = await openDoor({
      application: createMemoryApplication({
        async findJob(_job, id) {
          asked.push(id)
          return null
        },
      }),
    })
    const answer = await app.inject({ url: '/v1/jobs/sync/a%00b', headers: AUTHORIZED })
    expect(answer.statusCode).toBe(404)
    expect(asked).toEqual([])
  })
})
