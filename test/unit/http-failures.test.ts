import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  AbortedError,
  AuthError,
  BugError,
  ConfigError,
  ContractError,
  RateLimitedError,
  RecordError,
  RemoteRejectedError,
  RemoteUnavailableError,
  StoreError,
} from '../../src/core/errors.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { AUTHORIZED, openDoor } from '../support/http-door.ts'

async function failWith(thrown: unknown) {
  const { app, log } = await openDoor({
    application: createMemoryApplication({
      loadRuns: () => Promise.reject(thrown),
    }),
  })
  return { answer: await app.inject({ url: '/v1/runs', headers: AUTHORIZED }), log }
}

const WORDS = 'reading runs: 10.1.2.3 said something'

describe('a failure of what stands behind the door', () => {
  it.each([
    [new AuthError(WORDS), 502],
    [new RateLimitedError(WORDS, 2_500), 503],
    [new RemoteUnavailableError(WORDS), 503],
    [new RemoteRejectedError(WORDS, 400, []), 502],
    [new ContractError(WORDS), 502],
    [new StoreError(WORDS), 503],
    [new AbortedError(WORDS), 503],
    [new BugError(WORDS), 500],
  ])('answers %s with its own status and keeps its words', async (error, status) => {
    const { answer, log } = await failWith(error)
    expect(answer.json()).toMatchObject({ status, code: error.code, type: `/docs#${error.code}` })
    expect(answer.body).not.toContain('10.1.2.3')
    expect(log.text()).toContain(WORDS)
  })

  it('never lets the text of an unforeseen error out, but logs it with its stack', async () => {
    const { answer, log } = await failWith(new TypeError('x of undefined, at customer anna'))
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toMatch(/undefined|anna|TypeError/)
    const line = log.lines().find(({ level }) => level === 'error')
    expect(line).toMatchObject({
      requestId: answer.headers['x-request-id'],
      err: { code: 'E_BUG', cause: { type: 'TypeError', stack: expect.stringContaining('http-failures.test') } },
    })
  })

  it('answers 500 for what is thrown and no error', async () => {
    const { answer } = await failWith('just a text')
    expect(answer.json()).toMatchObject({ status: 500, code: 'E_BUG' })
  })

  it('answers 500 for an error that only a run can have', async () => {
    const { answer } = await failWith(new RecordError('row 7'))
    expect(answer.json()).toMatchObject({ status: 500, code: 'E_BUG' })
  })

  it('says when to come back after a limit of a remote', async () => {
    const { answer } = await failWith(new RateLimitedError(WORDS, 2_500))
    expect(answer.headers['retry-after']).toBe('3')
  })

  it('answers 422 with the places when the configuration does not allow the request', async () => {
    const problems = [{ path: 'source', message: 'expected a source of this account', hint: 'see scontrino.yaml' }]
    const { app } = await openDoor({
      application: createMemoryApplication({ enqueue: () => Promise.reject(new ConfigError('no', problems)) }),
    })
    const answer = await app.inject({ method: 'POST', url: '/v1/jobs/sync', headers: AUTHORIZED })
    expect(answer.json()).toMatchObject({
      status: 422,
      code: 'E_CONFIG',
      problems: [{ path: 'source', message: 'expected a source of this account' }],
    })
  })
})

describe('an answer that does not come', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is given up after eight seconds with 503', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const asked = Promise.withResolvers<void>()
    const { app } = await openDoor({
      application: createMemoryApplication({
        loadRuns: () => {
          asked.resolve()
          return new Promise(() => undefined)
        },
      }),
    })
    const answering = app.inject({ url: '/v1/runs', headers: AUTHORIZED })
    await asked.promise
    vi.advanceTimersByTime(8_000)
    expect((await answering).json()).toMatchObject({ status: 503, code: 'E_TIMEOUT' })
  })
})
