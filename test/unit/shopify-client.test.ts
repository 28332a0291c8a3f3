import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import {
  AuthError,
  ContractError,
  RateLimitedError,
  RemoteRejectedError,
  RemoteUnavailableError,
} from '../../src/core/errors.ts'
import { createShopifyClient } from '../../src/sources/shopify/client.ts'
import { shopifySourceConfig } from '../../src/sources/shopify/schema.ts'
import { createSecrets } from '../support/shopify.ts'

interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

/** A client of a server that gives these answers one after another, the last one again and again. */
async function open(...answers: Answer[]) {
  let asked = 0
  let userAgent: string | undefined
  const server = createServer((request, response) => {
    userAgent = request.headers['user-agent']
    request.resume().on('end', () => {
      const { status = 200, headers = {}, body } = answers[Math.min(asked, answers.length - 1)] ?? { body: {} }
      asked += 1
      response.writeHead(status, { 'content-type': 'application/json', connection: 'close', ...headers })
      response.end(JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const config = shopifySourceConfig.parse({
    type: 'shopify',
    shop: 'my-shop.myshopify.com',
    url: `http://127.0.0.1:${port}`,
    accessToken: 'shpat_token',
  })
  const client = createShopifyClient(config, createSecrets())
  const ask = (isMutation?: true) =>
    client.ask({
      document: '{ shop { name } }',
      answer: z.object({ shop: z.object({ name: z.string() }) }),
      what: 'asking',
      needs: 'read_orders',
      ...(isMutation && { isMutation }),
      signal: new AbortController().signal,
    })
  return { ask, asked: () => asked, userAgent: () => userAgent }
}

const GOOD = { body: { data: { shop: { name: 'Shop' } } } }

function error(code: string, more: object = {}): Answer {
  return { body: { data: null, errors: [{ message: code, extensions: { code } }], ...more } }
}

function throttled(requested: number, available: number, restoreRate: number): Answer {
  const throttleStatus = { maximumAvailable: 2000, currentlyAvailable: available, restoreRate }
  return error('THROTTLED', { extensions: { cost: { requestedQueryCost: requested, throttleStatus } } })
}

describe('a query of Shopify', () => {
  it('that is throttled for a moment is asked again', async () => {
    const { ask, asked } = await open(throttled(100, 90, 100), GOOD)
    expect((await ask()).data.shop.name).toBe('Shop')
    expect(asked()).toBe(2)
  })

  it('that is throttled for long is put off until the bucket holds it', async () => {
    const { ask, asked } = await open(throttled(900, 100, 50))
    await expect(ask()).rejects.toMatchObject({ code: 'E_RATE_LIMITED', delayMs: 16_000 })
    expect(asked()).toBe(1)
  })

  it('that is throttled may be repeated also when it changes something: it was not carried out', async () => {
    const { ask, asked } = await open(throttled(100, 95, 100), GOOD)
    await ask(true)
    expect(asked()).toBe(2)
  })

  it('that changes something is not repeated when nobody knows what became of it', async () => {
    const { ask, asked } = await open({ status: 502, body: {} })
    await expect(ask(true)).rejects.toBeInstanceOf(RemoteUnavailableError)
    expect(asked()).toBe(1)
  })

  it.each([
    ['a 429', { status: 429, headers: { 'retry-after': '30' }, body: {} }, RateLimitedError, /429/],
    ['a frozen shop', { status: 402, body: {} }, AuthError, /frozen/],
    ['a locked shop', { status: 423, body: {} }, AuthError, /locked/],
    ['a forbidden one', { status: 403, body: { errors: 'no' } }, AuthError, /read_orders/],
    ['no such shop', { status: 404, body: {} }, AuthError, /no such shop/],
    ['a missing scope', error('ACCESS_DENIED'), AuthError, /read_orders/],
    ['a failure of theirs', error('INTERNAL_SERVER_ERROR'), RemoteUnavailableError, /INTERNAL/],
    ['a query that costs too much', error('MAX_COST_EXCEEDED'), RemoteRejectedError, /MAX_COST/],
    ['errors that are a text', { body: { errors: 'Not Found' } }, RemoteRejectedError, /without a code/],
    ['an error and no key for data', { body: { errors: [{ message: 'x' }] } }, RemoteRejectedError, /without a code/],
    ['no data', { body: { data: null } }, ContractError, /unexpected/],
    ['something else than GraphQL', { body: [1] }, ContractError, /no GraphQL/],
  ] as const)('answered with %s is an error that says so', async (_, answer, kind, message) => {
    const { ask } = await open(answer)
    const failure = await ask().catch((thrown: unknown) => thrown)
    expect(failure).toBeInstanceOf(kind)
    expect(String(failure)).toMatch(message)
  })

  it('never takes the data that come beside an error', async () => {
    const { ask } = await open({
      body: { ...GOOD.body, errors: [{ message: 'x', extensions: { code: 'ACCESS_DENIED' } }] },
    })
    await expect(ask()).rejects.toBeInstanceOf(AuthError)
  })

  it('whose search was ignored in part is an error', async () => {
    const search = [
      { path: ['orders'], query: 'updatd_at:1', warnings: [{ field: 'updatd_at', code: 'invalid_field' }] },
    ]
    const { ask } = await open({ body: { ...GOOD.body, extensions: { search } } })
    await expect(ask()).rejects.toBeInstanceOf(ContractError)
  })

  it('tells the shop’s clock and the version that answered', async () => {
    const headers = { date: 'Fri, 20 Nov 2026 12:00:00 GMT', 'x-shopify-api-version': '2027-01' }
    const { ask } = await open({ ...GOOD, headers })
    expect(await ask()).toMatchObject({ now: new Date('2026-11-20T12:00:00Z'), apiVersion: '2027-01' })
  })

  it('says whose it is', async () => {
    const { ask, userAgent } = await open(GOOD)
    await ask()
    expect(userAgent()).toBe('scontrino')
  })

  it('leaves the token out of every error', async () => {
    const { ask } = await open({ status: 401, body: { errors: '[API] Invalid API key: shpat_token' } })
    const failure = await ask().catch((thrown: unknown) => thrown)
    expect(failure).toBeInstanceOf(AuthError)
    expect(JSON.stringify(failure) + String((failure as Error).stack)).not.toContain('shpat_token')
  })
})
