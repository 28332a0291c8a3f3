import { describe, expect, it } from 'vitest'
import { AUTHORIZED, openDoor, TOKEN } from '../support/http-door.ts'

describe('the access log', () => {
  it('has one line per request, with the id that the answer names', async () => {
    const { app, log } = await openDoor()
    const answer = await app.inject({ url: '/v1/runs', headers: AUTHORIZED })
    expect(log.lines()).toEqual([
      {
        level: 'info',
        time: expect.any(String),
        requestId: answer.headers['x-request-id'],
        method: 'GET',
        path: '/v1/runs',
        status: 200,
        durationMs: expect.any(Number),
        address: '127.0.0.1',
        msg: 'answered',
      },
    ])
  })

  it.each(['/v1/nothing', '/v1/jobs/sync/%zz', '/v1/runs?limit=no'])('has a line for %s too', async (url) => {
    const { app, log } = await openDoor()
    const { statusCode } = await app.inject({ url, headers: AUTHORIZED })
    expect(log.lines()).toEqual([expect.objectContaining({ msg: 'answered', status: statusCode })])
  })

  it('holds neither values of a query, nor a body, nor a token', async () => {
    const { app, log } = await openDoor()
    await app.inject({ url: '/v1/runs?account=anna@example.com', headers: AUTHORIZED })
    await app.inject({ url: '/v1/runs', headers: { authorization: 'Bearer wrong-but-nearly' } })
    await app.inject({ method: 'POST', url: '/v1/jobs/sync', headers: AUTHORIZED, payload: { account: 'berta' } })
    expect(log.lines()).toHaveLength(3)
    expect(log.text()).not.toMatch(new RegExp(`anna|berta|wrong-but|${TOKEN}`))
  })

  it('hears probes at debug only, unless they find something', async () => {
    const { app, log } = await openDoor()
    await app.inject('/healthz')
    expect(log.lines()).toMatchObject([{ level: 'debug', path: '/healthz' }])
  })
})

describe('security headers', () => {
  it.each(['/v1/runs', '/v1/nothing', '/healthz', '/docs'])('are on %s', async (url) => {
    const { app } = await openDoor()
    const { headers } = await app.inject({ url, headers: AUTHORIZED })
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
  })

  it('forbid to keep what is about somebody', async () => {
    const { app } = await openDoor()
    expect((await app.inject({ url: '/v1/runs', headers: AUTHORIZED })).headers['cache-control']).toBe('no-store')
  })

  it('let no other origin read', async () => {
    const { app } = await openDoor()
    const headers = { ...AUTHORIZED, origin: 'https://elsewhere.example' }
    const answer = await app.inject({ url: '/v1/runs', headers })
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})
