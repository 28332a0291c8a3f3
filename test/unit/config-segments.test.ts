import { describe, expect, test } from 'vitest'
import type { SegmentSpec } from '../../src/core/segments/segment.ts'
import { accountYaml, complaintsAbout, loadAccount, problemsOf } from '../support/account-yaml.ts'

const AMOUNT = 'expected a number, or a threshold such as store_aov, store_median or p75'
const BANDS = 'bands: [200, 500]\n'

function segmentWhere(where: string): string {
  return `${BANDS}segments: [{ key: a, name: A, where: ${where} }]`
}

function groupsOf(where: string): SegmentSpec['all'] | undefined {
  return loadAccount(accountYaml({ more: segmentWhere(where) })).settings.segments[0]?.all
}

const complaints = (where: string) => complaintsAbout(segmentWhere(where))

describe('the conditions of a segment', () => {
  test.each(['gt', 'gte', 'lt', 'lte', 'eq'])('can compare a number by %s', (operator) => {
    expect(groupsOf(`{ aov: { ${operator}: 0 } }`)).toEqual([{ any: [{ property: 'aov', operator, value: 0 }] }])
  })

  test.each(['aov', 'aov_12m', 'order_count', 'net_revenue', 'avg_days_between_orders'])(
    'can ask about %s',
    (property) => {
      const value = [1, 1]
      expect(groupsOf(`{ ${property}: { between: [1, 1] } }`)).toEqual([
        { any: [{ property, operator: 'between', value }] },
      ])
    },
  )

  test.each([
    ['customer_type', 'new'],
    ['aov_band', 'mid'],
    ['aov_segment', 'new_mid'],
    ['aov_currency', 'GBP'],
    ['aov_policy', 'net'],
  ])('can ask which %s somebody has', (property, value) => {
    expect(groupsOf(`{ ${property}: { eq: ${value} } }`)).toEqual([{ any: [{ property, operator: 'eq', value }] }])
    expect(groupsOf(`{ ${property}: { in: [${value}] } }`)).toEqual([
      { any: [{ property, operator: 'in', value: [value] }] },
    ])
  })

  test.each(['first_order_at', 'last_order_at', 'aov_updated_at'])('can ask when %s was', (property) => {
    const date = '2024-02-29'
    expect(groupsOf(`{ ${property}: { before: ${date} } }`)).toEqual([
      { any: [{ property, operator: 'before', value: date }] },
    ])
    expect(groupsOf(`{ ${property}: { after: "${date}" } }`)).toEqual([
      { any: [{ property, operator: 'after', value: date }] },
    ])
    expect(groupsOf(`{ all: [{ any: [{ ${property}: { inLast: 90d } }] }] }`)).toEqual([
      { any: [{ property, operator: 'inLastDays', value: 90 }] },
    ])
  })

  test('can be a stretch of days', () => {
    expect(groupsOf('{ first_order_at: { after: 2026-01-01, before: 2026-01-02 } }')).toHaveLength(2)
  })

  test('must all hold in one mapping, and for one property', () => {
    expect(groupsOf('{ aov: { gte: 100, lt: 200 }, customer_type: { eq: new } }')).toEqual([
      { any: [{ property: 'aov', operator: 'gte', value: 100 }] },
      { any: [{ property: 'aov', operator: 'lt', value: 200 }] },
      { any: [{ property: 'customer_type', operator: 'eq', value: 'new' }] },
    ])
  })

  test('can be groups of alternatives, also beside plain ones', () => {
    const where = '{ order_count: { gt: 1 }, all: [{ any: [{ aov: { gt: 1 } }, { aov_12m: { gt: 2 } }] }] }'
    expect(groupsOf(where)).toEqual([
      { any: [{ property: 'order_count', operator: 'gt', value: 1 }] },
      {
        any: [
          { property: 'aov', operator: 'gt', value: 1 },
          { property: 'aov_12m', operator: 'gt', value: 2 },
        ],
      },
    ])
  })

  test.each(['.nan', '.inf', '-.inf', '1e999', '"500"'])('cannot compare with %s', (value) => {
    expect(complaints(`{ aov: { gt: ${value} } }`)).toEqual([`segments[0].where.aov.gt: ${AMOUNT}`])
  })

  test('cannot be between a higher and a lower number', () => {
    expect(complaints('{ aov: { between: [500, 200] } }')).toEqual([
      'segments[0].where.aov.between: expected the lower number first',
    ])
  })

  test.each(['2026-02-29', '2026-1-5', '2026-01-31T10:00:00Z', '31.01.2026', 'soon', '""', '2026'])(
    'cannot be before %s',
    (date) => {
      expect(complaints(`{ first_order_at: { before: ${date} } }`)).toEqual([
        'segments[0].where.first_order_at.before: expected a date such as 2026-01-31',
      ])
    },
  )

  test.each(['90', '0d', '-3d', '1.5d', '90 d', '3m', '10000d', 'd', '[90d]'])(
    'cannot be within the last %s',
    (days) => {
      expect(complaints(`{ last_order_at: { inLast: ${days} } }`)).toEqual([
        'segments[0].where.last_order_at.inLast: expected a number of days such as 90d',
      ])
    },
  )

  test.each(['[1]', '[1, 2, 3]', '5'])('cannot be between %s', (value) => {
    expect(complaints(`{ aov: { between: ${value} } }`)).toEqual([
      'segments[0].where.aov.between: expected two numbers such as [200, 500]',
    ])
  })

  test('cannot ask about a property that does not exist', () => {
    expect(problemsOf(accountYaml({ more: segmentWhere('{ aov_bnd: { eq: low } }') }))).toEqual([
      {
        path: 'accounts.main.segments[0].where.aov_bnd',
        line: 15,
        message:
          'unknown key, expected one of aov, aov_12m, order_count, net_revenue, avg_days_between_orders, ' +
          'customer_type, aov_band, aov_segment, aov_currency, aov_policy, ' +
          'first_order_at, last_order_at, aov_updated_at, all',
        hint: 'did you mean aov_band?',
      },
    ])
  })

  test.each([
    ['{ aov: 500 }', 'segments[0].where.aov: expected a condition such as { gt: 500 } or { between: [200, 500] }'],
    ['{ aov: {} }', 'segments[0].where.aov: expected a condition such as { gt: 500 } or { between: [200, 500] }'],
    [
      '{ aov: { above: 5 } }',
      'segments[0].where.aov.above: unknown key, expected one of gt, gte, lt, lte, eq, between',
    ],
    ['{ aov_band: low }', 'segments[0].where.aov_band: expected a condition such as { eq: new } or { in: [low, mid] }'],
    ['{ aov: { eq: low } }', `segments[0].where.aov.eq: ${AMOUNT}`],
    ['{ aov: { between: [low, 5] } }', `segments[0].where.aov.between[0]: ${AMOUNT}`],
    ['{ aov: { in: [1, 2] } }', 'segments[0].where.aov.in: unknown key, expected one of gt, gte, lt, lte, eq, between'],
    ['{ aov_band: { gt: low } }', 'segments[0].where.aov_band.gt: unknown key, expected one of eq, in'],
    [
      '{ last_order_at: 90d }',
      'segments[0].where.last_order_at: expected a condition such as { after: 2026-01-31 } or { inLast: 90d }',
    ],
    [
      '{ last_order_at: {} }',
      'segments[0].where.last_order_at: expected a condition such as { after: 2026-01-31 } or { inLast: 90d }',
    ],
    [
      '{ last_order_at: { between: [2026-02-01, 2026-01-01] } }',
      'segments[0].where.last_order_at.between: unknown key, expected one of before, after, inLast',
    ],
    [
      '{ last_order_at: { gt: 5 } }',
      'segments[0].where.last_order_at.gt: unknown key, expected one of before, after, inLast',
    ],
    ['{ aov_band: { eq: best } }', 'segments[0].where.aov_band.eq: expected one of low, mid, high'],
    ['{ aov_band: { in: [] } }', 'segments[0].where.aov_band.in: expected at least 1 item'],
    ['{}', 'segments[0].where: expected properties with their conditions, such as { aov: { gt: 500 } }'],
    ['[]', 'segments[0].where: expected properties with their conditions, such as { aov: { gt: 500 } }'],
    ['{ all: [] }', 'segments[0].where.all: expected at least 1 item'],
    ['{ all: [{ any: [] }] }', 'segments[0].where.all[0].any: expected at least 1 item'],
  ])('cannot be %s', (where, complaint) => {
    expect(complaints(where)).toEqual([complaint])
  })

  test('points from a misspelt operator to the one that was meant', () => {
    const [problem] = problemsOf(accountYaml({ more: segmentWhere('{ last_order_at: { in_last: 90d } }') }))
    expect(problem?.hint).toBe('did you mean inLast?')
  })

  test.each([
    '{ aov: { gt: 1, lt: 2 } }',
    '{ aov: { gt: 1 }, order_count: { gt: 1 } }',
    '{ last_order_at: { after: 2026-01-01, inLast: 90d } }',
  ])('cannot be an alternative that says two things: %s', (alternative) => {
    expect(complaints(`{ all: [{ any: [${alternative}, { aov: { gt: 9 } }] }] }`)).toEqual([
      'segments[0].where.all[0].any[0]: expected one property with one operator; ' +
        'what must hold together goes into a group of its own',
    ])
  })

  test.each([
    '{ aov: { gt: 500, lt: 200 } }',
    '{ aov: { gt: 500, lte: 500 } }',
    '{ aov: { gt: 500, eq: 500 } }',
    '{ aov: { eq: 1, between: [2, 3] } }',
    '{ aov: { between: [1, 2] }, all: [{ any: [{ aov: { between: [3, 4] } }] }] }',
    '{ aov: { gt: 5 }, all: [{ any: [{ aov: { lt: 4 } }, { aov: { eq: 3 } }] }] }',
    '{ last_order_at: { before: 2026-01-01, after: 2026-03-01 } }',
    '{ last_order_at: { before: 2026-01-01, after: 2026-01-01 } }',
    '{ last_order_at: { after: 2026-03-01 }, all: [{ any: [{ last_order_at: { before: 2026-02-01 } }] }] }',
    '{ aov_band: { eq: low, in: [mid, high] } }',
    '{ aov_band: { in: [low, mid] }, all: [{ any: [{ aov_band: { in: [high] } }] }] }',
  ])('cannot exclude each other: %s', (where) => {
    expect(complaints(where)).toEqual([
      expect.stringMatching(
        /^segments\[0\]\.where: nobody can be in this segment: the conditions on (aov|aov_band|last_order_at) exclude/,
      ),
    ])
  })

  test.each([
    '{ aov: { gte: 500, lte: 500 } }',
    '{ aov: { gt: 200, lt: 500 } }',
    '{ aov: { gt: 500 }, aov_12m: { lt: 200 } }',
    '{ aov: { gt: 5 }, all: [{ any: [{ aov: { lt: 4 } }, { aov_12m: { eq: 3 } }] }] }',
    '{ last_order_at: { after: 2026-01-01, before: 2026-01-02 } }',
    '{ last_order_at: { before: 2026-01-01, inLast: 90d } }',
    '{ first_order_at: { after: 2026-01-01 }, last_order_at: { before: 2025-01-01 } }',
    '{ aov_band: { eq: low, in: [low, mid] } }',
    '{ aov_band: { eq: low }, customer_type: { eq: new } }',
  ])('are not taken to exclude each other: %s', (where) => {
    expect(complaints(where)).toEqual([])
  })
})

