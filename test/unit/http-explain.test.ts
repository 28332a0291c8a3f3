import { describe, expect, it } from 'vitest'
import { StoreError } from '../../src/core/errors.ts'
import { EXPLANATION, FORGOTTEN } from '../support/explanation.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { AUTHORIZED, openDoor } from '../support/http-door.ts'

const EMAIL = 'anna@example.com'

async function openExplain(explain = createMemoryApplication().explain) {
  const asked: [account: string, email: string][] = []
  const application = createMemoryApplication({
    explain: (account, email, signal) => {
      asked.push([account, email])
      return explain(account, email, signal)
    },
  })
  const { app, log } = await openDoor({ application })
  const post = (payload: object) => app.inject({ method: 'POST', url: '/v1/explain', headers: AUTHORIZED, payload })
  return { app, log, asked, post }
}

describe('POST /v1/explain', () => {
  it('answers the whole explanation, with instants as text', async () => {
    const { post, asked } = await openExplain()
    const answer = await post({ email: EMAIL, account: 'main' })
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toEqual({ explanations: [JSON.parse(JSON.stringify(EXPLANATION))] })
    expect(asked).toEqual([['main', EMAIL]])
  })

  it('normalises the address and asks every account unless one is named', async () => {
    const { post, asked } = await openExplain()
    const { explanations } = (await post({ email: ' Anna@Example.com ' })).json()
    expect(asked).toEqual([
      ['main', EMAIL],
      ['italy', EMAIL],
    ])
    expect(explanations).toMatchObject([
      { kind: 'customer', account: 'main' },
      { kind: 'unknown', account: 'italy' },
    ])
  })

  it('answers of a forgotten person only that', async () => {
    const { post } = await openExplain(async () => FORGOTTEN)
    expect((await post({ email: EMAIL, account: 'main' })).json()).toEqual({
      explanations: [{ kind: 'forgotten', account: 'main', forgottenAt: '2026-07-02T08:00:00.000Z' }],
    })
  })

  it('answers 404 for an account that is not configured, and asks nobody', async () => {
    const { post, asked } = await openExplain()
    expect((await post({ email: EMAIL, account: 'mars' })).json()).toMatchObject({ status: 404, code: 'E_NOT_FOUND' })
    expect(asked).toEqual([])
  })

  it.each([
    ['no address', {}, 'email', 'expected a text'],
    ['what is no address', { email: 'anna-at-example' }, 'email', 'expected an e-mail address'],
    ['a misspelt key', { email: EMAIL, acount: 'main' }, 'acount', 'not known in the body; see /docs'],
  ])('answers 422 for %s, without repeating what was sent', async (_case, payload, path, message) => {
    const { post } = await openExplain()
    const answer = await post(payload)
    expect(answer.json()).toMatchObject({ status: 422, problems: [{ path, message }] })
    expect(answer.body).not.toMatch(/anna/i)
  })

  it('needs the token', async () => {
    const { app, asked } = await openExplain()
    const answer = await app.inject({ method: 'POST', url: '/v1/explain', payload: { email: EMAIL } })
    expect([answer.statusCode, asked]).toEqual([401, []])
  })

  it('leaves no address in the log, whatever happens', async () => {
    const { post, log } = await openExplain(async () => {
      throw new StoreError('the database did not answer')
    })
    expect((await post({ email: EMAIL })).statusCode).toBe(503)
    await post({ email: EMAIL, account: 'mars' })
    await post({ email: `${EMAIL} ${EMAIL}` })
    expect(log.lines().length).toBeGreaterThanOrEqual(3)
    expect(log.text()).not.toMatch(/anna/i)
  })

  it('goes on working after the body was read, and stops when the caller goes away', async () => {
    let stopped = () => {}
    const stopping = new Promise<void>((resolve) => {
      stopped = resolve
    })
    const { app } = await openExplain((_account, _email, signal) => {
      if (signal.aborted) throw new Error('stopped at once')
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          stopped()
          resolve(null)
        })
        caller.abort()
      })
    })
    const caller = new AbortController()
    const url = `${await app.listen({ port: 0 })}/v1/explain`
    const headers = { ...AUTHORIZED, 'content-type': 'application/json' }
    const body = JSON.stringify({ email: EMAIL, account: 'main' })
    await expect(fetch(url, { method: 'POST', headers, body, signal: caller.signal })).rejects.toThrow('aborted')
    await stopping
  })

  it('is not found by GET, which would put the address into a URL', async () => {
    const { app } = await openExplain()
    const answer = await app.inject({ url: `/v1/explain?email=${EMAIL}`, headers: AUTHORIZED })
    expect([answer.statusCode, answer.headers['allow']]).toEqual([405, 'POST'])
  })
})
