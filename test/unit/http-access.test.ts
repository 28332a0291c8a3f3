import { afterEach, describe, expect, it, vi } from 'vitest'
import { AUTHORIZED, openDoor, TOKEN } from '../support/http-door.ts'

const comparisons = vi.hoisted(() => [] as [number, number][])

// Node's own module, watched and not replaced: that the comparison is a constant-time one cannot be seen from outside.
vi.mock('node:crypto', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:crypto')>()
  return {
    ...original,
    timingSafeEqual: (a: Buffer, b: Buffer) => {
      comparisons.push([a.length, b.length])
      return original.timingSafeEqual(a, b)
    },
  }
})

afterEach(() => {
  comparisons.length = 0
})

const PROTECTED = [
  ['POST', '/v1/jobs/sync'],
  ['GET', '/v1/jobs/sync/1'],
  ['GET', '/v1/runs'],
  ['HEAD', '/v1/runs'],
  ['GET', '/metrics'],
] as const

describe('the token', () => {
  it.each(PROTECTED)('is asked for by %s %s', async (method, url) => {
    const { app } = await openDoor()
    const answer = await app.inject({ method, url })
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="scontrino"')
  })

  it.each(['/healthz', '/readyz', '/openapi.json', '/docs', '/'])('is not asked for by %s', async (url) => {
    const { app } = await openDoor()
    expect((await app.inject(url)).statusCode).toBeLessThan(400)
  })

  it.each([`Bearer ${TOKEN}`, `bearer ${TOKEN}`, `BEARER  ${TOKEN}`])('is known in %s', async (authorization) => {
    const { app } = await openDoor()
    expect((await app.inject({ url: '/v1/runs', headers: { authorization } })).statusCode).toBe(200)
  })

  it.each(['Bearer', 'Bearer ', TOKEN, `Basic ${TOKEN}`, `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, 'Bearer é'])(
    'is not known in %s',
    async (authorization) => {
      const { app } = await openDoor()
      const answer = await app.inject({ url: '/v1/runs', headers: { authorization } })
      expect(answer.json()).toMatchObject({ status: 401, code: 'E_UNAUTHORIZED' })
    },
  )

  it.each(['x', 'x'.repeat(TOKEN.length), 'x'.repeat(5000)])(
    'is compared in constant time whatever was sent (%#)',
    async (sent) => {
      const { app } = await openDoor()
      await app.inject({ url: '/v1/runs', headers: { authorization: `Bearer ${sent}` } })
      expect(comparisons).toEqual([[32, 32]])
    },
  )

  it('is looked at before the body is read', async () => {
    const { app } = await openDoor()
    const answer = await app.inject({ method: 'POST', url: '/v1/jobs/sync', payload: { account: 'x'.repeat(99_999) } })
    expect(answer.statusCode).toBe(401)
  })
})

describe('without a token', () => {
  it.each(['localhost', 'localhost:8080', '127.0.0.1:8080', '[::1]:8080'])('answers what asks for %s', async (host) => {
    const { app } = await openDoor({ token: null })
    expect((await app.inject({ url: '/v1/runs', headers: { host } })).statusCode).toBe(200)
  })

  it.each(['evil.example', '127.0.0.1.evil.example:8080', '[2001:db8::1]:8080', '192.168.1.7'])(
    'refuses a page that calls this machine %s',
    async (host) => {
      const { app } = await openDoor({ token: null })
      const answer = await app.inject({ url: '/v1/runs', headers: { host } })
      expect(answer.json()).toMatchObject({ status: 403, code: 'E_FORBIDDEN' })
    },
  )

  it.each(['https://evil.example', 'http://localhost:3000', 'null'])(
    'refuses a form on a page of %s',
    async (origin) => {
      const { app } = await openDoor({ token: null })
      const headers = { host: 'localhost:8080', origin }
      const answer = await app.inject({ method: 'POST', url: '/v1/jobs/sync', headers })
      expect(answer.statusCode).toBe(403)
    },
  )

  it('answers a page of its own', async () => {
    const { app } = await openDoor({ token: null })
    const headers = { host: 'localhost:8080', origin: 'http://localhost:8080' }
    expect((await app.inject({ method: 'POST', url: '/v1/jobs/sync', headers })).statusCode).toBe(202)
  })
})

describe('too many requests', () => {
  const wrong = { authorization: 'Bearer a-wrong-token-of-somebody' }

  async function repeat(times: number, ask: () => Promise<unknown>) {
    for (let index = 0; index < times; index += 1) await ask()
  }

  it('are answered 429 with Retry-After', async () => {
    const { app } = await openDoor()
    await repeat(300, () => app.inject({ url: '/v1/runs', headers: AUTHORIZED }))
    const answer = await app.inject({ url: '/v1/runs', headers: AUTHORIZED })
    expect(answer.json()).toMatchObject({ status: 429, code: 'E_TOO_MANY_REQUESTS' })
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60)
  })

  it('of a stranger, unknown paths included, do not use up what the token may', async () => {
    const { app } = await openDoor()
    await repeat(301, () => app.inject('/v1/nothing'))
    expect((await app.inject('/v1/nothing')).statusCode).toBe(429)
    expect((await app.inject({ url: '/v1/runs', headers: AUTHORIZED })).statusCode).toBe(200)
  })

  it('never silence the probes', async () => {
    const { app } = await openDoor()
    await repeat(310, () => app.inject('/healthz'))
    expect((await app.inject('/healthz')).statusCode).toBe(200)
  })

  it('with a wrong token are answered 429 after ten', async () => {
    const { app } = await openDoor()
    await repeat(10, () => app.inject({ url: '/v1/runs', headers: wrong }))
    const answer = await app.inject({ url: '/v1/runs', headers: wrong })
    expect(answer.json()).toMatchObject({ status: 429, code: 'E_TOO_MANY_REQUESTS' })
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  })

  it('with a wrong token make the right one wait as well, so that guessing cannot go on', async () => {
    const { app } = await openDoor()
    await repeat(11, () => app.inject({ url: '/v1/runs', headers: wrong }))
    expect((await app.inject({ url: '/v1/runs', headers: AUTHORIZED })).statusCode).toBe(429)
  })

  it('with a wrong token concern their own address only', async () => {
    const { app } = await openDoor()
    await repeat(11, () => app.inject({ url: '/v1/runs', headers: wrong, remoteAddress: '192.0.2.1' }))
    const answer = await app.inject({ url: '/v1/runs', headers: AUTHORIZED, remoteAddress: '192.0.2.2' })
    expect(answer.statusCode).toBe(200)
  })
})