describe('a segment', () => {
  test('rests on our own properties unless it says otherwise', () => {
    const more =
      'segments: [{ key: a, name: A, where: { aov: { gt: 1 } } }, { key: b, name: B, where: { aov: { gt: 2 } }, basis: predictive }]'
    const { segments } = loadAccount(accountYaml({ more })).settings
    expect(segments.map(({ basis }) => basis)).toEqual(['property', 'predictive'])
  })

  test('shares neither key nor name with another, even when another part of it is wrong', () => {
    const wrong = '{ key: a, name: " A ", where: { aov: 3 } }'
    expect(complaintsAbout(`segments: [{ key: a, name: A, where: { aov: { gt: 1 } } }, ${wrong}]`)).toEqual([
      expect.stringContaining('segments[1].where.aov: expected'),
      'segments[1].key: the same key as segments[0]: a',
      'segments[1].name: the same name as segments[0]: “A” for the keys a and a',
    ])
  })

  test.each(['{ key: A b, name: A }', '{ key: a, name: "" }', '{ key: a, name: " " }'])(
    'is named well, unlike %s',
    (named) => {
      const text = `segments: [${named.replace(' }', ', where: { aov: { gt: 1 } } }')}]`
      expect(complaintsAbout(text)).toEqual([expect.stringMatching(/^segments\[0\]\.(key|name): expected /)])
    },
  )

  test('asks only about properties that are written', () => {
    const segment = '{ key: a, name: A, where: { aov: { gt: 1 }, order_count: { gt: 1 } } }'
    expect(complaintsAbout(`profiles: { properties: [order_count] }\nsegments: [${segment}]`)).toEqual([
      'segments[0].where: aov is not written',
    ])
  })

  test('asks about bands only where there are some', () => {
    const segments = 'segments: [{ key: a, name: A, where: { aov_band: { eq: low } } }]'
    expect(complaintsAbout(segments)).toEqual(['segments[0].where: aov_band is not written without bands'])
    expect(complaintsAbout(BANDS + segments)).toEqual([])
  })

  test.each(['aov', 'order_count', 'avg_days_between_orders'])('may rest on Klaviyo’s own %s without ours', (name) => {
    const segment = `{ key: a, name: A, where: { ${name}: { gt: 1 } }, basis: predictive }`
    expect(complaintsAbout(`profiles: { properties: [net_revenue] }\nsegments: [${segment}]`)).toEqual([])
    expect(
      complaintsAbout(
        `profiles: { properties: [net_revenue] }\nsegments: [${segment.replace('predictive', 'property')}]`,
      ),
    ).toEqual([`segments[0].where: ${name} is not written`])
  })
})
