import { describe, expect, it } from 'vitest'
import { type DistributionCell, toCell } from '../../src/core/numbers/distribution.ts'
import { toMatrix } from '../../src/core/numbers/matrix.ts'
import type { Statement } from '../../src/core/numbers/statement.ts'
import { matrixCellOf } from '../../src/core/segments/matrix-segment.ts'
import type { SegmentCondition } from '../../src/core/segments/segment.ts'
import { splitBands, toBorder } from '../../src/page/browser/split-bands.ts'
import { toCsv } from '../../src/page/csv.ts'
import { createFormats } from '../../src/page/formats.ts'
import { sayStatement } from '../../src/page/numbers/statements.ts'
import { LANGUAGES, wordsOf } from '../../src/page/words/language.ts'

/** Cells of customers with one order each, worth these amounts. */
function cellsOf(amounts: readonly number[]): DistributionCell[] {
  const cells = Map.groupBy(amounts, (minor) => JSON.stringify(toCell(minor)))
  return [...cells]
    .map(([key, same]) => ({
      ...(JSON.parse(key) as ReturnType<typeof toCell>),
      customers: same.length,
      orders: same.length,
      revenueMinor: same.reduce((sum, minor) => sum + minor, 0),
    }))
    .sort((a, b) => a.fromMinor - b.fromMinor || Number(b.isPoint) - Number(a.isPoint))
}

const AMOUNTS = [
  -250, 0, 1, 7, 99, 100, 1234, 5999, 6000, 6001, 8471, 11_999, 12_000, 12_001, 12_345, 99_999, 1_234_567,
]

describe('bands', () => {
  it.each([
    [6000, 12_000],
    [100, 100],
    [1, 1_240_000],
  ])('of %i and %i hold exactly who is below, between and above', (low, high) => {
    const count = (test: (minor: number) => boolean) => AMOUNTS.filter(test).length
    const bands = splitBands(cellsOf(AMOUNTS), low, high)
    expect([bands.low.customers, bands.mid.customers, bands.high.customers]).toEqual([
      count((minor) => minor < low),
      count((minor) => minor >= low && minor <= high),
      count((minor) => minor > high),
    ])
  })

  it.each([
    [12_345, 12_300],
    [6000, 6000],
    [1_234_567, 1_230_000],
    [99_960, 100_000],
  ])('part %i at %i, where no cell lies across', (minor, border) => {
    expect(toBorder(minor)).toBe(border)
    expect(toCell(border).isPoint).toBe(true)
  })
})

describe('a segment', () => {
  const matrix = toMatrix(8_471, [])
  const eq = (value: string): SegmentCondition => ({ property: 'customer_type', operator: 'eq', value })
  const aov = (operator: 'gt' | 'gte' | 'lt' | 'lte', value: number): SegmentCondition => ({
    property: 'aov',
    operator,
    value,
  })
  const cellOf = (...conditions: SegmentCondition[]) => {
    const cell = matrixCellOf(
      conditions.map((one) => ({ any: [one] })),
      matrix,
      'EUR',
    )
    return cell === null ? null : `${cell.customerType} ${cell.side}`
  }

  it.each([
    ['new above', cellOf(eq('new'), aov('gte', 85))],
    ['recurring below', cellOf(aov('lt', 85), eq('recurring'))],
    ['new below', cellOf(aov('lt', 85), { property: 'order_count', operator: 'eq', value: 1 })],
    ['recurring above', cellOf({ property: 'order_count', operator: 'gte', value: 2 }, aov('gte', 85))],
  ])('of one type on one side of the shop’s average stands for %s', (wanted, cell) => {
    expect(cell).toBe(wanted)
  })

  it.each([
    ['another threshold', cellOf(eq('new'), aov('gte', 200))],
    ['no type', cellOf(aov('gte', 85))],
    ['another count of orders', cellOf(aov('gte', 85), { property: 'order_count', operator: 'gte', value: 3 })],
    ['a further condition', cellOf(eq('new'), aov('gte', 85), { property: 'order_count', operator: 'gt', value: 0 })],
  ])('with %s stands for no cell', (_what, cell) => {
    expect(cell).toBeNull()
  })
})

