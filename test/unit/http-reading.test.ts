import { describe, expect, it } from 'vitest'
import type { AccountRun, Readiness } from '../../src/app/application.ts'
import { StoreError } from '../../src/core/errors.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { AUTHORIZED, openDoor } from '../support/http-door.ts'

const RUN: AccountRun = {
  runId: 7,
  account: 'main',
  job: 'pull-orders',
  jobId: 'main-1',
  source: 'shop',
  trigger: 'http',
  state: 'failed',
  startedAt: new Date('2026-11-21T10:00:00Z'),
  finishedAt: new Date('2026-11-21T10:00:05.250Z'),
  attempts: 2,
  idleMs: 1_250,
  counts: { orders: 0 },
  errorCode: 'E_AUTH',
  errorMessage: 'pulling shop: answered 401',
  interrupted: false,
}

describe('GET /v1/runs', () => {
  async function openRuns() {
    const asked: unknown[] = []
    const { app } = await openDoor({
      application: createMemoryApplication({
        async loadRuns(options) {
          asked.push(options)
          return [RUN, { ...RUN, state: 'running', finishedAt: null, errorCode: null, errorMessage: null }]
        },
      }),
    })
    return { asked, get: (query: string) => app.inject({ url: `/v1/runs${query}`, headers: AUTHORIZED }) }
  }

  it('answers runs with their counts, instants and failure', async () => {
    const { get } = await openRuns()
    expect((await get('')).json().runs).toEqual([
      {
        runId: 7,
        account: 'main',
        job: 'pull-orders',
        jobId: 'main-1',
        source: 'shop',
        trigger: 'http',
        state: 'failed',
        startedAt: '2026-11-21T10:00:00.000Z',
        finishedAt: '2026-11-21T10:00:05.250Z',
        attempts: 2,
        idleMs: 1_250,
        counts: { orders: 0 },
        failure: { code: 'E_AUTH', message: 'pulling shop: answered 401' },
        resumesAt: null,
        interrupted: false,
        lastFailure: null,
      },
      expect.objectContaining({ state: 'running', finishedAt: null, failure: null }),
    ])
  })

  it('asks for fifty of all accounts unless told otherwise', async () => {
    const { asked, get } = await openRuns()
    await get('')
    await get('?account=italy&limit=500')
    expect(asked).toMatchObject([{ limit: 50 }, { account: 'italy', limit: 500 }])
    expect(asked[0]).not.toHaveProperty('account')
  })

  it('leaves out what webhooks started, unless asked for it', async () => {
    const { asked, get } = await openRuns()
    for (const query of ['', '?webhooks=false', '?webhooks=true']) await get(query)
    expect(asked).toMatchObject([{ webhooks: false }, { webhooks: false }, { webhooks: true }])
  })

  it.each(['', '1', 'yes'])('refuses webhooks=%s', async (value) => {
    const { asked, get } = await openRuns()
    expect((await get(`?webhooks=${value}`)).json()).toMatchObject({
      status: 422,
      problems: [{ path: 'webhooks', message: 'expected true or false' }],
    })
    expect(asked).toEqual([])
  })

  it.each(['0', '501', '-1', '1.5', '1e2', '0x10', '', 'ten', '5&limit=6'])('refuses a limit of %s', async (limit) => {
    const { asked, get } = await openRuns()
    const answer = await get(`?limit=${limit}`)
    expect(answer.json()).toMatchObject({
      status: 422,
      problems: [{ path: 'limit', message: 'expected a whole number from 1 to 500' }],
    })
    expect(asked).toEqual([])
  })

  it('refuses a parameter that it does not know', async () => {
    const { get } = await openRuns()
    expect((await get('?acount=main')).json()).toMatchObject({
      status: 422,
      problems: [{ path: 'acount', message: 'not known in the query; see /docs' }],
    })
  })

  it('answers 404 for an account that is not configured', async () => {
    const { get } = await openRuns()
    expect((await get('?account=nobody')).json()).toMatchObject({ status: 404, code: 'E_NOT_FOUND' })
  })
})

describe('the probes', () => {
  async function openReadiness(readiness: () => Promise<Readiness>) {
    return openDoor({ application: createMemoryApplication({ readiness }) })
  }

  it('say that the process is alive although nothing behind it answers', async () => {
    const { app } = await openReadiness(() => Promise.reject(new StoreError('gone')))
    const answer = await app.inject('/healthz')
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'ok' }])
  })

  it('say that it is ready when every check succeeds', async () => {
    const checks = [
      { name: 'postgres', ok: true, message: 'answers' },
      { name: 'queue', ok: true, message: 'answers' },
    ]
    const { app } = await openReadiness(async () => ({ ready: true, checks }))
    expect((await app.inject('/readyz')).json()).toEqual({
      ready: true,
      checks: [
        { name: 'postgres', ok: true },
        { name: 'queue', ok: true },
      ],
    })
  })

  it('answer 503 with the check that failed, whose words go to the log only', async () => {
    const checks = [
      { name: 'postgres', ok: true, message: 'answers' },
      { name: 'queue', ok: false, message: 'connect ECONNREFUSED 10.1.2.3:6379' },
    ]
    const { app, log } = await openReadiness(async () => ({ ready: false, checks }))
    const answer = await app.inject('/readyz')
    expect(answer.json()).toMatchObject({
      status: 503,
      code: 'E_NOT_READY',
      checks: [
        { name: 'postgres', ok: true },
        { name: 'queue', ok: false },
      ],
    })
    expect(answer.body).not.toContain('10.1.2.3')
    expect(log.text()).toContain('ECONNREFUSED 10.1.2.3:6379')
  })

  it('answer 503 when the checks themselves fail', async () => {
    const { app } = await openReadiness(() => Promise.reject(new StoreError('gone')))
    expect((await app.inject('/readyz')).json()).toMatchObject({ status: 503, code: 'E_STORE' })
  })

  it('that come together are one question, and the next asks anew', async () => {
    const answers = [Promise.withResolvers<Readiness>(), Promise.withResolvers<Readiness>()]
    let asked = 0
    const { app } = await openReadiness(() => answers[asked++]?.promise ?? Promise.reject(new Error('asked too often')))
    const together = [app.inject('/readyz'), app.inject('/readyz')]
    // Requests are taken in order: when a later one has its answer, both are waiting for theirs.
    await app.inject('/healthz')
    answers[0]?.resolve({ ready: true, checks: [] })
    answers[1]?.resolve({ ready: false, checks: [] })
    expect((await Promise.all(together)).map(({ statusCode }) => statusCode)).toEqual([200, 200])
    expect((await app.inject('/readyz')).statusCode).toBe(503)
  })
})

describe('GET /metrics', () => {
  it('answers the text of Prometheus', async () => {
    const { app } = await openDoor()
    const accept = 'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1'
    const answer = await app.inject({ url: '/metrics', headers: { ...AUTHORIZED, accept } })
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(answer.body).toContain('scontrino_runs_total 3\n')
  })
})
