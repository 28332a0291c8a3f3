import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { AuthError, ConfigError, ContractError, RateLimitedError } from '../../src/core/errors.ts'
import type { RateLimiter } from '../../src/lib/rate-limiter.ts'
import { errors, page, scriptKlaviyo, signal } from '../support/klaviyo.ts'

const klaviyo = scriptKlaviyo()

const account = {
  type: 'account',
  id: 'AbC123',
  attributes: { timezone: 'Europe/London', preferred_currency: 'GBP', test_account: false, locale: 'en-GB' },
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'no failure',
    (error: unknown) => error,
  )
}

/** A port that was free a moment ago: nobody listens there. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('the Klaviyo client', () => {
  it('sends key, revision and media type with every request', async () => {
    const seen = klaviyo.answer('GET /api/accounts', 200, page([account]))
    await klaviyo.destination().fetchAccount(signal)
    expect(seen.headers).toMatchObject({
      authorization: 'Klaviyo-API-Key pk_test',
      revision: '2026-07-15',
      accept: 'application/vnd.api+json',
    })
  })

  it('sends JSON:API bodies under their media type', async () => {
    const seen = klaviyo.answer('POST /api/segments', 201, { data: { id: 'S1' } })
    await klaviyo.destination().createSegment('x', {}, signal)
    expect(seen.headers['content-type']).toBe('application/vnd.api+json')
  })

  it('answers id, currency and time zone of the account', async () => {
    klaviyo.answer('GET /api/accounts', 200, page([account]))
    expect(await klaviyo.destination().fetchAccount(signal)).toEqual({
      id: 'AbC123',
      currency: 'GBP',
      timezone: 'Europe/London',
    })
  })

  it('names the place where an answer breaks the contract, not its content', async () => {
    const broken = { ...account, attributes: { ...account.attributes, timezone: 7, preferred_currency: 'anna' } }
    klaviyo.answer('GET /api/accounts', 200, page([broken]))
    const failure = await failureOf(klaviyo.destination().fetchAccount(signal))
    expect(failure).toBeInstanceOf(ContractError)
    expect(String(failure)).toContain('data.0.attributes.timezone (invalid_type)')
    expect(String(failure)).not.toContain('anna')
  })

  it('names the scopes that a refused call needs', async () => {
    klaviyo.answer('DELETE /api/segments/S1', 403, errors({ code: 'permission_denied' }))
    const failure = await failureOf(klaviyo.destination().deleteSegment('S1', signal))
    expect(failure).toBeInstanceOf(AuthError)
    expect(String(failure)).toContain('needs segments:write')
  })

  it('hands on how long Klaviyo wants it to wait', async () => {
    klaviyo.answer('POST /api/segments', 429, errors({ code: 'throttled' }), { 'retry-after': '86000' })
    const failure = await failureOf(klaviyo.destination().createSegment('x', {}, signal))
    expect(failure).toBeInstanceOf(RateLimitedError)
    expect(failure).toMatchObject({ delayMs: 86_000_000 })
  })

  it('takes from the limiter before each attempt, under a fingerprint of the key', async () => {
    const taken: { key: string; windows: number }[] = []
    const limiter: RateLimiter = {
      async take(key, windows) {
        taken.push({ key, windows: windows.length })
      },
      giveBack: async () => undefined,
    }
    klaviyo.answer('GET /api/accounts', 502)
    klaviyo.answer('GET /api/accounts', 200, page([account]))
    klaviyo.answer('POST /api/segments', 201, { data: { id: 'S1' } })
    const destination = klaviyo.destination({ limiter })
    await destination.fetchAccount(signal)
    await destination.createSegment('x', {}, signal)
    const key = expect.stringMatching(/^klaviyo:[0-9a-f]{12}:fetchAccount$/)
    expect(taken).toEqual([
      { key, windows: 2 },
      { key, windows: 2 },
      { key: expect.stringMatching(/:createSegment$/), windows: 3 },
    ])
    expect(JSON.stringify(taken)).not.toContain('pk_test')
  })

  it('names the host that cannot be reached, and takes nothing from the limiter', async () => {
    let taken = 0
    const limiter: RateLimiter = {
      async take() {
        taken += 1
      },
      async giveBack() {
        taken -= 1
      },
    }
    const baseUrl = `http://127.0.0.1:${await freePort()}`
    const failure = await failureOf(klaviyo.destination({ limiter, baseUrl }).fetchAccount(signal))
    expect(failure).toMatchObject({
      code: 'E_REMOTE_UNAVAILABLE',
      message: `asking for the Klaviyo account: ${baseUrl} cannot be reached (ECONNREFUSED)`,
    })
    expect(taken).toBe(0)
  })

  it('sends nothing that the limiter does not let through', async () => {
    const limiter: RateLimiter = {
      take: () => Promise.reject(new RateLimitedError('used up', 5_000)),
      giveBack: async () => undefined,
    }
    const failure = await failureOf(klaviyo.destination({ limiter }).createSegment('x', {}, signal))
    expect(failure).toMatchObject({ code: 'E_RATE_LIMITED', delayMs: 5_000 })
  })

  it('never takes the key to another host that a next link names', async () => {
    klaviyo.answer('GET /api/tags', 200, page([], 'https://elsewhere.invalid/api/tags?page%5Bcursor%5D=2'))
    const second = klaviyo.answer('GET /api/tags', 200, page([]))
    await klaviyo.destination().fetchSegments({ ids: [], names: [] }, signal)
    expect(second.query).toEqual({ 'page[cursor]': '2' })
  })

  it.each(['file:///etc/passwd', 'https://a.klaviyo.com/oauth/token', 'https://'])(
    'refuses the next link %j, which is not one of the API',
    async (next) => {
      klaviyo.answer('GET /api/tags', 200, page([], next))
      const failure = await failureOf(klaviyo.destination().fetchSegments({ ids: [], names: [] }, signal))
      expect(failure).toBeInstanceOf(ContractError)
    },
  )

  it.each(['pk with blank', 'pk\n', ''])('refuses the key %j at start-up', (apiKey) => {
    expect(() => klaviyo.destination({ apiKey })).toThrow(ConfigError)
  })

  it('refuses a prefix that Klaviyo could not quote', () => {
    expect(() => klaviyo.destination({ prefix: "o'" })).toThrow(ConfigError)
  })
})
