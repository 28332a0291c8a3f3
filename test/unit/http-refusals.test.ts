import { describe, expect, it } from 'vitest'
import { createMemoryApplication } from '../support/http-application.ts'
import { AUTHORIZED, openDoor } from '../support/http-door.ts'

const SYNC = { method: 'POST', url: '/v1/jobs/sync', headers: AUTHORIZED } as const

describe('a refused request', () => {
  it('is answered with a problem document that names its request', async () => {
    const { app } = await openDoor()
    const answer = await app.inject({ url: '/v1/nothing?secret=7', headers: AUTHORIZED })
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.json()).toEqual({
      type: '/docs#E_NOT_FOUND',
      title: 'No such thing',
      status: 404,
      detail: 'Look at /docs for what there is.',
      instance: `urn:uuid:${answer.headers['x-request-id']}`,
      code: 'E_NOT_FOUND',
    })
  })

  it('is a 404 for a job that does not exist', async () => {
    const { app } = await openDoor()
    const answer = await app.inject({ ...SYNC, url: '/v1/jobs/mine-bitcoin' })
    expect(answer.json()).toMatchObject({ status: 404, code: 'E_NOT_FOUND' })
  })

  it.each([
    ['DELETE', '/v1/runs', 'GET, HEAD'],
    ['GET', '/v1/jobs/sync', 'POST'],
    ['PUT', '/v1/jobs/sync/7', 'GET, HEAD'],
    ['OPTIONS', '/healthz', 'GET, HEAD'],
  ] as const)('is a 405 for %s %s, with the methods it allows', async (method, url, allow) => {
    const { app } = await openDoor()
    const answer = await app.inject({ method, url, headers: AUTHORIZED })
    expect(answer.json()).toMatchObject({ status: 405, code: 'E_METHOD_NOT_ALLOWED' })
    expect(answer.headers['allow']).toBe(allow)
  })

  it.each(['text/html', 'application/json;q=0', 'image/*', '*/*, application/json;q=0'])(
    'is a 406 when only %s is accepted',
    async (accept) => {
      const { app } = await openDoor()
      const answer = await app.inject({ url: '/v1/runs', headers: { ...AUTHORIZED, accept } })
      expect(answer.json()).toMatchObject({ status: 406, code: 'E_NOT_ACCEPTABLE' })
    },
  )

  it.each(['*/*', 'application/*', 'APPLICATION/JSON; q=0.5', 'text/html, */*;q=0.1', ''])(
    'is none when %s is accepted',
    async (accept) => {
      const { app } = await openDoor()
      expect((await app.inject({ url: '/v1/runs', headers: { ...AUTHORIZED, accept } })).statusCode).toBe(200)
    },
  )

  it('is a 413 beyond 16 KB, and nothing is queued', async () => {
    const application = createMemoryApplication()
    const { app } = await openDoor({ application })
    const answer = await app.inject({ ...SYNC, payload: { account: 'x'.repeat(16 * 1024) } })
    expect(answer.json()).toMatchObject({ status: 413, code: 'E_BODY_TOO_LARGE' })
    expect(application.calls).toEqual([])
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])(
    'is a 415 for a body of %s, and says what is read',
    async (type) => {
      const { app } = await openDoor()
      const answer = await app.inject({ ...SYNC, headers: { ...AUTHORIZED, 'content-type': type }, payload: '{}' })
      expect(answer.json()).toMatchObject({ status: 415, code: 'E_UNSUPPORTED_MEDIA_TYPE' })
      expect(answer.headers['accept']).toBe('application/json')
    },
  )

  it.each(['{', 'sync', '{"account":"main",}', '{"__proto__":{"full":true}}'])(
    'is a 400 for a body that is no usable JSON (%#)',
    async (payload) => {
      const { app } = await openDoor()
      const headers = { ...AUTHORIZED, 'content-type': 'application/json' }
      const answer = await app.inject({ ...SYNC, headers, payload })
      expect(answer.json()).toMatchObject({ status: 400, code: 'E_BAD_REQUEST' })
    },
  )

  it('is a 400 for a path that cannot be decoded, with security headers too', async () => {
    const { app } = await openDoor()
    const answer = await app.inject({ url: '/v1/jobs/sync/%zz', headers: AUTHORIZED })
    expect(answer.json()).toMatchObject({ status: 400, code: 'E_BAD_REQUEST' })
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
  })

  it('is a 414 for a path longer than any of ours', async () => {
    const { app } = await openDoor()
    const answer = await app.inject({ url: `/v1/jobs/sync/${'x'.repeat(900)}`, headers: AUTHORIZED })
    expect(answer.json()).toMatchObject({ status: 414, code: 'E_PATH_TOO_LONG' })
  })
})

describe('a request that cannot be used', () => {
  it('is a 422 with every place, what was expected, and never the value', async () => {
    const { app } = await openDoor()
    const payload = { account: 42, full: 'pk_secret', dryrun: true }
    const answer = await app.inject({ ...SYNC, payload })
    expect(answer.json()).toMatchObject({
      status: 422,
      code: 'E_INVALID_REQUEST',
      problems: [
        { path: 'account', message: 'expected a text' },
        { path: 'full', message: 'expected true or false' },
        { path: 'dryrun', message: 'not known in the body; see /docs' },
      ],
    })
    expect(answer.body).not.toContain('pk_secret')
  })

  it('does not repeat a key that may be a secret', async () => {
    const { app } = await openDoor()
    const answer = await app.inject({ ...SYNC, payload: { 'pk 1234': true } })
    expect(answer.json().problems).toEqual([{ path: '', message: 'not known in the body; see /docs' }])
  })

  it('lists at most twenty places', async () => {
    const { app } = await openDoor()
    const payload = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`k${index}`, 1]))
    expect((await app.inject({ ...SYNC, payload })).json().problems).toHaveLength(20)
  })

  it.each(['[]', '"sync"', '7', 'null'])('is a 422 when the body is %s and no object', async (payload) => {
    const { app } = await openDoor()
    const headers = { ...AUTHORIZED, 'content-type': 'application/json' }
    const answer = await app.inject({ ...SYNC, headers, payload })
    expect(answer.json()).toMatchObject({ status: 422, problems: [{ path: '', message: 'expected a JSON object' }] })
  })

  it('is a 422 for an empty name', async () => {
    const { app } = await openDoor()
    const answer = await app.inject({ ...SYNC, payload: { account: '' } })
    expect(answer.json().problems).toEqual([{ path: 'account', message: 'expected a name' }])
  })
})
