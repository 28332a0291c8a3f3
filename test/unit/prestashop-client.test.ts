import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import {
  AuthError,
  ContractError,
  RateLimitedError,
  RemoteRejectedError,
  RemoteUnavailableError,
} from '../../src/core/errors.ts'
import { createPrestashopClient } from '../../src/sources/prestashop/client.ts'
import { prestashopSourceConfig } from '../../src/sources/prestashop/schema.ts'
import { idRow, slipRow, stateRow } from '../../src/sources/prestashop/wire.ts'

const KEY = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'
const { signal } = new AbortController()
const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

/** A client of a real server on the loopback. */
async function clientOf(listener: RequestListener, more: object = {}) {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    listener(request, response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/shop`
  const client = createPrestashopClient({ url, key: KEY, ...more }, { attempts: 2, baseMs: 1, capMs: 1 })
  return { client, asked, query: () => new URL(asked.at(-1)?.url ?? '', url).searchParams }
}

function answer(status: number, body: string, headers: Readonly<Record<string, string>> = {}): RequestListener {
  return (_request, response) => response.writeHead(status, headers).end(body)
}

async function failureOf(listener: RequestListener): Promise<unknown> {
  const { client } = await clientOf(listener)
  return client.list('orders', idRow, {}, signal).catch((error: unknown) => error)
}

describe('asking a PrestaShop', () => {
  it('sends the key as the user of HTTP Basic without a password, and asks for JSON', async () => {
    const { client, asked, query } = await clientOf(answer(200, '{"orders":[{"id":3}]}'))
    await client.list(
      'orders',
      idRow,
      { display: '[id]', 'filter[date_upd]': '[2026-11-01 00:00:00,2026-11-02 00:00:00]' },
      signal,
    )
    expect(asked[0]?.url).toContain('/shop/api/orders?')
    expect(asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from(`${KEY}:`).toString('base64')}`)
    expect(Object.fromEntries(query())).toEqual({
      output_format: 'JSON',
      display: '[id]',
      'filter[date_upd]': '[2026-11-01 00:00:00,2026-11-02 00:00:00]',
    })
  })

  it('names the store in every request when one is configured', async () => {
    const { client, query } = await clientOf(answer(200, '[]'), { shop: 2 })
    await client.list('orders', idRow, {}, signal)
    expect(query().get('id_shop')).toBe('2')
  })

  it('takes an empty array for an empty list', async () => {
    const { client } = await clientOf(answer(200, '[]'))
    expect((await client.list('orders', idRow, {}, signal)).rows).toEqual([])
  })

  it('tells the shop’s clock with every row', async () => {
    const { client } = await clientOf(answer(200, '{"orders":[{"id":3}]}', { date: 'Sun, 25 Oct 2026 00:45:00 GMT' }))
    const { rows } = await client.list('orders', idRow, {}, signal)
    expect(rows).toEqual([{ id: '3', readAt: new Date('2026-10-25T00:45:00Z') }])
  })

  it('reads ids and flags as numbers and as digits, and texts of one language and of several', async () => {
    const states =
      '{"order_states":[{"id":2,"paid":"1","logable":1,"unremovable":"0","template":[{"id":"1","value":"payment"}],"name":"Paid"}]}'
    const { client } = await clientOf(answer(200, states))
    const { rows } = await client.list('order_states', stateRow, {}, signal)
    expect(rows).toMatchObject([{ id: '2', paid: true, logable: true, unremovable: false, templates: ['payment'] }])
  })

  it('asks for many ids in batches and for each only once', async () => {
    const { client, asked, query } = await clientOf(answer(200, '[]'))
    const ids = Array.from({ length: 300 }, (_, n) => String(n + 1))
    await client.listBy('orders', idRow, { field: 'id', ids: [...ids, ...ids], query: {} }, signal)
    expect(asked).toHaveLength(2)
    expect(query().get('filter[id]')).toBe(`[${ids.slice(250).join('|')}]`)
  })

  it('asks nothing for no ids: an empty filter is refused', async () => {
    const { client, asked } = await clientOf(answer(200, '[]'))
    expect(await client.listBy('orders', idRow, { field: 'id', ids: [], query: {} }, signal)).toEqual([])
    expect(asked).toHaveLength(0)
  })
})

