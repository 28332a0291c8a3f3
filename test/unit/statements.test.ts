import { describe, expect, test } from 'vitest'
import { type Matrix, type MatrixCell, toMatrix } from '../../src/core/numbers/matrix.ts'
import type { Interval, Numbers, Overview, PeriodNumbers } from '../../src/core/numbers/overview.ts'
import { LATELY, shiftPeriod } from '../../src/core/numbers/period.ts'
import { CONSISTENT_SHARE } from '../../src/core/numbers/period-gap.ts'
import {
  LARGE_ANONYMOUS_SHARE,
  LARGE_TOP_SHARE,
  MIN_ORDERS_FOR_TOP,
  type Statement,
  toStatements,
} from '../../src/core/numbers/statement.ts'

const MORE: Interval = { lowMinor: 1, highMinor: 900 }
const LESS: Interval = { lowMinor: -900, highMinor: -1 }
const NOISE: Interval = { lowMinor: 0, highMinor: 900 }

const numbers = (orders: number, aovMinor: number, customers = orders): Numbers => ({
  customers,
  orders,
  revenueMinor: orders * aovMinor,
  aovMinor: orders === 0 ? null : aovMinor,
  medianMinor: orders === 0 ? null : aovMinor,
})

/** A month of 200 orders by 160 customers, of 50.00 each unless said otherwise. */
function month(period: string, change: Partial<PeriodNumbers> = {}): PeriodNumbers {
  return {
    period,
    identified: numbers(200, 5_000, 160),
    new: numbers(100, 4_600),
    recurring: numbers(100, 5_400, 60),
    anonymous: numbers(0, 0),
    gap: NOISE,
    aovInterval: { lowMinor: 4_800, highMinor: 5_200 },
    topShare: { orders: 2, aovWithoutMinor: 4_800 },
    isFirst: false,
    isOver: true,
    isRead: true,
    isComputed: true,
    ...change,
  }
}

/** So many months up to November 2026, the first of them all new; `change` by how many months before the last. */
function overviewOf(count: number, change: (ago: number) => Partial<PeriodNumbers> = () => ({})): Overview {
  const periods = Array.from({ length: count }, (_, index) => {
    const ago = count - 1 - index
    const first = index === 0 ? { isFirst: true, recurring: numbers(0, 0), gap: null } : {}
    return month(shiftPeriod('2026-11-01', 'month', -ago), { ...first, ...change(ago) })
  })
  return { by: 'month', definition: 'period', computedAt: new Date(), isStale: false, periods }
}

const cell = (customerType: MatrixCell['customerType'], side: MatrixCell['side'], customers: number) => ({
  customerType,
  side,
  customers,
  orders: customers,
  revenueMinor: customers * 5_000,
  aovMinor: 5_000,
})
const MATRIX: Matrix = toMatrix(5_000, [
  cell('new', 'below', 60),
  cell('new', 'above', 20),
  cell('recurring', 'below', 15),
  cell('recurring', 'above', 5),
])

const say = (overview: Overview, matrix = MATRIX) => toStatements(overview, matrix)
function find<Rule extends Statement['rule']>(statements: readonly Statement[], rule: Rule) {
  return statements.filter((one): one is Extract<Statement, { rule: Rule }> => one.rule === rule)
}
const rulesOf = (statements: readonly Statement[]) => statements.map(({ rule }) => rule)

