import { describe, expect, test } from 'vitest'
import type { SegmentDistance } from '../../src/core/explanation/segment-distance.ts'
import { describeCondition, describeDistance, describeValue } from '../../src/page/condition.ts'
import { createFormats } from '../../src/page/formats.ts'
import { LANGUAGES, wordsOf } from '../../src/page/words/language.ts'

const AT = new Date('2026-07-02T08:00:00Z')
const LATER = new Date('2026-08-02T08:00:00Z')

const voiceIn = (language: (typeof LANGUAGES)[number]) => ({
  language,
  words: wordsOf(language),
  formats: createFormats(language, 'GBP', 'Europe/London'),
})

const DISTANCES: readonly (readonly [SegmentDistance, string])[] = [
  [{ kind: 'order', fromMinor: 6_200, toMinor: null }, 'one more order of £62.00 or more'],
  [{ kind: 'order', fromMinor: 1, toMinor: 6_200 }, 'one more order of at most £62.00'],
  [{ kind: 'order', fromMinor: 6_200, toMinor: 6_300 }, 'one more order of £62.00 to £63.00'],
  [{ kind: 'order', fromMinor: 6_200, toMinor: 6_200 }, 'one more order of exactly £62.00'],
  [{ kind: 'order', fromMinor: 1, toMinor: null }, 'one more order, of whatever worth'],
  [{ kind: 'orders', count: 1 }, 'one more order'],
  [{ kind: 'orders', count: 3 }, '3 more orders'],
  [{ kind: 'orders', count: 3, each: { fromMinor: 6_200, toMinor: null } }, '3 more orders, each £62.00 or more'],
  [{ kind: 'revenue', fromMinor: 10_000, toMinor: 20_000 }, 'orders of £100.00 to £200.00 in all'],
]
const TIMED: readonly SegmentDistance[] = [
  { kind: 'timed-order', from: AT, until: null },
  { kind: 'timed-order', from: null, until: AT },
  { kind: 'timed-order', from: AT, until: LATER },
  { kind: 'enters', at: AT },
  { kind: 'leaves', at: AT },
]

test.each(DISTANCES)('%o is told in English', (distance, words) => {
  expect(describeDistance(voiceIn('en'), distance)).toBe(words)
})

test('an order that may be placed now and whenever is simply one more', () => {
  const voice = voiceIn('en')
  expect(describeDistance(voice, { kind: 'timed-order', from: null, until: null })).toBe('one more order')
})

describe.each(LANGUAGES)('in %s', (language) => {
  const voice = voiceIn(language)

  test('every distance has words of its own', () => {
    const all = [...DISTANCES.map(([distance]) => distance), ...TIMED]
    expect(new Set(all.map((distance) => describeDistance(voice, distance))).size).toBe(all.length)
  })

  test('a distance in time names its instants', () => {
    for (const distance of TIMED) expect(describeDistance(voice, distance)).toContain(voice.formats.instant(AT))
    const [, , between] = TIMED
    expect(between && describeDistance(voice, between)).toContain(voice.formats.instant(LATER))
  })

  test('an amount that is no price is shown as it is, and a count is no money', () => {
    expect(describeCondition(voice, { property: 'aov', operator: 'lte', value: 99.995 })).toBe('aov ≤ 99.995 GBP')
    expect(describeValue(voice, 'net_revenue', 72.67)).toBe(voice.formats.money(7_267))
    expect(describeValue(voice, 'order_count', 3)).toBe('3')
    expect(describeValue(voice, 'last_order_at', AT.toISOString())).toBe(voice.formats.instant(AT))
  })
})
