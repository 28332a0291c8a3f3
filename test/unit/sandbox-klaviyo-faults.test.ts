import { describe, expect, it } from 'vitest'
import { importBody, profile, type SandboxClient, startSandbox } from '../support/klaviyo-sandbox-client.ts'

const JOBS = '/api/profile-bulk-import-jobs'
const TAG = { data: { type: 'tag', attributes: { name: 'a' } } }

describe('who may come in', () => {
  const withKey = ({ send }: SandboxClient, authorization: string) =>
    send('GET', '/api/accounts', undefined, { authorization })

  it('any private key or token, unless it says that it is wrong', async () => {
    const client = await startSandbox()
    expect((await withKey(client, 'Klaviyo-API-Key pk_any')).status).toBe(200)
    expect((await withKey(client, 'Bearer token')).status).toBe(200)
    expect((await withKey(client, 'Klaviyo-API-Key pk_wrong')).at('errors.0.code')).toBe('authentication_failed')
    expect((await withKey(client, 'Klaviyo-API-Key abc')).status).toBe(401)
    expect((await withKey(client, 'pk_any')).status).toBe(401)
  })

  it('only known keys when there is a list of them, each for its scopes', async () => {
    const client = await startSandbox({ apiKeys: { pk_reader: ['profiles:read'], pk_all: 'all' } })
    const read = (key: string, path: string) =>
      client.send('GET', path, undefined, { authorization: `Klaviyo-API-Key ${key}` })
    expect((await read('pk_other', '/api/profiles')).status).toBe(401)
    expect((await read('pk_reader', '/api/profiles')).status).toBe(200)
    expect((await read('pk_reader', '/api/segments')).at('errors.0.code')).toBe('permission_denied')
    expect((await read('pk_all', '/api/segments')).status).toBe(200)
  })

  it('nobody without a revision, with a malformed one or with an old one', async () => {
    const { sandbox } = await startSandbox()
    const headers = { authorization: 'Klaviyo-API-Key pk_test' }
    const ask = async (revision?: string) =>
      (await fetch(`${sandbox.url}/api/tags`, { headers: { ...headers, ...(revision && { revision }) } })).status
    expect([await ask(), await ask('latest'), await ask('2024-06-15'), await ask('2026-07-15')]).toEqual([
      400, 400, 400, 200,
    ])
  })

  it('405 for a method, 404 for a path, 415 for a type, 400 for what is no JSON', async () => {
    const { send } = await startSandbox()
    expect((await send('PUT', '/api/tags', {})).status).toBe(405)
    expect((await send('GET', '/api/shoes')).status).toBe(404)
    expect((await send('POST', '/api/tags', 'x', { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await send('POST', '/api/tags', '{')).status).toBe(400)
  })
})

describe('a fault by header', () => {
  it.each([
    ['status', 500],
    ['status; status=502', 502],
    ['html', 403],
    ['html; status=502', 502],
    ['auth', 401],
    ['earthquake', 400],
  ])('%s answers %i', async (fault, status) => {
    const { send } = await startSandbox()
    const reply = await send('GET', '/api/tags', undefined, { 'x-sandbox-fault': fault })
    expect(reply.status).toBe(status)
    expect(reply.document === undefined).toBe(fault.startsWith('html'))
  })

  it('a 429 says how long to wait, a day if told so', async () => {
    const { send } = await startSandbox()
    const fault = { 'x-sandbox-fault': 'status; status=429; retryAfterSeconds=86400' }
    const reply = await send('GET', '/api/tags', undefined, fault)
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '86400'])
  })

  it('drop does nothing, accept-then-drop does the work and loses the answer', async () => {
    const { send, sandbox } = await startSandbox()
    await expect(send('POST', '/api/tags', TAG, { 'x-sandbox-fault': 'drop' })).rejects.toThrow()
    expect(sandbox.state.summary().tags).toBe(0)
    await expect(send('POST', '/api/tags', TAG, { 'x-sandbox-fault': 'accept-then-drop' })).rejects.toThrow()
    expect(sandbox.state.summary().tags).toBe(1)
  })

  it('truncate promises the whole answer and gives half', async () => {
    const { send } = await startSandbox()
    await expect(send('GET', '/api/tags', undefined, { 'x-sandbox-fault': 'truncate' })).rejects.toThrow()
  })

  it('delay waits and then answers', async () => {
    const { send } = await startSandbox()
    const start = performance.now()
    const reply = await send('GET', '/api/tags', undefined, { 'x-sandbox-fault': 'delay; delayMs=60' })
    expect(reply.status).toBe(200)
    expect(performance.now() - start).toBeGreaterThan(50)
  })

  it('duplicate does the work twice', async () => {
    const { send, sandbox } = await startSandbox()
    await send('POST', '/api/tags', TAG, { 'x-sandbox-fault': 'duplicate' })
    expect(sandbox.state.summary().tags).toBe(2)
  })
})

