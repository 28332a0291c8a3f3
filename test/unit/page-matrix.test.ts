import { expect, test } from 'vitest'
import { toMatrix } from '../../src/core/numbers/matrix.ts'
import type { SegmentOverview } from '../../src/core/segments/segment-overview.ts'
import { createFormats } from '../../src/page/formats.ts'
import { renderMatrix } from '../../src/page/numbers/matrix.ts'
import { LANGUAGES, type Language, wordsOf } from '../../src/page/words/language.ts'

/** Recurring customers from an AOV on. */
const recurringFrom = (value: number): SegmentOverview => ({
  ...{ key: 'vip', name: 'VIP', remoteId: 'S1', standing: 'unchanged', lastChange: null, flows: null },
  ...{ expected: null, expectedMembers: null, counted: { members: 5, expectedMembers: 5, at: new Date() } },
  finding: null,
  all: [
    { any: [{ property: 'customer_type', operator: 'eq', value: 'recurring' }] },
    { any: [{ property: 'aov', operator: 'gte', value }] },
  ],
})

/** The matrix of a shop whose AOV is €81.26, with one segment. */
function matrixWith(segment: SegmentOverview, language: Language = 'en'): string {
  const voice = { language, words: wordsOf(language), formats: createFormats(language, 'EUR', 'Europe/Rome') }
  return renderMatrix(voice, toMatrix(8_126, []), [segment], 'EUR').html
}

test('a card of the matrix says where its segment parts when that is not the AOV of today', () => {
  expect(matrixWith(recurringFrom(80))).toContain('Segment “VIP”: 5 in Klaviyo (the segment parts at €80)')
})

test('a card says nothing of it where both part at the same amount', () => {
  expect(matrixWith(recurringFrom(81.26))).toMatch(/Segment “VIP”: 5 in Klaviyo</)
})

test.each(LANGUAGES)('where a segment parts is said in %s', (language) => {
  const price = createFormats(language, 'EUR', 'Europe/Rome').price(8_000)
  expect(matrixWith(recurringFrom(80), language)).toContain(wordsOf(language).matrix.partsAt(price))
})
