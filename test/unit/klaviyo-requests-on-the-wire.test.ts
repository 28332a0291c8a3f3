import { Socket } from 'node:net'
import nock from 'nock'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createKlaviyoDestination } from '../../src/destinations/klaviyo/index.ts'
import { createRateLimiter } from '../../src/lib/rate-limiter.ts'

const HOST = 'https://a.klaviyo.com'
const signal = new AbortController().signal

type OpenSocket = Socket & { readonly _handle?: { close(): void } | null }

/** Node has no public list of what is open. */
function openSockets(): OpenSocket[] {
  const node = process as unknown as { _getActiveHandles(): unknown[] }
  return node._getActiveHandles().filter((handle): handle is OpenSocket => handle instanceof Socket)
}

const destination = () =>
  createKlaviyoDestination({
    apiKey: 'pk_wire',
    baseUrl: HOST,
    timezone: 'Europe/Rome',
    limiter: createRateLimiter({ kind: 'memory' }),
  })

let before: ReadonlySet<Socket>

beforeAll(() => {
  before = new Set(openSockets())
  nock.disableNetConnect()
})
afterEach(() => nock.cleanAll())
afterAll(() => {
  // nock destroys the sockets it stands in for without closing the handles below them.
  for (const socket of openSockets()) if (!before.has(socket)) socket._handle?.close()
  nock.enableNetConnect()
  nock.restore()
})

describe('requests to the real address', () => {
  test('carry the key, the revision and the media type that Klaviyo asks for', async () => {
    const asked = nock(HOST, {
      reqheaders: {
        authorization: 'Klaviyo-API-Key pk_wire',
        revision: '2026-07-15',
        accept: 'application/vnd.api+json',
        'content-type': 'application/vnd.api+json',
      },
    })
      .post('/api/profile-import', {
        data: {
          type: 'profile',
          attributes: { email: 'ada@example.com', properties: { aov: 0 } },
          meta: { patch_properties: { unset: ['aov_12m'] } },
        },
      })
      .reply(200, { data: { type: 'profile', id: '01' } })
    const refusal = await destination().pushProfile(
      { email: 'ada@example.com', properties: { aov: 0, aov_12m: null } },
      signal,
    )
    expect(refusal).toBeNull()
    expect(asked.isDone()).toBe(true)
  })

  test('are repeated for reads that failed, and never for writes', async () => {
    const read = nock(HOST).get('/api/profile-bulk-import-jobs/J1').reply(503, 'gone')
    const readAgain = nock(HOST)
      .get('/api/profile-bulk-import-jobs/J1')
      .reply(200, {
        data: {
          type: 'profile-bulk-import-job',
          id: 'J1',
          attributes: { status: 'processing', total_count: 2, completed_count: 1, failed_count: 0 },
        },
      })
    await expect(destination().fetchImport('J1', signal)).resolves.toMatchObject({ state: 'processing', total: 2 })
    expect(read.isDone() && readAgain.isDone()).toBe(true)

    nock(HOST).post('/api/segments').reply(500, 'oops')
    const second = nock(HOST).post('/api/segments').reply(201, {})
    await expect(destination().createSegment('AOV', {}, signal)).rejects.toMatchObject({ code: 'E_REMOTE_UNAVAILABLE' })
    expect(second.isDone()).toBe(false)
  })
})
