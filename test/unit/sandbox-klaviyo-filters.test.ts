import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFilters, passes } from '../../src/sandbox/klaviyo/filters.ts'

describe('parsing a filter', () => {
  it('reads one comparison', () => {
    expect(parseFilters('equals(email,"a@b.com")')).toEqual([{ operator: 'equals', field: 'email', value: 'a@b.com' }])
  })

  it('reads lists, dates, truth values and several comparisons', () => {
    const text = "any(id,['x','y']),greater-than(updated,2026-07-01T00:00:00Z),equals(is_active,true)"
    expect(parseFilters(text)).toEqual([
      { operator: 'any', field: 'id', value: ['x', 'y'] },
      { operator: 'greater-than', field: 'updated', value: '2026-07-01T00:00:00Z' },
      { operator: 'equals', field: 'is_active', value: true },
    ])
  })

  it('reads and(…) as several comparisons', () => {
    expect(parseFilters('and(equals(name,"a"),equals(name,"b"))')).toHaveLength(2)
  })

  it.each(['', 'equals', 'equals(', 'equals(email)', 'equals(email,"a"', 'equals(email,"a") or', 'any(id,["a")'])(
    'says what is wrong with %j',
    (text) => {
      expect(parseFilters(text)).toBeTypeOf('string')
    },
  )

  it('gives back any quoted text, whatever signs are in it', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (texts) => {
        const quoted = texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`)
        expect(parseFilters(`any(email,[${quoted}])`)).toEqual([{ operator: 'any', field: 'email', value: texts }])
      }),
    )
  })
})

describe('passing a filter', () => {
  const filter = (operator: string, value: string | number | boolean | string[]) => ({ operator, field: 'f', value })

  it('compares instants, given as text, with milliseconds', () => {
    const after = filter('greater-than', '2026-01-01T00:00:00+00:00')
    expect(passes(after, Date.UTC(2026, 0, 2))).toBe(true)
    expect(passes(after, Date.UTC(2026, 0, 1))).toBe(false)
  })

  it('nothing is equal to a missing value', () => {
    expect(passes(filter('equals', ''), null)).toBe(false)
    expect(passes(filter('any', ['a']), null)).toBe(false)
  })

  it('looks inside text', () => {
    expect(passes(filter('contains', 'ontri'), 'scontrino')).toBe(true)
    expect(passes(filter('starts-with', 'ontri'), 'scontrino')).toBe(false)
    expect(passes(filter('ends-with', 'trino'), 'scontrino')).toBe(true)
  })
})
