import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLimiter } from '../../src/sandbox/klaviyo/limiter.ts'
import { startSandbox } from '../support/klaviyo-sandbox-client.ts'

const LIMIT = { burst: 3, steady: 10, daily: 15 }
const BUCKET = { name: 'op', limit: LIMIT }
const MIDNIGHT = Date.UTC(2026, 10, 21)

describe('fixed windows', () => {
  it('never let through more than a second, a minute or a day allows', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 200 })
    fc.assert(
      fc.property(gaps, (gapsMs) => {
        const limiter = createLimiter(true)
        const passed: Record<string, number> = {}
        let nowMs = MIDNIGHT
        for (const gapMs of gapsMs) {
          nowMs += gapMs
          if (limiter.take([BUCKET], nowMs).retryAfterSeconds !== null) continue
          for (const seconds of [1, 60, 86_400]) {
            const window = `${seconds}:${Math.floor(nowMs / (seconds * 1000))}`
            passed[window] = (passed[window] ?? 0) + 1
          }
        }
        for (const [window, count] of Object.entries(passed)) {
          const max = window.startsWith('1:') ? LIMIT.burst : window.startsWith('60:') ? LIMIT.steady : LIMIT.daily
          expect(count).toBeLessThanOrEqual(max)
        }
      }),
    )
  })

  it('let the next request pass once Retry-After is over', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_400_000 }), (offsetMs) => {
        const limiter = createLimiter(true)
        let nowMs = MIDNIGHT + offsetMs
        for (let turn = 0; turn < 40; turn++) {
          const { retryAfterSeconds } = limiter.take([BUCKET], nowMs)
          if (retryAfterSeconds === null) continue
          nowMs += retryAfterSeconds * 1000
          expect(limiter.take([BUCKET], nowMs).retryAfterSeconds).toBeNull()
        }
      }),
    )
  })

  it('take from no bucket when one of several is empty', () => {
    const limiter = createLimiter(true)
    const small = { name: 'small', limit: { burst: 1, steady: 15 } }
    limiter.take([BUCKET, small], MIDNIGHT)
    limiter.take([BUCKET, small], MIDNIGHT)
    expect(limiter.take([BUCKET], MIDNIGHT).headers['ratelimit-remaining']).toBe('1')
  })

  it('start afresh when the clock goes back', () => {
    const limiter = createLimiter(true)
    for (let turn = 0; turn < 3; turn++) limiter.take([BUCKET], MIDNIGHT + 5_000)
    expect(limiter.take([BUCKET], MIDNIGHT).retryAfterSeconds).toBeNull()
  })
})

describe('over HTTP', () => {
  const frozen = { enforceLimits: true, now: () => MIDNIGHT + 500 }

  it('an answer carries the structured headers', async () => {
    const { get } = await startSandbox(frozen)
    const { headers } = await get('/api/segments')
    expect(headers.get('ratelimit-limit')).toBe('75, 75;w=1, 750;w=60')
    expect(headers.get('ratelimit-remaining')).toBe('74')
    expect(headers.get('ratelimit-reset')).toBe('0')
  })

  it('one request too many is a 429 with Retry-After and without those headers', async () => {
    const { get } = await startSandbox(frozen)
    await get('/api/accounts')
    const reply = await get('/api/accounts')
    expect(reply.status).toBe(429)
    expect(reply.at('errors.0.code')).toBe('throttled')
    expect(reply.headers.get('retry-after')).toBe('1')
    expect(reply.headers.get('ratelimit-limit')).toBeNull()
  })

  it('profile_count has its own, smaller budget and shows it', async () => {
    const { get, post, sandbox } = await startSandbox({ ...frozen, enforceLimits: false })
    const body = { data: { type: 'segment', attributes: { name: 'a', definition: EVERYBODY } } }
    const id = (await post('/api/segments', body)).at('data.id')
    const counted = await get(`/api/segments/${id}?additional-fields[segment]=profile_count`)
    expect(counted.headers.get('ratelimit-limit')).toBe('1, 1;w=1, 15;w=60')
    expect(sandbox.requestCounts().byOperation).toMatchObject({ get_segment: 1, create_segment: 1 })
  })

  it('the hundred-and-first segment of a day waits until tomorrow', async () => {
    let nowMs = MIDNIGHT
    const { post } = await startSandbox({ enforceLimits: true, now: () => nowMs })
    const body = { data: { type: 'segment', attributes: { name: 'a', definition: EVERYBODY } } }
    for (let count = 0; count < 100; count++) {
      expect((await post('/api/segments', body)).status).toBe(201)
      nowMs += 10_000
    }
    const reply = await post('/api/segments', body)
    expect(reply.status).toBe(429)
    expect(Number(reply.headers.get('retry-after'))).toBe(86_400 - 1_000)
  })
})

const EVERYBODY = {
  condition_groups: [
    {
      conditions: [{ type: 'profile-property', property: 'email', filter: { type: 'existence', operator: 'is-set' } }],
    },
  ],
}
