import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createVendureClient } from '../../src/sources/vendure/client.ts'
import { createListFeed } from '../../src/sources/vendure/list-feed.ts'
import { COUNTS, PLACED } from '../../src/sources/vendure/queries.ts'
import { vendureSourceConfig } from '../../src/sources/vendure/schema.ts'
import { countFields, placedRow } from '../../src/sources/vendure/wire.ts'

const DATE = 'Fri, 20 Nov 2026 12:00:00 GMT'
const COUNTED = { data: { orders: { totalItems: 4 }, sellers: { totalItems: 1 } } }

/** Given one after the other; all must be by the end of a test. */
const prepared: { status: number; body: unknown; headers: Record<string, string> }[] = []
const asked: { path: string; headers: IncomingHttpHeaders; body: unknown }[] = []
let server: Server
let settings: Record<string, unknown>

beforeAll(async () => {
  server = createServer(async (request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(await text(request)) })
    const { status, body, headers } = prepared.shift() ?? { status: 418, body: '', headers: {} }
    response.sendDate = false
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  settings = { type: 'vendure', url, apiKey: 'key-1:secret-2', channel: 'token-3' }
})
afterEach(() => {
  asked.splice(0)
  expect(prepared.splice(0)).toEqual([])
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

function ask(changes: Readonly<Record<string, unknown>> = {}) {
  const config = vendureSourceConfig.parse({ ...settings, ...changes })
  const client = createVendureClient(config, { attempts: 2, baseMs: 1, capMs: 1 })
  const { signal } = new AbortController()
  return client.ask({ query: COUNTS, data: countFields, what: 'counting orders', needs: 'ReadOrder', signal })
}

function answer(status: number, body: unknown, headers: Record<string, string> = { date: DATE }): void {
  prepared.push({ status, body, headers })
}

const failing = (...codes: (string | undefined)[]) => ({
  errors: codes.map((code) => ({ message: 'about token-3', ...(code !== undefined && { extensions: { code } }) })),
  data: null,
})

describe('a question to Vendure', () => {
  it('carries key and channel in their headers, and brings back the server’s time', async () => {
    answer(200, COUNTED)
    expect(await ask()).toEqual({ data: COUNTED.data, answeredAt: new Date(DATE) })
    expect(asked).toMatchObject([
      {
        path: '/admin-api',
        headers: { 'vendure-api-key': 'key-1:secret-2', 'vendure-token': 'token-3' },
        body: { query: COUNTS, variables: {} },
      },
    ])
  })

  it('goes to other paths and headers when the server was given such', async () => {
    answer(200, COUNTED)
    await ask({ adminApiPath: '/api/admin/', apiKeyHeader: 'x-key', channelHeader: 'x-channel' })
    expect(asked).toMatchObject([
      { path: '/api/admin', headers: { 'x-key': 'key-1:secret-2', 'x-channel': 'token-3' } },
    ])
  })

  it('names no channel when none is configured', async () => {
    answer(200, COUNTED)
    await ask({ channel: undefined })
    expect(asked[0]?.headers).not.toHaveProperty('vendure-token')
  })

  it('is repeated when the server fails, for it only asks', async () => {
    answer(502, 'bad gateway')
    answer(200, COUNTED)
    expect((await ask()).data.sellers.totalItems).toBe(1)
  })
})

describe('a refusal', () => {
  it.each([
    ['FORBIDDEN', 'E_AUTH', /lacks ReadOrder/],
    ['CHANNEL_NOT_FOUND', 'E_AUTH', /no channel of the configured token/],
    ['INTERNAL_SERVER_ERROR', 'E_REMOTE_UNAVAILABLE', /INTERNAL_SERVER_ERROR/],
    [undefined, 'E_REMOTE_UNAVAILABLE', /no code/],
    ['USER_INPUT_ERROR', 'E_REMOTE_REJECTED', /USER_INPUT_ERROR/],
  ])('%s under 200 is %s', async (code, ours, message) => {
    answer(200, failing(code))
    await expect(ask()).rejects.toMatchObject({ code: ours, message: expect.stringMatching(message) })
  })

  it('counts as one of the key when that is among several', async () => {
    answer(200, failing('INTERNAL_SERVER_ERROR', 'FORBIDDEN'))
    await expect(ask()).rejects.toMatchObject({ code: 'E_AUTH' })
  })

  it('of our query says which field the server does not know', async () => {
    const extensions = { code: 'GRAPHQL_VALIDATION_FAILED' }
    answer(400, { errors: [{ message: 'Cannot query field "channels" on type "Order".', extensions }] })
    await expect(ask()).rejects.toMatchObject({
      code: 'E_REMOTE_REJECTED',
      complaints: [{ code: 'GRAPHQL_VALIDATION_FAILED', detail: 'Cannot query field "channels" on type "Order".' }],
    })
  })

  it.each([200, 400])('under %i repeats nothing of what the server says, nor a secret', async (status) => {
    answer(status, failing('BAD_USER_INPUT'))
    const error: unknown = await ask().catch((thrown: unknown) => thrown)
    expect(JSON.stringify([error, (error as Error).message])).not.toMatch(/token-3|secret-2/)
    expect(error).toMatchObject({ code: 'E_REMOTE_REJECTED' })
  })

  it('by too many requests says when to come back', async () => {
    answer(429, 'slow down', { 'retry-after': '90' })
    await expect(ask()).rejects.toMatchObject({ code: 'E_RATE_LIMITED', delayMs: 90_000 })
  })
})

describe('an answer that cannot be read', () => {
  it.each([
    ['has no data', {}],
    ['is a list', []],
    ['lacks a field', { data: { orders: { totalItems: 4 } } }],
    ['has another kind of number', { data: { orders: { totalItems: '4' }, sellers: { totalItems: 1 } } }],
  ])('%s', async (_, body) => {
    answer(200, body)
    await expect(ask()).rejects.toMatchObject({ code: 'E_REMOTE_CONTRACT' })
  })

  it('has no date', async () => {
    answer(200, COUNTED, {})
    await expect(ask()).rejects.toMatchObject({ code: 'E_REMOTE_CONTRACT', message: expect.stringContaining('Date') })
  })

  it('is a page of something in between', async () => {
    answer(200, '<html>welcome</html>')
    answer(200, '<html>welcome</html>')
    await expect(ask()).rejects.toMatchObject({ code: 'E_REMOTE_UNAVAILABLE' })
  })
})

describe('a list', () => {
  it('stops loudly before it asks for more than a server reads at once', async () => {
    const client = createVendureClient(vendureSourceConfig.parse(settings))
    const feed = createListFeed(client, 100, {
      field: 'orderPlacedAt',
      query: PLACED,
      row: placedRow,
      filter: {},
      idOf: ({ id }) => id,
      instantOf: ({ orderPlacedAt }) => orderPlacedAt,
    })
    const seen = Array.from({ length: 12_000 }, (_, at) => String(at))
    const window = { from: new Date(DATE), before: new Date(Date.parse(DATE) + 1000), seen }
    await expect(feed.fetchPage(window, new AbortController().signal)).rejects.toMatchObject({
      code: 'E_REMOTE_CONTRACT',
      message: expect.stringContaining('12000 orders share one instant'),
    })
    expect(asked).toEqual([])
  })
})

describe('the configuration', () => {
  it.each([
    ['url', { url: 'shop.test' }],
    ['url', { url: 'https://user:word@shop.test' }],
    ['url', { url: 'https://shop.test/admin-api' }],
    ['apiKey', { apiKey: 'key with blanks' }],
    ['channel', { channel: 'token\n' }],
    ['states', { states: { Packed: 'packed' } }],
    ['moneyPrecision', { moneyPrecision: 2.5 }],
    ['pageSize', { pageSize: 1001 }],
    ['since', { since: 'yesterday' }],
  ])('refuses %s of %j', (key, changes) => {
    const parsed = vendureSourceConfig.safeParse({ ...settings, ...changes })
    expect(parsed.error?.issues.map(({ path }) => path[0])).toEqual([key])
  })

  it('refuses a key it does not know', () => {
    expect(vendureSourceConfig.safeParse({ ...settings, chanel: 'x' }).success).toBe(false)
  })
})
