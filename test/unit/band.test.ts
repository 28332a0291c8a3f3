import { describe, expect, test } from 'vitest'
import { type AovBand, type BandRule, type HeldBand, isCorrected, nextBand } from '../../src/core/thresholds/band.ts'
import { type BandHistory, countWavering } from '../../src/core/thresholds/band-wavering.ts'

const NOW = new Date('2026-06-15T12:00:00Z')
const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS)
const PLAIN: BandRule = { borders: [60, 120], margin: null, minStayDays: null }
const MARGIN: BandRule = { ...PLAIN, margin: 0.05 }
const STAY: BandRule = { ...PLAIN, minStayDays: 14 }
const BOTH: BandRule = { ...MARGIN, minStayDays: 14 }

function held(band: AovBand, days = 1): HeldBand {
  return { band, since: daysAgo(days), dueAt: null }
}

describe('the band of a customer', () => {
  test.each<[AovBand, number]>([
    ['low', 59.99],
    ['mid', 60],
    ['mid', 120],
    ['high', 120.01],
  ])('is %s at %f, for somebody new under any rule', (band, aov) => {
    for (const rule of [PLAIN, MARGIN, STAY, BOTH]) expect(nextBand(null, aov, rule, NOW).band).toBe(band)
  })

  test.each<[AovBand, number, AovBand]>([
    ['low', 62.99, 'low'],
    ['low', 63, 'mid'],
    ['low', 126, 'mid'],
    ['low', 126.01, 'high'],
    ['mid', 57, 'mid'],
    ['mid', 56.99, 'low'],
    ['mid', 126, 'mid'],
    ['mid', 126.01, 'high'],
    ['high', 114.01, 'high'],
    ['high', 114, 'mid'],
    ['high', 57, 'mid'],
    ['high', 56.99, 'low'],
  ])('with a margin of 5% goes from %s at %f to %s', (from, aov, to) => {
    expect(nextBand(held(from), aov, MARGIN, NOW).band).toBe(to)
  })

  test('with a minimum stay changes only when that has ended, however far away', () => {
    expect(nextBand(held('low', 13), 500, STAY, NOW)).toEqual({
      band: 'low',
      since: daysAgo(13),
      dueAt: new Date(NOW.getTime() + DAY_MS),
    })
    expect(nextBand(held('low', 14), 500, STAY, NOW)).toEqual({ band: 'high', since: NOW, dueAt: null })
  })

  test('with both changes beyond the margin at once, and nearer after the stay', () => {
    expect(nextBand(held('low', 1), 70, BOTH, NOW).band).toBe('mid')
    expect(nextBand(held('low', 1), 61, BOTH, NOW)).toMatchObject({ band: 'low', dueAt: daysAgo(-13) })
    expect(nextBand(held('low', 14), 61, BOTH, NOW).band).toBe('mid')
  })

  test('has been the same since it last changed', () => {
    expect(nextBand(held('mid', 40), 80, PLAIN, NOW).since).toEqual(daysAgo(40))
    expect(nextBand(held('mid', 40), 130, PLAIN, NOW).since).toEqual(NOW)
  })
})

describe('a border', () => {
  const P75 = { name: 'p75', window: 'lifetime' } as const
  const to = (borders: readonly [number, number]): BandRule => ({ ...PLAIN, borders })

  test.each<[string, Parameters<typeof isCorrected>[0], BandRule, boolean]>([
    ['is corrected when it is a number, and another one', [60, 110], to([60, 110]), true],
    ['is not when it is the same', [60, 120], { ...STAY, margin: 0.1 }, false],
    ['is not when it follows the shop and moves', [60, P75], to([60, 110]), false],
    ['is when its number is another one, wherever the other border follows', [50, P75], to([50, 120]), true],
    ['is not while borders cross and those in force stay', [500, P75], PLAIN, false],
  ])('%s', (_, at, next, expected) => {
    expect(isCorrected(at, PLAIN, next)).toBe(expected)
  })

  test('of the first bands is no correction', () => {
    expect(isCorrected([60, 120], null, PLAIN)).toBe(false)
  })
})

describe('customers who went back and forth', () => {
  /** Orders of so many pounds, so many days ago. */
  function history(
    before: readonly number[],
    since: readonly (readonly [days: number, pounds: number])[],
  ): BandHistory {
    return {
      orders: before.length,
      revenueMinor: before.reduce((sum, pounds) => sum + pounds * 100, 0),
      since: since.map(([days, pounds]) => ({ at: daysAgo(days), orders: 1, valueMinor: pounds * 100 })),
    }
  }
  const count = (rule: BandRule, ...histories: BandHistory[]) => countWavering(histories, rule, 'GBP', NOW)

  test('are those who come back into a band they have left', () => {
    const back = history(
      [59],
      [
        [50, 65],
        [40, 50],
      ],
    )
    const away = history(
      [59],
      [
        [50, 65],
        [40, 500],
      ],
    )
    const still = history(
      [59],
      [
        [50, 20],
        [40, 30],
      ],
    )
    expect(count(PLAIN, back, away, still)).toEqual({ plain: 1, held: null })
  })

  test('are fewer by a margin', () => {
    const near = history(
      [59],
      [
        [50, 63],
        [40, 50],
      ],
    )
    const far = history(
      [59],
      [
        [50, 160],
        [40, 1],
        [30, 1],
      ],
    )
    expect(count(MARGIN, near, far)).toEqual({ plain: 2, held: 1 })
  })

  test('are fewer by a minimum stay, which ends between orders too', () => {
    const soon = history(
      [],
      [
        [50, 59],
        [49, 65],
        [48, 50],
      ],
    )
    const later = history(
      [],
      [
        [50, 59],
        [49, 65],
        [20, 50],
      ],
    )
    expect(count(STAY, soon)).toEqual({ plain: 1, held: 0 })
    expect(count(STAY, later)).toEqual({ plain: 1, held: 1 })
  })

  test('may have gone for a refund that names no order', () => {
    const refunded: BandHistory = {
      ...history(
        [59],
        [
          [50, 65],
          [40, 62],
        ],
      ),
      revenueMinor: 5_900,
    }
    const since = [...refunded.since, { at: daysAgo(30), orders: 0, valueMinor: -3_000 }]
    expect(count(PLAIN, refunded)).toEqual({ plain: 0, held: null })
    expect(count(PLAIN, { ...refunded, since })).toEqual({ plain: 1, held: null })
  })
})
