import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffMs, parseRetryAfterMs } from '../../src/lib/retry-timing.ts'

const NOW_MS = Date.UTC(2026, 10, 21, 10, 0, 0)

describe('backoffMs', () => {
  it('doubles its ceiling with every attempt until the cap', () => {
    const ceilings = [1, 2, 3, 4, 5].map((attempt) => backoffMs(attempt, { baseMs: 100, capMs: 1_000 }, () => 1))
    expect(ceilings).toEqual([100, 200, 400, 800, 1_000])
  })

  it('stays between zero and the cap for any attempt and any dice', () => {
    const dice = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), dice, (attempt, rolled) => {
        const delayMs = backoffMs(attempt, { baseMs: 250, capMs: 30_000 }, () => rolled)
        expect(delayMs).toBeGreaterThanOrEqual(0)
        expect(delayMs).toBeLessThanOrEqual(30_000)
      }),
    )
  })
})

describe('parseRetryAfterMs', () => {
  it.each([
    ['1', 1_000],
    ['0.5', 500],
    [' 86400 ', 86_400_000],
    ['Sat, 21 Nov 2026 10:00:30 GMT', 30_000],
  ])('reads %j', (text, delayMs) => {
    expect(parseRetryAfterMs(text, NOW_MS)).toBe(delayMs)
  })

  it.each(['', '-1', 'soon', '1e3', '12 s', '2026-11-21T10:00:30Z', 'Sat, 21 Nov 2026'])('does not read %j', (text) => {
    expect(parseRetryAfterMs(text, NOW_MS)).toBeNull()
  })

  it.each(['0', 'Sat, 21 Nov 2026 09:59:59 GMT', '999999999'])('takes no delay from %j', (text) => {
    expect(parseRetryAfterMs(text, NOW_MS)).toBeNull()
  })
})