describe('what is said of a shop', () => {
  test('is that there are no orders, when there are none', () => {
    expect(say(overviewOf(0))).toEqual([{ rule: 'no-orders' }])
  })

  test('compares nothing while the only period still runs', () => {
    const statements = say(overviewOf(1, () => ({ isOver: false })))
    expect(rulesOf(statements)).toEqual(['nothing-over', 'few-above'])
  })

  test('never compares the running period, and says that it runs', () => {
    const statements = say(overviewOf(4, (ago) => (ago === 0 ? { isOver: false, gap: MORE } : {})))
    expect(find(statements, 'running')).toEqual([{ rule: 'running', period: '2026-11-01' }])
    expect(find(statements, 'gap')).toMatchObject([{ period: '2026-10-01', verdict: 'noise' }])
    expect(find(statements, 'change')).toMatchObject([{ period: '2026-10-01', other: '2026-09-01' }])
    expect(find(statements, 'gaps')[0]?.periods.map(({ period }) => period)).not.toContain('2026-11-01')
  })

  test('compares no period that the shop was not read to the end of, and says which', () => {
    const statements = say(overviewOf(5, (ago) => ({ isOver: ago > 0, isRead: ago > 2 })))
    expect(find(statements, 'unread')).toEqual([{ rule: 'unread', period: '2026-09-01', periods: 2 }])
    expect(find(statements, 'nothing-to-compare').map(({ period }) => period)).toEqual(['2026-08-01', '2026-08-01'])
  })

  test('compares no period that is still to be computed, and says which', () => {
    const statements = say(overviewOf(5, (ago) => ({ isOver: ago > 0, isComputed: ago > 1 })))
    expect(find(statements, 'uncomputed')).toEqual([{ rule: 'uncomputed', period: '2026-10-01', periods: 1 }])
    expect(find(statements, 'change').map(({ period, other }) => [period, other])).toEqual([
      ['2026-09-01', '2026-08-01'],
    ])
  })

  test('compares no period with one that is still to be computed', () => {
    const statements = say(overviewOf(5, (ago) => ({ isComputed: ago !== 1 })))
    expect(find(statements, 'nothing-to-compare')).toContainEqual({
      ...{ rule: 'nothing-to-compare', against: 'before' },
      ...{ period: '2026-11-01', reason: 'uncomputed' },
    })
  })

  test('says nothing but that all is being updated where every period is still to be computed', () => {
    const statements = say(overviewOf(5, () => ({ isComputed: false })))
    expect(statements).toEqual([{ rule: 'uncomputed', period: '2026-07-01', periods: 5 }])
  })

  test('does not say of a first period that it runs when it is over and was not read', () => {
    const statements = say(overviewOf(1, () => ({ isRead: false })))
    expect(rulesOf(statements)).toEqual(['unread', 'few-above'])
  })

  test('says of the present period that it runs, not of one to come', () => {
    const overview = overviewOf(3, (ago) => (ago === 0 ? { isOver: false } : {}))
    const statements = say({ ...overview, periods: [...overview.periods, month('2027-05-01', { isOver: false })] })
    expect(find(statements, 'running')).toEqual([{ rule: 'running', period: '2026-11-01' }])
  })

  test('names the first period as all new and tells no gap in it', () => {
    const statements = say(overviewOf(1))
    expect(find(statements, 'all-new')).toEqual([{ rule: 'all-new', period: '2026-11-01' }])
    expect([find(statements, 'gap'), find(statements, 'gaps')]).toEqual([[], []])
  })

  test('does not call the first period all new by rank, where a second order is recurring', () => {
    const statements = say({ ...overviewOf(3), definition: 'rank' })
    expect(find(statements, 'history-begins')).toEqual([{ rule: 'history-begins', period: '2026-09-01' }])
    expect([find(statements, 'all-new'), find(statements, 'gaps')[0]?.periods.length]).toEqual([[], 2])
  })

  test('does not go on about a first period that is long past', () => {
    expect(find(say(overviewOf(LATELY.month + 1)), 'all-new')).toEqual([])
    expect(find(say(overviewOf(LATELY.month)), 'all-new')).toHaveLength(1)
  })
})

describe('the gap between recurring and new customers', () => {
  const verdictOf = (gap: Interval | null) => find(say(overviewOf(3, (ago) => (ago === 0 ? { gap } : {}))), 'gap')[0]

  test('is told with its figures', () => {
    expect(verdictOf(MORE)).toEqual({
      rule: 'gap',
      period: '2026-11-01',
      newOrders: 100,
      recurringOrders: 100,
      newAovMinor: 4_600,
      recurringAovMinor: 5_400,
      gapMinor: 800,
      interval: MORE,
      verdict: 'more',
    })
  })

  test('is more than noise only when its interval leaves out nought', () => {
    expect(
      [MORE, { ...MORE, lowMinor: 0 }, { lowMinor: -900, highMinor: 0 }, LESS].map((gap) => verdictOf(gap)?.verdict),
    ).toEqual(['more', 'noise', 'noise', 'less'])
  })

  test('is not told from too few orders', () => {
    expect(verdictOf(null)?.verdict).toBe('too-few')
  })

  test('has no amount where one side bought nothing', () => {
    const statements = say(overviewOf(3, () => ({ recurring: numbers(0, 0), gap: null })))
    expect(find(statements, 'gap')).toMatchObject([{ gapMinor: null, verdict: 'too-few' }])
  })
})

