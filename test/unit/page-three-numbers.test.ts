import { expect, test } from 'vitest'
import type { Numbers, Overview, PeriodNumbers } from '../../src/core/numbers/overview.ts'
import { createFormats } from '../../src/page/formats.ts'
import { renderThreeNumbers } from '../../src/page/numbers/three-numbers.ts'
import { LANGUAGES, wordsOf } from '../../src/page/words/language.ts'

const numbers = (customers: number): Numbers => ({
  customers,
  orders: customers,
  revenueMinor: customers * 5_000,
  aovMinor: 5_000,
  medianMinor: 5_000,
})

/** A finished month in which so many customers bought once each. */
function month(period: string, customers: number, change: Partial<PeriodNumbers> = {}): PeriodNumbers {
  return {
    period,
    identified: numbers(customers),
    new: numbers(customers),
    recurring: numbers(0),
    anonymous: numbers(0),
    ...{ gap: null, aovInterval: null, topShare: null },
    ...{ isFirst: false, isOver: true, isRead: true, isComputed: true },
    ...change,
  }
}

/** What is said below each of the four numbers of the last month. */
function changesOf(language: (typeof LANGUAGES)[number], ...periods: readonly PeriodNumbers[]): string[] {
  const overview: Overview = { by: 'month', definition: 'period', computedAt: new Date(), isStale: false, periods }
  const chosen = periods.at(-1)
  if (chosen === undefined) throw new Error('there is a month')
  const voice = { language, words: wordsOf(language), formats: createFormats(language, 'EUR', 'Europe/Rome') }
  const { html: markup } = renderThreeNumbers(voice, overview, chosen)
  return [...markup.matchAll(/<p class="change">(.*?)<\/p>/g)].map(([, text = '']) => text)
}

test.each(LANGUAGES)(
  'in %s no number is held against the first period of the data, which may be cut off',
  (language) => {
    const changes = changesOf(language, month('2026-09-01', 3, { isFirst: true }), month('2026-10-01', 120))
    expect(changes).toHaveLength(8)
    expect(changes.filter((text) => /%/.test(text))).toEqual([])
    expect(changes[0]).not.toBe(changes[1])
  },
)

test('the first period of the data is said to be cut off, and what lies before it not to be there', () => {
  const changes = changesOf('en', month('2026-09-01', 3, { isFirst: true }), month('2026-10-01', 120))
  expect(changes.slice(0, 2)).toEqual([
    'not compared with September 2026, which is not fully in the data',
    'October 2025: no data',
  ])
})

test('no number is held against one that is still to be computed', () => {
  const old = month('2026-09-01', 100, { isComputed: false })
  const changes = changesOf('en', month('2026-08-01', 3, { isFirst: true }), old, month('2026-10-01', 120))
  expect(changes[0]).toBe('not compared with September 2026, whose numbers are being updated')
})

test('a number that is still to be computed is held against nothing', () => {
  expect(changesOf('en', month('2026-09-01', 100), month('2026-10-01', 120, { isComputed: false }))).toEqual([])
})

test('a number is held against the period before where that is wholly in the data', () => {
  const first = month('2026-08-01', 3, { isFirst: true })
  const [change] = changesOf('en', first, month('2026-09-01', 100), month('2026-10-01', 120))
  expect(change).toBe('+20% from 100, September 2026')
})
