import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConfigError } from '../../src/core/errors.ts'
import type { SegmentCondition, SegmentSpec } from '../../src/core/segments/segment.ts'
import { toDefinition } from '../../src/destinations/klaviyo/definition.ts'
import { sameDefinition } from '../../src/destinations/klaviyo/same-definition.ts'
import { anyComparison } from '../support/segment-arbitraries.ts'

const property = (name: string, filter: object) => ({
  type: 'profile-property',
  property: `properties['${name}']`,
  filter,
})
const numeric = (operator: string, value: number) => ({ type: 'numeric', operator, value })
const HERE = { prefix: '', timezone: 'Europe/Rome' }
const isSet = { type: 'existence', operator: 'is-set' }

function specOf(
  groups: readonly (readonly SegmentCondition[])[],
  basis: SegmentSpec['basis'] = 'property',
): SegmentSpec {
  return { key: 'k', name: 'K', all: groups.map((any) => ({ any })), basis }
}

/** The groups of conditions that the segment becomes. */
function groupsOf(spec: SegmentSpec, prefix = ''): unknown[] {
  return toDefinition(spec, { prefix, timezone: 'Europe/Rome' }).condition_groups.map(({ conditions }) => conditions)
}

function problemsOf(spec: SegmentSpec): { path: string; message: string; hint?: string | undefined }[] {
  try {
    toDefinition(spec, HERE)
  } catch (error) {
    if (error instanceof ConfigError) return [...error.problems]
    throw error
  }
  return []
}

