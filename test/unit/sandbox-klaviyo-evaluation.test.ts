import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDefinition } from '../../src/sandbox/klaviyo/segment-definition.ts'
import { compileDefinition, isRelative } from '../../src/sandbox/klaviyo/segment-evaluation.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')

function matches(groups: object[][], properties: Record<string, unknown>, options: { missingIsLess?: boolean } = {}) {
  const definition = parseDefinition({ condition_groups: groups.map((conditions) => ({ conditions })) })
  if (!('condition_groups' in definition)) throw new Error(definition.map(({ detail }) => detail).join('; '))
  const membership = compileDefinition(definition, {
    predictive: new Map([['known@example.com', { average_order_value: 120 }]]),
    missingMatchesLessThan: options.missingIsLess ?? true,
  })
  const { email = null, ...custom } = properties
  const profile = { email: email as string | null, createdAtMs: NOW, updatedAtMs: NOW, personal: { first_name: 'Ada' } }
  return membership({ profile, properties: custom }, NOW)
}

function on(property: string, filter: object): object {
  return { type: 'profile-property', property, filter }
}

function aov(operator: string, value: number): object {
  return on("properties['aov']", { type: 'numeric', operator, value })
}

describe('numeric conditions', () => {
  it('compare as JavaScript does, for all six operators and all numbers', () => {
    const operators: Record<string, (a: number, b: number) => boolean> = {
      equals: (a, b) => a === b,
      'not-equals': (a, b) => a !== b,
      'greater-than': (a, b) => a > b,
      'greater-than-or-equal': (a, b) => a >= b,
      'less-than': (a, b) => a < b,
      'less-than-or-equal': (a, b) => a <= b,
    }
    const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, noDefaultInfinity: true }))
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(operators)), number, number, (operator, actual, limit) => {
        expect(matches([[aov(operator, limit)]], { aov: actual })).toBe(operators[operator]?.(actual, limit))
      }),
    )
  })

  it('never match text, not even text that looks like a number', () => {
    for (const operator of ['equals', 'greater-than', 'less-than', 'not-equals']) {
      expect(matches([[aov(operator, 50)]], { aov: '75' })).toBe(false)
    }
  })

  it('do not match a missing property, except less-than when the option says so', () => {
    for (const operator of ['equals', 'not-equals', 'greater-than', 'greater-than-or-equal']) {
      expect(matches([[aov(operator, 0)]], {})).toBe(false)
    }
    expect(matches([[aov('less-than', 50)]], {})).toBe(true)
    expect(matches([[aov('less-than', 50)]], {}, { missingIsLess: false })).toBe(false)
  })

  it('count 0 as a value', () => {
    expect(matches([[aov('less-than', 50)]], { aov: 0 }, { missingIsLess: false })).toBe(true)
    expect(matches([[on("properties['aov']", { type: 'existence', operator: 'is-set' })]], { aov: 0 })).toBe(true)
  })
})

describe('groups', () => {
  it('are joined by AND, so two of them say between', () => {
    const between = [[aov('greater-than-or-equal', 50)], [aov('less-than', 100)]]
    expect([49.99, 50, 99.99, 100].map((value) => matches(between, { aov: value }))).toEqual([false, true, true, false])
  })

  it('hold conditions joined by OR, so two in one group match everybody', () => {
    const trap = [[aov('greater-than-or-equal', 50), aov('less-than', 100)]]
    expect([0, 75, 1000].map((value) => matches(trap, { aov: value }))).toEqual([true, true, true])
  })
})

describe('text, truth and existence', () => {
  const band = (operator: string, value: unknown) => [[on("properties['band']", { type: 'string', operator, value })]]

  it.each([
    ['equals', 'high', true],
    ['not-equals', 'high', false],
    ['contains', 'ig', true],
    ['not-contains', 'ig', false],
    ['starts-with', 'hi', true],
    ['not-starts-with', 'gh', true],
    ['ends-with', 'gh', true],
    ['not-ends-with', 'gh', false],
    ['regex', '^h.+h$', true],
    ['nregex', '^h.+h$', false],
    ['in', ['low', 'high'], true],
    ['not-in', ['low', 'high'], false],
  ])('%s is evaluated', (operator, value, expected) => {
    expect(matches(band(operator, value), { band: 'high' })).toBe(expected)
  })

  it('a negation matches a profile without the property', () => {
    expect(matches(band('not-equals', 'high'), {})).toBe(true)
  })

  it('false is a value and not absence', () => {
    const is = (value: boolean) => [[on("properties['vip']", { type: 'boolean', operator: 'equals', value })]]
    const unset = [[on("properties['vip']", { type: 'existence', operator: 'not-set' })]]
    expect(matches(is(false), { vip: false })).toBe(true)
    expect(matches(is(false), {})).toBe(false)
    expect(matches(unset, { vip: false })).toBe(false)
    expect(matches(unset, {})).toBe(true)
  })

  it('well-known properties are read from the profile itself', () => {
    const is = (value: string) => [[on('first_name', { type: 'string', operator: 'equals', value })]]
    expect(matches(is('Ada'), {})).toBe(true)
    expect(matches(is('Bob'), {})).toBe(false)
  })

  it('lists are asked for members and for their length', () => {
    const has = [[on("properties['tags']", { type: 'list', operator: 'contains', value: 'a' })]]
    const two = [[on("properties['tags']", { type: 'list', operator: 'length-greater-than-or-equal', value: 2 })]]
    expect(matches(has, { tags: ['a'] })).toBe(true)
    expect(matches(two, { tags: ['a'] })).toBe(false)
    expect(matches(two, { tags: ['a', 'b'] })).toBe(true)
  })
})

