import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAmount } from '../../src/page/browser/read-amount.ts'
import { keepRemarks, placeTyped } from '../../src/page/browser/typed-thresholds.ts'
import { LANGUAGES, wordsOf } from '../../src/page/words/language.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { logIn } from '../support/page-door.ts'

const SCALE = { fromMinor: 500, toMinor: 200_000 }
const AT = { lowMinor: 6_000, highMinor: 12_000 }
const place = (typed: { low?: string; high?: string }) => placeTyped(typed, AT, SCALE, 2)

describe('an amount that somebody types', () => {
  test.each([
    ['60', 6_000],
    ['49,9', 4_990],
    ['49.90', 4_990],
    ['1234,50', 123_450],
    ['1.234,50', 123_450],
    ['1,234.50', 123_450],
    ['1 234,50', 123_450],
    ['1\u202f234,50', 123_450],
    ['1’234.50', 123_450],
    ['1.234.567', 123_456_700],
    ['€ 60', 6_000],
    ['60 €', 6_000],
    ['0.125', 13],
  ])('as “%s” is read', (text, minor) => {
    expect(readAmount(text, 2)).toMatchObject({ kind: 'amount', minor })
  })

  test.each([
    ['1,234', 'ambiguous'],
    ['1.234', 'ambiguous'],
    ['-5', 'notPositive'],
    ['−5', 'notPositive'],
    ['0', 'notPositive'],
    ['', 'noAmount'],
    ['abc', 'noAmount'],
    ['6o', 'noAmount'],
    ['1,234,5', 'noAmount'],
    ['12,34.5', 'noAmount'],
    ['1.234.56', 'noAmount'],
    ['1e3', 'noAmount'],
    ['1234567890123', 'noAmount'],
  ])('as “%s” is refused', (text, kind) => {
    expect(readAmount(text, 2)).toEqual({ kind })
  })

  test('is read digit by digit in every currency', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), fc.constantFrom(0, 2, 3), (minor, decimals) => {
        const digits = String(minor).padStart(decimals + 1, '0')
        const whole = digits.slice(0, digits.length - decimals)
        const text = decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`
        fc.pre(!/^[1-9]\d{0,2}\.\d{3}$/.test(text))
        expect(readAmount(text, decimals)).toEqual({ kind: 'amount', minor, isPlain: true, isExact: true })
      }),
    )
  })
})

describe('lines where somebody types', () => {
  test('stand there, and nothing is said of it', () => {
    expect(place({ low: '70,5' })).toEqual({
      thresholds: { lowMinor: 7_050, highMinor: 12_000 },
      remarks: { low: null, high: null },
    })
  })

  test.each([
    ['1,234', 'ambiguous'],
    ['-5', 'notPositive'],
    ['much', 'noAmount'],
  ])('stay where they are when “%s” is typed, and say why', (typed, kind) => {
    const { thresholds, remarks } = place({ low: typed, high: '130' })
    expect(thresholds).toEqual({ lowMinor: 6_000, highMinor: 13_000 })
    expect(remarks).toEqual({ low: { kind, typed, minor: 6_000 }, high: null })
  })

  test.each([
    ['more than three digits', '123,45', { kind: 'rounded', minor: 12_300 }],
    ['more decimals than there are', '80.0049', { kind: 'rounded', minor: 8_000 }],
    ['signs between thousands', '1.230,00', { kind: 'read', minor: 123_000 }],
    ['what lies beyond the axis', '9000', { kind: 'beyond', minor: 200_000 }],
  ])('say what was made of %s', (_what, typed, remark) => {
    expect(place({ high: typed }).remarks.high).toEqual({ typed, ...remark })
  })

  test('are swapped when they were typed the other way round', () => {
    expect(place({ low: '80', high: '45' })).toEqual({
      thresholds: { lowMinor: 4_500, highMinor: 8_000 },
      remarks: {
        low: { kind: 'swapped', typed: '80', minor: 4_500 },
        high: { kind: 'swapped', typed: '45', minor: 8_000 },
      },
    })
  })

  test('give way to the one that is typed, and say so', () => {
    const { thresholds, remarks } = place({ low: '150' })
    expect(thresholds).toEqual({ lowMinor: 15_000, highMinor: 15_500 })
    expect(remarks).toEqual({ low: null, high: { kind: 'gaveWay', typed: '', minor: 15_500 } })
  })

  test('say in every language what was made of it', () => {
    for (const language of LANGUAGES) {
      const sentences = Object.values(wordsOf(language).thresholds.remarks).map((say) => say('typed', 'price'))
      expect(sentences.filter((sentence) => !/price.*\.$|\.$/.test(sentence) || !sentence.includes('price'))).toEqual(
        [],
      )
    }
  })
})

describe('without a script the page of thresholds', () => {
  const read = async (query: string) => {
    const door = await logIn({ application: createMemoryApplication({ bands: async () => [3_000, 10_000] }) })
    const { body } = await door.read(`/thresholds?account=italy&${query}`)
    const said = (name: string) => new RegExp(`id="${name}-said"[^>]*>([^<]*)<`).exec(body)?.[1]
    const value = (name: string) => new RegExp(`<input id="${name}"[^>]* value="([^"]*)"`).exec(body)?.[1]
    return { low: [value('low'), said('low')], high: [value('high'), said('high')] }
  }

  test('says beside the field what was made of what somebody typed', async () => {
    expect(await read('low=45,678&high=%22120')).toEqual({
      low: [
        '30',
        '“45,678” can be read in two ways: write thousands without a sign between them. The line stays at €30.',
      ],
      high: ['100', '“&quot;120” is no amount such as 60 or 49.90. The line stays at €100.'],
    })
    expect((await read('low=123.45&high=200')).low).toEqual([
      '123',
      '“123.45” became €123: lines stand at prices of three digits, where customers can be counted exactly.',
    ])
  })

  test('keeps the line where it stood, not at the bands', async () => {
    const { low, high } = await read('low=-5&high=90&low-before=45&high-before=80')
    expect([low[0], high[0]]).toEqual(['45', '90'])
  })
})

describe('what is said of a refused price', () => {
  const refused = place({ low: '-5' })

  test('stays while the other field is edited', () => {
    const placed = placeTyped({ high: '150' }, refused.thresholds, SCALE, 2)
    const said = keepRemarks(placed, refused.remarks, (name) => name === 'high')
    expect(said).toEqual({ low: { kind: 'notPositive', typed: '-5', minor: 6_000 }, high: null })
  })

  test('goes when its own field is edited', () => {
    const placed = placeTyped({ low: '50' }, refused.thresholds, SCALE, 2)
    expect(keepRemarks(placed, refused.remarks, (name) => name === 'low').low).toBeNull()
  })

  test('gives way to what is said of a line that had to move', () => {
    const placed = placeTyped({ high: '50' }, refused.thresholds, SCALE, 2)
    const said = keepRemarks(placed, refused.remarks, (name) => name === 'high')
    expect(said.low?.kind).toBe('gaveWay')
  })
})