describe('the gaps of late', () => {
  const gapsOf = (list: readonly (Interval | null)[]) =>
    find(say(overviewOf(list.length + 1, (ago) => (ago < list.length ? { gap: list[ago] ?? null } : {}))), 'gaps')[0]

  test('are those of the last year’s months, without the first of the data', () => {
    const periods = find(say(overviewOf(30)), 'gaps')[0]?.periods
    expect(periods).toHaveLength(LATELY.month)
    expect(find(say(overviewOf(5)), 'gaps')[0]?.periods).toHaveLength(4)
  })

  test('are counted by what they say', () => {
    expect(gapsOf([MORE, MORE, LESS, NOISE, null])).toMatchObject({ more: 2, less: 1, noise: 1, tooFew: 1 })
  })

  test('say one thing when at least half of those that say anything say it', () => {
    expect(CONSISTENT_SHARE).toBe(0.5)
    expect(gapsOf([MORE, NOISE, null])?.verdict).toBe('more')
    expect(gapsOf([MORE, NOISE, NOISE])?.verdict).toBe('mixed')
    expect(gapsOf([LESS, LESS, NOISE, NOISE])?.verdict).toBe('less')
  })

  test('say neither where as many are on either side', () => {
    expect(gapsOf([MORE, LESS])?.verdict).toBe('mixed')
  })

  test('are noise where none differs, and unknown where none has enough orders', () => {
    expect(gapsOf([NOISE, NOISE, null])?.verdict).toBe('noise')
    expect(gapsOf([null, null])?.verdict).toBe('too-few')
  })
})

describe('advice', () => {
  const always = (gap: Interval | null) => overviewOf(6, () => ({ gap }))

  test('is an upsell for low first orders', () => {
    const [advice] = find(say(always(MORE)), 'advice')
    expect(advice).toMatchObject({
      because: 'low-first-orders',
      cell: { customerType: 'new', side: 'below', play: 'upsell', customers: 60 },
    })
    expect(find(say(always(MORE)), 'normal-for-technical-goods')).toEqual([])
  })

  test('is care after high first orders, and a word on shops where that is normal', () => {
    const statements = say(always(LESS))
    expect(find(statements, 'advice')).toMatchObject([
      { because: 'high-first-orders', cell: { customerType: 'new', side: 'above', play: 'careful-post-purchase' } },
    ])
    expect(find(statements, 'normal-for-technical-goods')).toMatchObject([
      { cell: { customerType: 'recurring', side: 'below', customers: 15 } },
    ])
  })

  test('is not given where the difference is noise, mixed or unknown', () => {
    for (const gap of [NOISE, null]) expect(find(say(always(gap)), 'advice')).toEqual([])
    const mixed = overviewOf(5, (ago) => ({ gap: ago % 2 === 0 ? MORE : LESS }))
    expect(find(say(mixed), 'advice')).toEqual([])
  })

  test('is not given about nobody', () => {
    expect(find(say(always(MORE), toMatrix(null, [])), 'advice')).toEqual([])
  })
})

describe('the last finished period', () => {
  test('is compared with the one before and the same a year ago', () => {
    const statements = say(overviewOf(15, (ago) => (ago === 12 ? { identified: numbers(100, 4_000, 50) } : {})))
    const [before, year] = find(statements, 'change')
    expect([before?.against, before?.other, year?.against, year?.other]).toEqual([
      'before',
      '2026-10-01',
      'year-before',
      '2025-11-01',
    ])
    expect(year).toMatchObject({
      aovMinor: { from: 4_000, to: 5_000 },
      customers: { from: 50, to: 160 },
      orders: { from: 100, to: 200 },
      frequency: { from: 2, to: 1.25 },
      revenueMinor: { from: 400_000, to: 1_000_000 },
    })
  })

  test('is compared with nothing that lies before the data, and not with their first period, which may be cut off', () => {
    expect(find(say(overviewOf(13)), 'nothing-to-compare')).toEqual([
      { rule: 'nothing-to-compare', against: 'year-before', period: '2026-11-01', reason: 'first-period' },
    ])
    expect(find(say(overviewOf(12)), 'nothing-to-compare')).toMatchObject([{ reason: 'before-the-data' }])
    expect(find(say(overviewOf(1)), 'nothing-to-compare').map(({ reason }) => reason)).toEqual([
      'before-the-data',
      'before-the-data',
    ])
  })

  const changeOf = (aovMinor: number, aovInterval: Interval | null) =>
    find(
      say(overviewOf(4, (ago) => (ago === 0 ? { identified: numbers(200, aovMinor), aovInterval } : {}))),
      'change',
    )[0]

  test('has an interval of its change out of both sides’ intervals', () => {
    // √(200² + 150²) = 250, of the sides that face each other.
    const wide = find(
      say(
        overviewOf(4, (ago) =>
          ago === 0 ? { identified: numbers(200, 6_000), aovInterval: { lowMinor: 5_850, highMinor: 6_000 } } : {},
        ),
      ),
      'change',
    )[0]
    expect(wide?.aovInterval).toEqual({ lowMinor: 1_000 - 250, highMinor: 1_000 + 200 })
  })

  test('went up or down only where the interval of the change leaves out nought', () => {
    const around = (mean: number): Interval => ({ lowMinor: mean - 150, highMinor: mean + 150 })
    expect([5_251, 5_250, 4_750, 4_749].map((mean) => changeOf(mean, around(mean))?.aovVerdict)).toEqual([
      'up',
      'noise',
      'noise',
      'down',
    ])
  })

  test('tells no change of the AOV from too few orders, and none without orders', () => {
    expect(changeOf(9_000, null)?.aovVerdict).toBe('too-few')
    const empty = overviewOf(4, (ago) => (ago === 0 ? { identified: numbers(0, 0), aovInterval: null } : {}))
    expect(find(say(empty), 'change')).toMatchObject([
      { aovMinor: { to: null }, frequency: { to: null }, aovVerdict: 'too-few' },
    ])
  })
})