describe('dates', () => {
  const at = (filter: object) => [[on("properties['last_order_at']", { type: 'date', ...filter })]]
  const verdicts = (filter: object, ...dates: unknown[]) =>
    dates.map((last_order_at) => matches(at(filter), { last_order_at }))

  it('before and after compare instants, not text', () => {
    const filter = { operator: 'after', date: '2026-11-20T23:30:00Z' }
    expect(verdicts(filter, '2026-11-21T00:00:00+02:00', '2026-11-20T23:31:00Z')).toEqual([false, true])
  })

  it('in-the-last has both ends', () => {
    const filter = { operator: 'in-the-last', quantity: 30, unit: 'day' }
    expect(verdicts(filter, '2026-11-20', '2026-10-01', '2026-12-24')).toEqual([true, false, false])
  })

  it('at-least means that old or older', () => {
    const filter = { operator: 'at-least', quantity: 30, unit: 'day' }
    expect(verdicts(filter, '2026-11-20', '2026-10-01')).toEqual([false, true])
  })

  it('between counts units back from now', () => {
    const filter = { operator: 'between', start: 2, end: 5, unit: 'day' }
    expect(verdicts(filter, '2026-11-20T12:00:00Z', '2026-11-18T12:00:00Z', '2026-11-10')).toEqual([false, true, false])
  })

  it('anniversaries are found across the turn of the year', () => {
    const soon = { operator: 'anniversary-next', quantity: 60, unit: 'day' }
    expect(verdicts(soon, '2001-01-05', '2001-06-05')).toEqual([true, false])
    expect(verdicts({ operator: 'anniversary' }, '2001-11-21', '2001-11-22')).toEqual([true, false])
  })

  it('what is no date never matches', () => {
    expect(verdicts({ operator: 'before', date: '2030-01-01T00:00:00Z' }, '-1', 5, '', undefined)).not.toContain(true)
  })

  it('only conditions on passing time need looking at again', () => {
    const relative = (filter: object) => {
      const definition = parseDefinition({ condition_groups: [{ conditions: at(filter)[0] }] })
      return 'condition_groups' in definition && isRelative(definition)
    }
    expect(relative({ operator: 'in-the-last', quantity: 1, unit: 'day' })).toBe(true)
    expect(relative({ operator: 'before', date: '2030-01-01T00:00:00Z' })).toBe(false)
  })
})

describe('predictive analytics', () => {
  const value = (operator: string, limit: number) => [
    [
      {
        type: 'profile-predictive-analytics',
        dimension: 'average_order_value',
        filter: { type: 'numeric', operator, value: limit },
      },
    ],
  ]

  it("look at Klaviyo's own figures and not at our property", () => {
    expect(matches(value('greater-than', 100), { email: 'known@example.com' })).toBe(true)
    expect(matches(value('greater-than', 100), { email: 'other@example.com', average_order_value: 500 })).toBe(false)
  })
})

describe('the grammar', () => {
  const problems = (condition: object) => {
    const parsed = parseDefinition({ condition_groups: [{ conditions: [condition] }] })
    return 'condition_groups' in parsed ? [] : parsed.map(({ pointer }) => pointer)
  }
  const place = '/data/attributes/definition/condition_groups/0/conditions/0'

  it('has no numeric between', () => {
    const filter = { type: 'numeric', operator: 'between', start: 50, end: 100 }
    expect(problems(on("properties['aov']", filter))).toContain(`${place}/filter/operator`)
  })

  it('refuses keys it does not know', () => {
    const filter = { type: 'numeric', operator: 'equals', value: 1, currency: 'EUR' }
    expect(problems(on("properties['aov']", filter))).toEqual([`${place}/filter`])
  })

  it("refuses a custom property that is not written properties['name']", () => {
    expect(problems(on('aov', { type: 'numeric', operator: 'equals', value: 1 }))).toEqual([`${place}/property`])
  })

  it('refuses more than 100 conditions', () => {
    const conditions = (count: number) => Array.from({ length: count }, () => aov('equals', 1))
    expect(parseDefinition({ condition_groups: [{ conditions: conditions(100) }] })).toHaveProperty('condition_groups')
    expect(parseDefinition({ condition_groups: [{ conditions: conditions(101) }] })).toHaveLength(1)
  })
})
