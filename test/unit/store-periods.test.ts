import { describe, expect, test } from 'vitest'
import { nextBorder, toCell } from '../../src/core/numbers/distribution.ts'
import { toMatrix } from '../../src/core/numbers/matrix.ts'
import { isWhole, type StoredNumbers, toPeriods } from '../../src/core/numbers/overview.ts'
import { shiftPeriod, startOfPeriod, yearBefore } from '../../src/core/numbers/period.ts'

describe('a period', () => {
  test('starts on Monday, on the first of the month, or of January, April, July, October', () => {
    expect(startOfPeriod('2026-11-22', 'week')).toBe('2026-11-16')
    expect(startOfPeriod('2026-11-22', 'month')).toBe('2026-11-01')
    expect(startOfPeriod('2026-12-31', 'quarter')).toBe('2026-10-01')
    expect(startOfPeriod('2026-11-16', 'week')).toBe('2026-11-16')
  })

  test('is followed by the next over the end of a year', () => {
    expect(shiftPeriod('2025-12-29', 'week', 1)).toBe('2026-01-05')
    expect(shiftPeriod('2025-12-01', 'month', 1)).toBe('2026-01-01')
    expect(shiftPeriod('2025-10-01', 'quarter', 1)).toBe('2026-01-01')
    expect(shiftPeriod('2026-01-01', 'quarter', -1)).toBe('2025-10-01')
  })

  test('a year before is that of the same name, of a week the one 52 weeks before', () => {
    expect(yearBefore('2026-10-01', 'quarter')).toBe('2025-10-01')
    expect(yearBefore('2026-02-01', 'month')).toBe('2025-02-01')
    expect(yearBefore('2026-11-16', 'week')).toBe('2025-11-17')
  })
})

const row = (period: string, kind: StoredNumbers['kind'], orders = 1): StoredNumbers => ({
  period,
  kind,
  customers: kind === 'anonymous' ? 0 : orders,
  orders,
  revenueMinor: 1_000 * orders,
  aovMinor: 1_000,
  medianMinor: 1_000,
  interval: null,
  topShare: null,
})