describe('a CSV', () => {
  it('quotes what needs it and leaves nothing for a spreadsheet to calculate', () => {
    expect(
      toCsv(
        ['name', 'n'],
        [
          ['a "b", c', 1],
          ['=HYPERLINK("x")', null],
          ['-12.50', 2],
        ],
      ),
    ).toBe('name,n\r\n"a ""b"", c",1\r\n"\'=HYPERLINK(""x"")",\r\n-12.50,2\r\n')
  })
})

describe.each(LANGUAGES)('in %s', (language) => {
  const words = wordsOf(language)
  const voice = { language, words, formats: createFormats(language, 'EUR', 'Europe/Rome') }
  const [cell] = toMatrix(8_471, [
    { customerType: 'new', side: 'below', customers: 12, orders: 12, revenueMinor: 600, aovMinor: 50 },
  ]).cells
  const period = '2026-10-01'
  const gap = {
    period,
    newOrders: 20,
    recurringOrders: 30,
    newAovMinor: 5_000,
    recurringAovMinor: 7_000,
    gapMinor: 2_000,
    interval: { lowMinor: 900, highMinor: 3_100 },
  }
  const change = {
    rule: 'change',
    against: 'before',
    period,
    other: '2026-09-01',
    aovInterval: null,
    aovMinor: { from: 4_000, to: 5_000 },
    customers: { from: 10, to: 20 },
    orders: { from: 10, to: 20 },
    frequency: { from: 1, to: 1 },
    revenueMinor: { from: null, to: 5 },
  } as const
  const largest = {
    rule: 'largest-orders',
    period,
    orders: 200,
    topOrders: 2,
    aovMinor: 5_000,
    aovWithoutMinor: 4_000,
    share: 0.2,
  } as const
  const gaps = { rule: 'gaps', periods: [], more: 7, less: 1, noise: 2, tooFew: 1 } as const
  if (cell === undefined) throw new Error('a matrix has cells')
  const statements: Statement[] = [
    { rule: 'no-orders' },
    { rule: 'nothing-over', period },
    { rule: 'running', period },
    { rule: 'unread', period, periods: 1 },
    { rule: 'unread', period, periods: 3 },
    { rule: 'all-new', period },
    { rule: 'history-begins', period },
    ...(['more', 'less', 'noise', 'too-few'] as const).map((verdict): Statement => ({ rule: 'gap', ...gap, verdict })),
    ...(['more', 'less', 'noise', 'too-few', 'mixed'] as const).map((verdict): Statement => ({ ...gaps, verdict })),
    { rule: 'advice', because: 'low-first-orders', cell },
    { rule: 'advice', because: 'high-first-orders', cell },
    { rule: 'normal-for-technical-goods', cell },
    ...(['up', 'down', 'noise', 'too-few'] as const).map((aovVerdict): Statement => ({ ...change, aovVerdict })),
    { rule: 'nothing-to-compare', against: 'before', period, reason: 'first-period' },
    { rule: 'nothing-to-compare', against: 'year-before', period, reason: 'before-the-data' },
    { ...largest, verdict: 'large' },
    { ...largest, verdict: 'common' },
    { ...largest, topOrders: 1, verdict: 'common' },
    { rule: 'too-few-for-largest', period, orders: 12 },
    { rule: 'few-above', thresholdMinor: 8_471, customers: 100, above: 20, share: 0.2 },
    { rule: 'anonymous', period, orders: 4, share: 0.1 },
  ]

  it('every statement is a sentence with its figures', () => {
    const sentences = statements.map((statement) => sayStatement(voice, statement, 'month'))
    expect(new Set(sentences).size).toBe(statements.length)
    expect(
      sentences.filter((sentence) => !/^[A-ZÀ-Ý].*\.$/s.test(sentence) || /\b(undefined|NaN|null)\b/.test(sentence)),
    ).toEqual([])
    expect(sentences[7]).toContain(voice.formats.money(2_000))
    expect(sentences.at(-2)).toContain(voice.formats.share(0.2))
  })
})