describe('a PrestaShop that does not answer as it should', () => {
  it('does not accept the key: plain text, whatever format was asked for', async () => {
    const error = await failureOf(answer(401, '401 Unauthorized', { 'content-type': 'text/html' }))
    expect(error).toBeInstanceOf(AuthError)
    expect(error).toMatchObject({ message: expect.stringContaining('or lacks GET on orders') })
  })

  it('does not let the key read this resource', async () => {
    const body = '{"errors":[{"code":26,"message":"Resource of type \\"orders\\" is not allowed"}]}'
    expect(await failureOf(answer(401, body))).toBeInstanceOf(AuthError)
    expect(await failureOf(answer(405, body))).toBeInstanceOf(AuthError)
  })

  it('knows no such filter', async () => {
    const error = await failureOf(answer(400, '{"errors":[{"code":32,"message":"This filter does not exist"}]}'))
    expect(error).toBeInstanceOf(RemoteRejectedError)
    expect(error).toMatchObject({ status: 400, complaints: [{ code: '32', detail: 'This filter does not exist' }] })
  })

  it('has no webservice here: 404 without a body', async () => {
    expect(await failureOf(answer(404, ''))).toMatchObject({ code: 'E_REMOTE_REJECTED', status: 404 })
  })

  it('is elsewhere: a redirect is not followed, since it would carry the key along', async () => {
    expect(await failureOf(answer(301, '', { location: 'https://elsewhere.example/' }))).toMatchObject({ status: 301 })
  })

  it('has its webservice switched off', async () => {
    expect(await failureOf(answer(503, '{"errors":[{"code":22,"message":"disabled"}]}'))).toBeInstanceOf(
      RemoteUnavailableError,
    )
  })

  it.each([429, 503])('asks to come back later: %i with Retry-After', async (status) => {
    const error = await failureOf(answer(status, 'slow down', { 'retry-after': '90' }))
    expect(error).toBeInstanceOf(RateLimitedError)
    expect(error).toMatchObject({ delayMs: 90_000 })
  })

  it.each([
    ['a warning of PHP before the JSON', '<br />\n<b>Notice</b>: Undefined index{"orders":[{"id":1}]}'],
    ['XML', '<?xml version="1.0"?><prestashop/>'],
    ['half of an answer', '{"orders":[{"id":1},'],
  ])('answers with %s', async (_, body) => {
    expect(await failureOf(answer(200, body))).toBeInstanceOf(RemoteUnavailableError)
  })

  it.each([
    ['another list', '{"products":[{"id":1}]}'],
    ['an array that is not empty', '["orders"]'],
    ['a row without an id', '{"orders":[{"id":"0"}]}'],
    ['nothing', ''],
  ])('answers with %s', async (_, body) => {
    expect(await failureOf(answer(200, body))).toBeInstanceOf(ContractError)
  })

  it('answers with rows that were not asked for', async () => {
    const { client } = await clientOf(
      answer(200, '{"order_slips":[{"id":1,"id_order":"8","date_add":"","date_upd":""}]}'),
    )
    const asking = client.listBy('order_slip', slipRow, { field: 'id_order', ids: ['7'], query: {} }, signal)
    await expect(asking).rejects.toThrow('ignore the filter on id_order')
  })

  it('does not say what time it is', async () => {
    const error = await failureOf((_request, response) => {
      response.sendDate = false
      response.end('[]')
    })
    expect(error).toMatchObject({ code: 'E_REMOTE_CONTRACT', message: expect.stringContaining('Date') })
  })

  it.each([401, 403, 405, 500])('answers %i, and the error knows nothing of the key', async (status) => {
    const error = await failureOf(answer(status, JSON.stringify({ errors: [{ code: 1, message: 'anna@shop.test' }] })))
    const shown = inspect(error, { depth: 9 })
    expect(shown).not.toContain(KEY)
    expect(shown).not.toContain(Buffer.from(`${KEY}:`).toString('base64'))
  })
})

describe('the configuration of a PrestaShop source', () => {
  const config = { type: 'prestashop', url: 'https://shop.example/', key: KEY, timezone: 'Europe/Rome' }

  it('fills in what suits most shops', () => {
    expect(prestashopSourceConfig.parse(config)).toEqual({
      ...config,
      url: 'https://shop.example',
      states: {},
      groupByReference: true,
      lookBackMinutes: 60,
      sweep: { days: 60, everyHours: 24 },
    })
  })

  it.each([
    ['an address that ends in /api', { url: 'https://shop.example/api/' }],
    ['an address with a key in it', { url: 'https://KEY@shop.example' }],
    ['a key with a colon, which would be a password', { key: 'a:b' }],
    ['a fixed offset, which knows no summer time', { timezone: '+01:00' }],
    ['a state by its name', { states: { Shipped: 'placed' } }],
    ['a meaning that there is not', { states: { 4: 'shipped' } }],
    ['a date that is none', { since: '2026-02-30' }],
    ['a look back that is shorter than the hour that comes twice', { lookBackMinutes: 30 }],
  ])('refuses %s', (_, wrong) => {
    expect(prestashopSourceConfig.safeParse({ ...config, ...wrong }).success).toBe(false)
  })
})
