import { describe, expect, it } from 'vitest'
import { compareProperties } from '../../src/core/profiles/property-comparison.ts'

/** Whether one property is as it should be. */
function isSame(name: string, desired: string | number | boolean | null, actual: unknown): boolean | null | undefined {
  return compareProperties({ [name]: desired }, { [name]: actual })[0]?.isSame
}

describe('comparing properties', () => {
  it.each([
    ['the same number', 'aov', 12.5, 12.5, true],
    ['another number', 'aov', 12.5, 12.6, false],
    ['a number as text, which segments compare otherwise', 'aov', 12.5, '12.5', false],
    ['zero where nothing should be', 'aov', null, 0, false],
    ['nothing where zero should be', 'order_count', 0, undefined, false],
    ['nothing where nothing should be', 'aov_12m', null, undefined, true],
    ['a list', 'customer_type', 'new', ['new'], false],
    ['one instant written twice', 'first_order_at', '2026-01-02T03:04:05.000Z', '2026-01-02T04:04:05+01:00', true],
    ['two instants', 'first_order_at', '2026-01-02T03:04:05.000Z', '2026-01-02T03:04:06.000Z', false],
    ['a text that is no instant', 'first_order_at', '2026-01-02T03:04:05.000Z', 'yesterday', false],
    ['an earlier change', 'aov_updated_at', '2026-01-02T03:04:05.000Z', '2026-01-01T00:00:00Z', false],
    ['a missing instant of change', 'aov_updated_at', '2026-01-02T03:04:05.000Z', undefined, false],
  ] as const)('judges %s', (_case, name, desired, actual, expected) => {
    expect(isSame(name, desired, actual)).toBe(expected)
  })

  it('judges nothing when Klaviyo could not be asked', () => {
    expect(compareProperties({ aov: 1 }, null)).toEqual([{ name: 'aov', desired: 1, actual: null, isSame: null }])
  })
})
