import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AbortedError, RateLimitedError } from '../../src/core/errors.ts'
import { createRateLimiter } from '../../src/lib/rate-limiter.ts'
import { toWindows, type VendorRate } from '../../src/lib/rate-windows.ts'

const MINUTE_MS = 60_000

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 21) })
})
afterEach(() => {
  vi.useRealTimers()
})

/** One caller: waits, then takes a number of times, coming back when it is told to. */
interface Caller {
  readonly startsAfterMs: number
  readonly takes: number
  readonly pauseMs: number
}

/** Instants at which calls were let through, in order, under a clock that is advanced by hand. */
async function letThrough(rate: VendorRate, callers: readonly Caller[], stopAfterMs: number): Promise<number[]> {
  const limiter = createRateLimiter({ kind: 'memory' })
  const windows = toWindows(rate)
  const stop = new AbortController()
  const granted: number[] = []
  const sleep = (delayMs: number) => new Promise((resolve) => setTimeout(resolve, delayMs))
  const endsAtMs = Date.now() + stopAfterMs
  const running = callers.map(async ({ startsAfterMs, takes, pauseMs }) => {
    await sleep(startsAfterMs)
    for (let taken = 0; taken < takes && Date.now() < endsAtMs; ) {
      try {
        await limiter.take('operation', windows, stop.signal)
        granted.push(Date.now())
        taken += 1
        if (pauseMs > 0) await sleep(pauseMs)
      } catch (error) {
        if (!(error instanceof RateLimitedError)) throw error
        await sleep(error.delayMs)
      }
    }
  })
  let done = false
  const all = Promise.all(running).finally(() => {
    done = true
  })
  while (!done) await vi.advanceTimersToNextTimerAsync()
  await all
  return granted
}

/** The most calls that any window of this length holds, wherever it begins. */
function mostIn(lengthMs: number, instants: readonly number[]): number {
  let most = 0
  let from = 0
  for (const [to, instant] of instants.entries()) {
    while ((instants[from] ?? instant) <= instant - lengthMs) from += 1
    most = Math.max(most, to - from + 1)
  }
  return most
}

const rates = fc.constantFrom<VendorRate>(
  { perSecond: 1, perMinute: 15 },
  { perSecond: 3, perMinute: 60 },
  { perSecond: 10, perMinute: 150 },
  { perSecond: 75, perMinute: 750 },
)
const callers = fc.array(
  fc.record({
    startsAfterMs: fc.integer({ min: 0, max: 2 * MINUTE_MS }),
    takes: fc.integer({ min: 1, max: 120 }),
    pauseMs: fc.constantFrom(0, 0, 1, 40, 700, 4_000),
  }),
  { minLength: 1, maxLength: 6 },
)

describe('a rate limiter over the windows of a vendor', () => {
  it('never lets more through than allowed in any second or minute, wherever it begins', async () => {
    await fc.assert(
      fc.asyncProperty(rates, callers, async (rate, demand) => {
        const instants = await letThrough(rate, demand, 5 * MINUTE_MS)
        expect(mostIn(1_000, instants)).toBeLessThanOrEqual(rate.perSecond)
        expect(mostIn(MINUTE_MS, instants)).toBeLessThanOrEqual(rate.perMinute)
      }),
      { numRuns: 40 },
    )
  })

  it('holds even when every window of ours is used up at its end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 2, max: 4_000 }), (perSecond, perMinute) => {
        const [second, minute] = toWindows({ perSecond, perMinute })
        if (second === undefined || minute === undefined) throw new Error('expected two windows')
        // The fullest minute begins with a window's last instant; every later window is used up as it opens.
        const metBesides = Math.ceil(MINUTE_MS / minute.windowMs)
        expect((1 + metBesides) * minute.points).toBeLessThanOrEqual(perMinute)
        expect(Math.ceil(1_000 / second.windowMs)).toBeLessThanOrEqual(perSecond)
      }),
    )
  })

  it.each([
    { perSecond: 10, perMinute: 150 },
    { perSecond: 75, perMinute: 750 },
  ])('reaches nine tenths of $perMinute a minute under steady demand', async (rate) => {
    const eager = { startsAfterMs: 0, takes: 100_000, pauseMs: 0 }
    const instants = await letThrough(rate, [eager, eager, eager], 5 * MINUTE_MS)
    expect(instants.length / 5).toBeGreaterThanOrEqual(0.9 * rate.perMinute)
  })

  it('lets a handful of segments through one second apart', async () => {
    const instants = await letThrough(
      { perSecond: 1, perMinute: 15, perDay: 100 },
      [{ startsAfterMs: 0, takes: 5, pauseMs: 0 }],
      MINUTE_MS,
    )
    expect((instants.at(-1) ?? 0) - (instants[0] ?? 0)).toBe(4 * 1_050)
  })

  it('lets no more than the daily allowance through in a day', async () => {
    const caller = { startsAfterMs: 0, takes: 150, pauseMs: 0 }
    const instants = await letThrough({ perSecond: 1, perMinute: 15, perDay: 100 }, [caller], 48 * 60 * MINUTE_MS)
    expect(instants).toHaveLength(150)
    expect((instants[100] ?? 0) - (instants[0] ?? 0)).toBeGreaterThanOrEqual(24 * 60 * MINUTE_MS)
  })
})

describe('take', () => {
  it('sends a caller away, with the time to come back, instead of making it wait long', async () => {
    const limiter = createRateLimiter({ kind: 'memory' })
    const windows = [{ points: 1, windowMs: MINUTE_MS }]
    const { signal } = new AbortController()
    await limiter.take('operation', windows, signal)
    await vi.advanceTimersByTimeAsync(20_000)
    const refusal = await limiter.take('operation', windows, signal).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'E_RATE_LIMITED', delayMs: 40_000 })
  })

  it('waits as long as the caller says', async () => {
    const limiter = createRateLimiter({ kind: 'memory' })
    const windows = [{ points: 1, windowMs: 9_000 }]
    const { signal } = new AbortController()
    await limiter.take('operation', windows, signal)
    const [outcome] = await Promise.all([
      limiter.take('operation', windows, signal, 10_000),
      vi.advanceTimersByTimeAsync(9_000),
    ])
    expect(outcome).toBeUndefined()
  })

  it('keeps the calls of different keys apart', async () => {
    const limiter = createRateLimiter({ kind: 'memory' })
    const windows = [{ points: 1, windowMs: MINUTE_MS }]
    const { signal } = new AbortController()
    await limiter.take('one', windows, signal)
    await expect(limiter.take('other', windows, signal)).resolves.toBeUndefined()
  })

  it('stops waiting when it is told to', async () => {
    const limiter = createRateLimiter({ kind: 'memory' })
    const windows = [{ points: 1, windowMs: 2_000 }]
    const stop = new AbortController()
    await limiter.take('operation', windows, stop.signal)
    const waiting = limiter.take('operation', windows, stop.signal)
    setTimeout(() => stop.abort(), 500)
    const [outcome] = await Promise.all([waiting.catch((error: unknown) => error), vi.advanceTimersByTimeAsync(500)])
    expect(outcome).toBeInstanceOf(AbortedError)
  })

  it('stops when the store does not answer and it is told to', async () => {
    const pool = { query: () => new Promise<never>(() => undefined) }
    const stop = new AbortController()
    const waiting = createRateLimiter({ kind: 'postgres', pool, schema: 'scontrino' }).take('key', [], stop.signal)
    stop.abort()
    await expect(waiting).rejects.toBeInstanceOf(AbortedError)
  })
})