describe('a fault from outside', () => {
  it('strikes the requests it is meant for, as often as it says', async () => {
    const { post, get } = await startSandbox()
    await post('/sandbox/faults', { kind: 'status', status: 503, method: 'GET', path: '/api/tags', times: 2 })
    const statuses = [
      await get('/api/profiles'),
      await get('/api/tags'),
      await post('/api/tags', TAG),
      await get('/api/tags'),
      await get('/api/tags'),
    ]
    expect(statuses.map(({ status }) => status)).toEqual([200, 503, 201, 503, 200])
  })

  it('may be meant for a pattern', async () => {
    const { post, get } = await startSandbox()
    await post('/sandbox/faults', { kind: 'status', path: '/relationships/'.slice(1) })
    expect((await get('/api/tags')).status).toBe(200)
    expect((await get('/api/tags/x/relationships/segments')).status).toBe(500)
  })

  it('is refused with a reason when it cannot be understood', async () => {
    const { post } = await startSandbox()
    expect((await post('/sandbox/faults', { kind: 'earthquake' })).status).toBe(400)
    expect((await post('/sandbox/faults', { kind: 'drop', path: '(' })).status).toBe(400)
  })

  it('cancels a job half done', async () => {
    const { post, until } = await startSandbox()
    await post('/sandbox/faults', { kind: 'cancelled', method: 'POST', path: JOBS })
    const { at } = await post(JOBS, importBody([profile('a@example.com'), profile('b@example.com')]))
    const done = await until(`${JOBS}/${at('data.id')}`, (reply) => reply.at('data.attributes.status') === 'cancelled')
    expect(done.at('data.attributes')).toMatchObject({ status: 'cancelled', completed_count: 1, total_count: 2 })
  })

  it('makes a job expire', async () => {
    const { post, get } = await startSandbox()
    await post('/sandbox/faults', { kind: 'expired', method: 'GET', path: JOBS })
    const { at } = await post(JOBS, importBody([profile('a@example.com')]))
    expect((await get(`${JOBS}/${at('data.id')}`)).status).toBe(404)
    expect((await get(`${JOBS}/${at('data.id')}`)).status).toBe(404)
  })

  it('can be looked at and taken back', async () => {
    const { send, post, get } = await startSandbox()
    await post('/sandbox/faults', { kind: 'drop' })
    expect((await get('/sandbox/faults')).at('0.kind')).toBe('drop')
    await send('DELETE', '/sandbox/faults')
    expect((await get('/api/tags')).status).toBe(200)
  })
})

describe('looking in from outside', () => {
  it('counts what is there and what was asked, and logs no query', async () => {
    const { post, get } = await startSandbox()
    await post('/sandbox/profiles', { profiles: [{ email: 'a@example.com', properties: { aov: 1 } }] })
    await get('/api/profiles?filter=equals(email,"a@example.com")')
    expect((await get('/sandbox/state')).document).toMatchObject({
      profiles: 1,
      requests: { total: 1, throttled: 0, byOperation: { get_profiles: 1 } },
    })
    const log = await get('/sandbox/requests')
    expect(log.at('0')).toMatchObject({ method: 'GET', path: '/api/profiles', status: 200 })
    expect(log.text).not.toContain('example.com')
  })

  it('has the metrics an account with a shop has, or none', async () => {
    const shop = await startSandbox()
    const none = await startSandbox({ placedOrderMetric: false })
    const mapped = await shop.get('/api/mapped-metrics?include=metric')
    expect(mapped.at('included.0.attributes.name')).toBe('Placed Order')
    expect((await none.get('/api/mapped-metrics?include=metric')).at('included')).toEqual([])
    expect((await shop.get('/api/metrics?filter=equals(integration.name,"Shopify")')).at('data.length')).toBe(4)
    expect((await shop.get('/api/mapped-metrics/nope')).status).toBe(400)
  })
})
