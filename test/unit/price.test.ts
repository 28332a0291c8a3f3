import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatPrice } from '../../src/core/money.ts'
import { PRICE_TOLERANCE, roundToPrice } from '../../src/core/thresholds/price.ts'

describe('a price a person would pick', () => {
  test.each([
    [8_320, 8_000],
    [48_087, 50_000],
    [12_160, 12_500],
    [6_301, 6_000],
    [9_999, 10_000],
    [137, 140],
    [1, 1],
    [0, 0],
    [-500, -500],
  ])('for %i minor units is %i', (minor, price) => {
    expect(roundToPrice(minor).minor).toBe(price)
  })

  test('is a multiple of its step and within five percent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (minor) => {
        const price = roundToPrice(minor)
        expect(price.minor % price.stepMinor).toBe(0)
        expect(Math.abs(price.minor - minor)).toBeLessThanOrEqual(minor * PRICE_TOLERANCE)
      }),
    )
  })

  test('is finer where a rounder one would not fit', () => {
    expect(roundToPrice(4_990, (price) => price <= 4_990)).toEqual({ minor: 4_990, stepMinor: 10 })
    expect(roundToPrice(4_810, (price) => price < 4_900)).toEqual({ minor: 4_750, stepMinor: 250 })
  })

  test('is rather a short one on the other side than a long one near', () => {
    expect(roundToPrice(33_980, (price) => price <= 33_980)).toEqual({ minor: 32_500, stepMinor: 2_500 })
    expect(roundToPrice(33_980, (price) => price <= 33_980 && price > 33_950)).toEqual({ minor: 33_975, stepMinor: 25 })
  })

  test('is the amount itself where nothing fits', () => {
    expect(roundToPrice(4_991, () => false)).toEqual({ minor: 4_991, stepMinor: 1 })
  })

  test.each([
    [12_000, 'GBP', '£120'],
    [4_990, 'GBP', '£49.90'],
    [125_000, 'EUR', '€1,250'],
    [12_000, 'JPY', 'JP¥12,000'],
    [12_500, 'KWD', 'KWD\u00a012.500'],
    [12_000, 'KWD', 'KWD\u00a012'],
  ])('%i %s reads %s', (minor, currency, text) => {
    expect(formatPrice(minor, currency)).toBe(text)
  })
})