describe('the largest orders', () => {
  const largestOf = (change: Partial<PeriodNumbers>) => say(overviewOf(3, (ago) => (ago === 0 ? change : {})))

  test('make much of the AOV from a tenth on', () => {
    expect(LARGE_TOP_SHARE).toBe(0.1)
    const verdictOf = (aovWithoutMinor: number) =>
      find(largestOf({ topShare: { orders: 2, aovWithoutMinor } }), 'largest-orders')[0]
    expect(verdictOf(4_500)).toMatchObject({ share: 0.1, verdict: 'large', topOrders: 2, orders: 200 })
    expect(verdictOf(4_501)).toMatchObject({ verdict: 'common' })
  })

  test('are not told below a hundred orders', () => {
    const few = largestOf({ identified: numbers(MIN_ORDERS_FOR_TOP - 1, 5_000) })
    expect(find(few, 'too-few-for-largest')).toEqual([
      { rule: 'too-few-for-largest', period: '2026-11-01', orders: MIN_ORDERS_FOR_TOP - 1 },
    ])
    expect(find(few, 'largest-orders')).toEqual([])
    expect(find(largestOf({ identified: numbers(MIN_ORDERS_FOR_TOP, 5_000) }), 'largest-orders')).toHaveLength(1)
  })

  test('are no share of an AOV that refunds have eaten', () => {
    const eaten = largestOf({ identified: { ...numbers(200, 5_000), aovMinor: 0 } })
    expect(rulesOf(eaten)).not.toContain('largest-orders')
  })
})

describe('customers above the store’s AOV', () => {
  const of = (above: number, below: number) =>
    find(say(overviewOf(3), toMatrix(5_000, [cell('new', 'above', above), cell('new', 'below', below)])), 'few-above')

  test('are few where they are fewer than the others', () => {
    expect(of(20, 80)).toEqual([{ rule: 'few-above', thresholdMinor: 5_000, customers: 100, above: 20, share: 0.2 }])
    expect(of(50, 50)).toEqual([])
    expect(of(49, 51)).toHaveLength(1)
  })

  test('are nobody where there is nobody', () => {
    expect(find(say(overviewOf(3), toMatrix(null, [])), 'few-above')).toEqual([])
  })
})

describe('orders of nobody known', () => {
  test('are told from a twentieth on', () => {
    expect(LARGE_ANONYMOUS_SHARE).toBe(0.05)
    const anonymousOf = (orders: number, others: number) =>
      find(
        say(
          overviewOf(3, (ago) =>
            ago === 0 ? { anonymous: numbers(orders, 3_000), identified: numbers(others, 5_000) } : {},
          ),
        ),
        'anonymous',
      )
    expect(anonymousOf(5, 95)).toEqual([{ rule: 'anonymous', period: '2026-11-01', orders: 5, share: 0.05 }])
    expect(anonymousOf(5, 96)).toEqual([])
    expect(anonymousOf(0, 0)).toEqual([])
  })
})