describe('toDefinition', () => {
  it('asks for more than an amount in one group', () => {
    const spec = specOf([[{ property: 'aov', operator: 'gt', value: 500 }]])
    expect(groupsOf(spec)).toEqual([[property('aov', numeric('greater-than', 500))]])
  })

  it.each([
    ['lt', 'less-than'],
    ['lte', 'less-than-or-equal'],
  ] as const)('asks %s only of those who have the property', (operator, wire) => {
    const spec = specOf([[{ property: 'aov', operator, value: 200 }]])
    expect(groupsOf(spec)).toEqual([[property('aov', numeric(wire, 200))], [property('aov', isSet)]])
  })

  it('says between with two groups that both must hold', () => {
    const spec = specOf([[{ property: 'aov', operator: 'between', value: [200, 500] }]])
    expect(groupsOf(spec)).toEqual([
      [property('aov', numeric('greater-than-or-equal', 200))],
      [property('aov', numeric('less-than-or-equal', 500))],
    ])
  })

  it.each([
    { property: 'aov', operator: 'between', value: [0, 50] },
    { property: 'aov', operator: 'gte', value: 0 },
    { property: 'aov', operator: 'gt', value: -1 },
    { property: 'aov', operator: 'eq', value: 0 },
  ] as const)('asks $operator $value, which nothing taken for 0 would pass, only of those who have it', (condition) => {
    expect(groupsOf(specOf([[condition]]))).toContainEqual([property('aov', isSet)])
  })

  it('puts conditions of which any may hold into one group', () => {
    const spec = specOf([
      [
        { property: 'aov', operator: 'gte', value: 500 },
        { property: 'order_count', operator: 'gt', value: 9 },
      ],
    ])
    expect(groupsOf(spec)).toHaveLength(1)
  })

  it('spreads a guarded condition among others over groups, so that the others keep their people', () => {
    const spec = specOf([
      [
        { property: 'aov', operator: 'lt', value: 200 },
        { property: 'order_count', operator: 'gte', value: 5 },
      ],
    ])
    const often = property('order_count', numeric('greater-than-or-equal', 5))
    expect(groupsOf(spec)).toEqual([
      [property('aov', numeric('less-than', 200)), often],
      [property('aov', isSet), often],
    ])
  })

  it('spreads a between among others in the same way', () => {
    const spec = specOf([
      [
        { property: 'aov', operator: 'between', value: [200, 500] },
        { property: 'customer_type', operator: 'eq', value: 'recurring' },
      ],
    ])
    const recurring = property('customer_type', { type: 'string', operator: 'equals', value: 'recurring' })
    expect(groupsOf(spec)).toEqual([
      [property('aov', numeric('greater-than-or-equal', 200)), recurring],
      [property('aov', numeric('less-than-or-equal', 500)), recurring],
    ])
  })

  it('asks for what lies before the day begins in the account’s time zone, of those who have the date', () => {
    const spec = specOf([[{ property: 'first_order_at', operator: 'before', value: '2026-07-01' }]])
    expect(groupsOf(spec)).toEqual([
      [property('first_order_at', { type: 'date', operator: 'before', date: '2026-06-30T22:00:00.000Z' })],
      [property('first_order_at', isSet)],
    ])
  })

  it('takes in, after a day, the very instant at which it begins', () => {
    const spec = specOf([[{ property: 'last_order_at', operator: 'after', value: '2026-01-01' }]])
    expect(groupsOf(spec)).toEqual([
      [property('last_order_at', { type: 'date', operator: 'after', date: '2025-12-31T22:59:59.999Z' })],
    ])
  })

  it('leaves days back from now to Klaviyo, so that nothing needs writing as time passes', () => {
    const spec = specOf([[{ property: 'last_order_at', operator: 'inLastDays', value: 90 }]])
    expect(groupsOf(spec)).toEqual([
      [property('last_order_at', { type: 'date', operator: 'in-the-last', quantity: 90, unit: 'day' })],
    ])
  })

  it('says every group once', () => {
    const spec = specOf([
      [{ property: 'aov', operator: 'lt', value: 200 }],
      [{ property: 'aov', operator: 'lte', value: 100 }],
    ])
    expect(groupsOf(spec)).toHaveLength(3)
  })

  it('compares text with one value or with several', () => {
    const spec = specOf([
      [{ property: 'customer_type', operator: 'eq', value: 'new' }],
      [{ property: 'aov_band', operator: 'in', value: ['low', 'mid'] }],
    ])
    expect(groupsOf(spec)).toEqual([
      [property('customer_type', { type: 'string', operator: 'equals', value: 'new' })],
      [property('aov_band', { type: 'string', operator: 'in', value: ['low', 'mid'] })],
    ])
  })

  it('drops a group that another one implies', () => {
    const spec = specOf([
      [
        { property: 'aov', operator: 'lt', value: 200 },
        { property: 'aov', operator: 'lt', value: 100 },
      ],
    ])
    expect(groupsOf(spec)).toEqual([
      [property('aov', numeric('less-than', 200)), property('aov', numeric('less-than', 100))],
      [property('aov', isSet)],
    ])
  })

  it('puts the prefix before every name', () => {
    const spec = specOf([[{ property: 'aov', operator: 'lt', value: 1 }]])
    expect(JSON.stringify(groupsOf(spec, 'shop_'))).not.toContain("['aov']")
    expect(groupsOf(spec, 'shop_')).toContainEqual([property('shop_aov', isSet)])
  })

  it.each([
    ['aov', 'average_order_value', 1],
    ['order_count', 'historic_number_of_orders', 1],
    ['avg_days_between_orders', 'average_days_between_orders', 2],
  ] as const)('asks %s of Klaviyo itself, below an amount only of those with orders', (name, dimension, orders) => {
    const spec = specOf([[{ property: name, operator: 'lt', value: 50 }]], 'predictive')
    const predicted = (of: string, filter: object) => ({ type: 'profile-predictive-analytics', dimension: of, filter })
    expect(groupsOf(spec)).toEqual([
      [predicted(dimension, numeric('less-than', 50))],
      [predicted('historic_number_of_orders', numeric('greater-than-or-equal', orders))],
    ])
  })

  it.each<[string, SegmentSpec]>([
    ['what Klaviyo does not compute', specOf([[{ property: 'aov_12m', operator: 'gt', value: 1 }]], 'predictive')],
    ['text of Klaviyo’s own', specOf([[{ property: 'aov_band', operator: 'eq', value: 'low' }]], 'predictive')],
    [
      'a date of Klaviyo’s own',
      specOf([[{ property: 'last_order_at', operator: 'inLastDays', value: 9 }]], 'predictive'),
    ],
    ['a between upside down', specOf([[{ property: 'aov', operator: 'between', value: [2, 1] }]])],
    ['a number that is none', specOf([[{ property: 'aov', operator: 'gt', value: Number.NaN }]])],
    ['an endless range', specOf([[{ property: 'aov', operator: 'between', value: [1, Number.POSITIVE_INFINITY] }]])],
    ['no group', specOf([])],
    ['an empty group', specOf([[]])],
    ['an empty list', specOf([[{ property: 'aov_band', operator: 'in', value: [] }]])],
  ])('refuses %s', (_name, spec) => {
    expect(problemsOf(spec)).toHaveLength(1)
  })

  it('reports every problem at once', () => {
    const spec = specOf([[], [{ property: 'aov', operator: 'gt', value: Number.NaN }]])
    expect(problemsOf(spec).map(({ path }) => path)).toEqual(['segments.k.all[0]', 'segments.k.all[1]'])
  })

  it('refuses more than a hundred conditions', () => {
    const many = (count: number) =>
      specOf(
        Array.from({ length: count }, (_, i) => [{ property: 'aov' as const, operator: 'gt' as const, value: i + 1 }]),
      )
    expect(problemsOf(many(100))).toEqual([])
    expect(problemsOf(many(101))).toHaveLength(1)
  })

  it('refuses a group of so many guarded conditions that spreading it would never end', () => {
    const group = Array.from({ length: 60 }, (_, i) => ({
      property: 'aov' as const,
      operator: 'lt' as const,
      value: i,
    }))
    expect(problemsOf(specOf([group]))).toHaveLength(1)
  })

  it.each<[string, Missing]>([
    ['counts as 0', (operator, value) => COMPARE[operator]?.(0, value) === true],
    ['is below everything', (operator) => operator.startsWith('less-than')],
    ['is nothing', () => false],
  ])('lets through exactly whom the spec means, if for Klaviyo a missing number %s', (_name, missing) => {
    fc.assert(
      fc.property(specs, fc.option(amount), fc.option(amount), (spec, aov, count) => {
        const person: Person = { aov, order_count: count }
        expect(holds(toDefinition(spec, HERE).condition_groups, person, missing)).toBe(means(spec, person))
      }),
      { numRuns: 500 },
    )
  })
})

