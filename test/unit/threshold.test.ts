import { describe, expect, test } from 'vitest'
import type { AovCell } from '../../src/core/thresholds/aov-cell.ts'
import { decideThreshold, type ThresholdInForce } from '../../src/core/thresholds/threshold.ts'

const NOW = new Date('2026-06-15T12:00:00Z')
const OPTIONS = { tolerance: 0.1, atMostEveryDays: 30, round: true }
const STORE_AOV = { name: 'store_aov', window: 'lifetime' } as const

/** A shop whose AOV is this. */
function shop(aovMinor: number): AovCell[] {
  return [{ aovMinor, customers: 10, orders: 10, revenueMinor: aovMinor * 10 }]
}

function inForce(valueMinor: number, decidedAt: string): ThresholdInForce {
  return { ...STORE_AOV, valueMinor, rawMinor: valueMinor, decidedAt: new Date(decidedAt) }
}

const spread: readonly AovCell[] = [1_000, 2_000, 3_000, 4_000].map((aovMinor) => ({
  aovMinor,
  customers: 25,
  orders: 25,
  revenueMinor: aovMinor * 25,
}))

describe('a threshold', () => {
  test.each([
    ['store_aov', 2_500],
    ['store_median', 2_500],
    ['p50', 2_000],
    ['p25', 1_000],
    ['p75', 3_000],
    ['p76', 4_000],
  ])('%s is taken from the customers', (name, rawMinor) => {
    expect(decideThreshold({ name, window: '12m' }, undefined, spread, OPTIONS, NOW).rawMinor).toBe(rawMinor)
  })

  test('gets its first value at once, rounded to a price', () => {
    const cells = [...shop(2_000), ...shop(14_640)]
    expect(decideThreshold(STORE_AOV, undefined, cells, OPTIONS, NOW)).toMatchObject({
      outcome: 'set',
      rawMinor: 8_320,
      valueMinor: 8_000,
      formerMinor: null,
      decidedAt: NOW,
      mayMoveAt: new Date('2026-07-15T12:00:00Z'),
    })
  })

  test('is left as it is without rounding', () => {
    const cells = [...shop(2_000), ...shop(14_640)]
    expect(decideThreshold(STORE_AOV, undefined, cells, { ...OPTIONS, round: false }, NOW).valueMinor).toBe(8_320)
  })

  test.each([
    ['up', 8_800],
    ['down', 7_200],
  ])('stays while today’s figure is a tenth %s', (_, aovMinor) => {
    expect(decideThreshold(STORE_AOV, inForce(8_000, '2020-01-01'), shop(aovMinor), OPTIONS, NOW)).toMatchObject({
      outcome: 'kept',
      rawMinor: aovMinor,
      valueMinor: 8_000,
      decidedAt: new Date('2020-01-01'),
    })
  })

  test.each([
    [8_801, 8_750],
    [7_199, 7_000],
  ])('moves when today’s figure is farther away, such as %i', (aovMinor, valueMinor) => {
    expect(decideThreshold(STORE_AOV, inForce(8_000, '2020-01-01'), shop(aovMinor), OPTIONS, NOW)).toMatchObject({
      outcome: 'moved',
      formerMinor: 8_000,
      valueMinor,
      decidedAt: NOW,
    })
  })

  test('is held until it may move again', () => {
    const recent = inForce(8_000, '2026-05-20T12:00:00Z')
    expect(decideThreshold(STORE_AOV, recent, shop(9_500), OPTIONS, NOW)).toMatchObject({
      outcome: 'held',
      valueMinor: 8_000,
      wantedMinor: 9_500,
      mayMoveAt: new Date('2026-06-19T12:00:00Z'),
    })
    const later = new Date('2026-06-19T12:00:00Z')
    expect(decideThreshold(STORE_AOV, recent, shop(9_500), OPTIONS, later).outcome).toBe('moved')
  })

  test('stays where today’s figure comes to the same price, however narrow the tolerance', () => {
    const cells = [...shop(2_000), ...shop(14_640)]
    const strict = { ...OPTIONS, tolerance: 0 }
    expect(decideThreshold(STORE_AOV, inForce(8_000, '2020-01-01'), cells, strict, NOW)).toMatchObject({
      outcome: 'kept',
      rawMinor: 8_320,
    })
  })

  test.each([
    ['without customers', []],
    ['where nobody paid', shop(0)],
  ])('waits %s, and stays when it had a value', (_, cells) => {
    expect(decideThreshold(STORE_AOV, undefined, cells, OPTIONS, NOW)).toMatchObject({
      outcome: 'waiting',
      valueMinor: null,
    })
    expect(decideThreshold(STORE_AOV, inForce(8_000, '2020-01-01'), cells, OPTIONS, NOW)).toMatchObject({
      outcome: 'waiting',
      valueMinor: 8_000,
    })
  })
})