describe('the periods of an overview', () => {
  const month = { by: 'month', timezone: 'Europe/Rome' } as const

  test('fill the gaps with nothing', () => {
    const periods = toPeriods([row('2026-04-01', 'new'), row('2026-01-01', 'new')], {
      ...month,
      now: new Date('2026-06-01'),
    })
    expect(periods.map(({ period, new: { orders } }) => [period, orders])).toEqual([
      ['2026-01-01', 1],
      ['2026-02-01', 0],
      ['2026-03-01', 0],
      ['2026-04-01', 1],
      ['2026-05-01', 0],
      ['2026-06-01', 0],
    ])
    expect(periods[1]?.identified).toEqual({
      customers: 0,
      orders: 0,
      revenueMinor: 0,
      aovMinor: null,
      medianMinor: null,
    })
  })

  test('end with the present one, and only what is dated later stands behind it', () => {
    const periods = toPeriods(
      ['2026-04-01', '2026-09-01', '9999-12-01'].map((period) => row(period, 'new')),
      { ...month, now: new Date('2026-06-15') },
    )
    expect(periods.map(({ period, isOver }) => [period, isOver])).toEqual([
      ['2026-04-01', true],
      ['2026-05-01', true],
      ['2026-06-01', false],
      ['2026-09-01', false],
      ['9999-12-01', false],
    ])
  })

  test('begin with the first order, not with a refund before it', () => {
    const periods = toPeriods([row('2026-01-01', 'identified', 0), row('2026-02-01', 'identified')], {
      ...month,
      now: new Date('2026-02-15'),
    })
    expect(periods.map(({ period, isFirst }) => [period, isFirst])).toEqual([['2026-02-01', true]])
  })

  test('mark the first', () => {
    const periods = toPeriods([row('2026-01-01', 'new'), row('2026-02-01', 'new')], {
      ...month,
      now: new Date('2026-06-01'),
    })
    expect(periods.map(({ isFirst }) => isFirst)).toEqual([true, false, false, false, false, false])
  })

  test('are over at midnight of the account’s time zone', () => {
    const isOver = (now: string) => toPeriods([row('2026-01-01', 'new')], { ...month, now: new Date(now) })[0]?.isOver
    // Rome is an hour ahead of UTC.
    expect([isOver('2026-01-31T22:59:59Z'), isOver('2026-01-31T23:00:00Z')]).toEqual([false, true])
  })

  test('take the gap from the recurring and the largest orders from the identified', () => {
    const gap = { lowMinor: -1, highMinor: 5 }
    const aovInterval = { lowMinor: 900, highMinor: 1_100 }
    const topShare = { orders: 1, aovWithoutMinor: 900 }
    const rows = [
      { ...row('2026-01-01', 'identified', 3), interval: aovInterval, topShare },
      { ...row('2026-01-01', 'recurring', 2), interval: gap },
      row('2026-01-01', 'new'),
      row('2026-01-01', 'anonymous', 4),
    ]
    expect(toPeriods(rows, { ...month, now: new Date('2026-01-31') })).toMatchObject([
      { gap, aovInterval, topShare, identified: { orders: 3 }, recurring: { orders: 2 }, anonymous: { orders: 4 } },
    ])
  })

  test('of data whose last order lies further back than what is told of lately end with it', () => {
    const last = (now: string) => toPeriods([row('2025-01-01', 'new')], { ...month, now: new Date(now) }).at(-1)?.period
    expect([last('2026-01-31T12:00:00Z'), last('2026-02-01T12:00:00Z')]).toEqual(['2026-01-01', '2025-01-01'])
  })

  test('are read as far as the shop was, to the midnight of its time zone', () => {
    const rows = [row('2026-01-01', 'new'), row('2026-02-01', 'new')]
    const read = (readUntil: string | null) =>
      toPeriods(rows, {
        ...month,
        now: new Date('2026-04-15'),
        readUntil: readUntil === null ? null : new Date(readUntil),
      }).map((one) => [one.isRead, isWhole(one)])
    expect(read('2026-02-28T22:59:59Z')).toEqual([
      [true, true],
      [false, false],
      [false, false],
      [false, false],
    ])
    expect(read('2026-02-28T23:00:00Z')).toEqual([
      [true, true],
      [true, true],
      [false, false],
      [false, false],
    ])
    expect(read('2026-04-10T00:00:00Z').at(-1)).toEqual([true, false])
  })

  test('are believed as far as there are orders where no reading is known', () => {
    const periods = toPeriods([row('2026-01-01', 'new'), row('2026-02-01', 'new')], {
      ...month,
      now: new Date('2026-04-15'),
    })
    expect(periods.map(({ isRead }) => isRead)).toEqual([true, true, false, false])
  })

  test('begin with one that is still to be computed, which may hold the first order', () => {
    const periods = toPeriods([row('2026-02-01', 'new'), row('2026-03-01', 'new')], {
      ...month,
      now: new Date('2026-04-15'),
      uncomputed: ['2026-01-01', '2026-03-01'],
    })
    expect(periods.map(({ period, isFirst, isComputed }) => [period, isFirst, isComputed])).toEqual([
      ['2026-01-01', true, false],
      ['2026-02-01', false, true],
      ['2026-03-01', false, false],
      ['2026-04-01', false, true],
    ])
  })

  test('are none without rows', () => {
    expect(toPeriods([], { ...month, now: new Date() })).toEqual([])
  })
})

describe('a cell of the distribution', () => {
  test('is the border alone up to three digits', () => {
    expect([toCell(0), toCell(999), toCell(1_000), toCell(1_230), toCell(99_900)]).toEqual(
      [0, 999, 1_000, 1_230, 99_900].map((fromMinor) => ({ fromMinor, isPoint: true })),
    )
  })

  test('is the space above its border otherwise', () => {
    expect(toCell(1_001)).toEqual({ fromMinor: 1_000, isPoint: false })
    expect(toCell(12_345)).toEqual({ fromMinor: 12_300, isPoint: false })
    expect(toCell(-1_001)).toEqual({ fromMinor: -1_010, isPoint: false })
  })

  test('ends at the next border, also where the digits change', () => {
    expect([998, 999, 1_000, 9_990, 10_000, 0, -1_010, -1_000, -10_000].map(nextBorder)).toEqual([
      999, 1_000, 1_010, 10_000, 10_100, 1, -1_000, -999, -9_990,
    ])
  })
})

describe('the matrix', () => {
  test('always has four cells with their plays', () => {
    const recurring = { customers: 2, orders: 7, revenueMinor: 9_000, aovMinor: 1_286 }
    const { cells } = toMatrix(1_000, [{ customerType: 'recurring', side: 'above', ...recurring }])
    expect(cells.map(({ customerType, side, play, customers }) => [customerType, side, play, customers])).toEqual([
      ['new', 'below', 'upsell', 0],
      ['new', 'above', 'careful-post-purchase', 0],
      ['recurring', 'below', 'bundles', 0],
      ['recurring', 'above', 'vip', 2],
    ])
  })
})