interface Person {
  readonly aov: number | null
  readonly order_count: number | null
}

const amount = fc.integer({ min: -2, max: 4 })
const conditions = anyComparison(['aov', 'order_count'], amount)
const specs = fc
  .array(fc.array(conditions, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .map((groups) => specOf(groups))
  .filter((spec) => problemsOf(spec).length === 0)

const COMPARE: Record<string, (a: number, b: number) => boolean> = {
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  eq: (a, b) => a === b,
  'greater-than': (a, b) => a > b,
  'greater-than-or-equal': (a, b) => a >= b,
  'less-than': (a, b) => a < b,
  'less-than-or-equal': (a, b) => a <= b,
  equals: (a, b) => a === b,
}

function means(spec: SegmentSpec, person: Person): boolean {
  return spec.all.every(({ any }) =>
    any.some(({ property: name, operator, value }) => {
      const own = person[name as keyof Person]
      if (own === null) return false
      if (operator === 'between') return own >= value[0] && own <= value[1]
      return typeof value === 'number' && COMPARE[operator]?.(own, value) === true
    }),
  )
}

/** Whether somebody without a number passes a comparison; Klaviyo does not say. */
type Missing = (operator: string, value: number) => boolean

/** Klaviyo's evaluation: groups AND, conditions OR. */
function holds(
  groups: readonly { readonly conditions: readonly unknown[] }[],
  person: Person,
  missing: Missing,
): boolean {
  return groups.every((group) =>
    group.conditions.some((condition) => {
      const { property: path, filter } = condition as { property: string; filter: { operator: string; value: number } }
      const own = person[path.slice("properties['".length, -"']".length) as keyof Person]
      if (filter.operator === 'is-set') return own !== null
      if (own === null) return missing(filter.operator, filter.value)
      return COMPARE[filter.operator]?.(own, filter.value) === true
    }),
  )
}

describe('sameDefinition', () => {
  const ours = toDefinition(
    specOf([
      [{ property: 'aov', operator: 'lt', value: 200 }],
      [{ property: 'aov_band', operator: 'in', value: ['low', 'mid'] }],
    ]),
    HERE,
  )

  it('does not mind orders, 1.0 and what Klaviyo adds', () => {
    const theirs = JSON.parse(`{"condition_groups":[
      {"id":"g1","conditions":[{"filter":{"value":["mid","low"],"type":"string","operator":"in"},"property":"properties['aov_band']","type":"profile-property"}]},
      {"conditions":[{"type":"profile-property","property":"properties['aov']","filter":{"operator":"is-set","type":"existence","value":null}}]},
      {"conditions":[{"type":"profile-property","id":7,"metric_filters":null,"property":"properties['aov']","filter":{"type":"numeric","operator":"less-than","value":200.0}}]}
    ],"version":2}`) as unknown
    expect(sameDefinition(ours, theirs)).toBe(true)
  })

  it.each([
    ['another amount', '"value":200', '"value":201'],
    ['another operator', 'less-than', 'less-than-or-equal'],
    ['another property', "properties['aov']", "properties['aov_12m']"],
    ['another kind of condition', 'profile-property', 'profile-attribute'],
    ['another list', '["low","mid"]', '["low"]'],
  ])('sees %s', (_name, from, to) => {
    const theirs = JSON.parse(JSON.stringify(ours).replace(from, to)) as unknown
    expect(sameDefinition(ours, theirs)).toBe(false)
  })

  const dated = toDefinition(
    specOf([
      [{ property: 'last_order_at', operator: 'after', value: '2026-01-01' }],
      [{ property: 'last_order_at', operator: 'inLastDays', value: 90 }],
    ]),
    HERE,
  )
  const datedWith = (from: string, to: string) => JSON.parse(JSON.stringify(dated).replace(from, to)) as unknown

  it.each(['2025-12-31T22:59:59+00:00', '2025-12-31T22:59:59.999000+00:00', '2025-12-31T23:59:59+01:00'])(
    'knows an instant again that is written %s',
    (written) => {
      expect(sameDefinition(dated, datedWith('2025-12-31T22:59:59.999Z', written))).toBe(true)
    },
  )

  it.each([
    ['another instant', '2025-12-31T22:59:59.999Z', '2026-01-01T22:59:59.999Z'],
    ['no instant', '2025-12-31T22:59:59.999Z', 'soon'],
    ['another side of it', 'after', 'before'],
    ['other days back', '90', '30'],
    ['another unit', '"day"', '"week"'],
    ['another direction', 'in-the-last', 'in-the-next'],
  ])('sees %s', (_name, from, to) => {
    expect(sameDefinition(dated, datedWith(from, to))).toBe(false)
  })

  it('sees conditions that moved from one group into another', () => {
    const [first, ...rest] = ours.condition_groups
    const merged = { condition_groups: [{ conditions: [first, ...rest].flatMap((group) => group?.conditions ?? []) }] }
    expect(sameDefinition(ours, merged)).toBe(false)
  })

  it('sees an added condition of a kind that we never send', () => {
    const consent = { type: 'profile-marketing-consent', consent: { channel: 'email' } }
    const theirs = { condition_groups: [...ours.condition_groups, { conditions: [consent] }] }
    expect(sameDefinition(ours, theirs)).toBe(false)
    expect(sameDefinition(theirs, structuredClone(theirs))).toBe(true)
  })

  it.each([[null], [undefined], [{}], ['text']])('takes %j for another definition than ours', (theirs) => {
    expect(sameDefinition(ours, theirs)).toBe(false)
  })
})
