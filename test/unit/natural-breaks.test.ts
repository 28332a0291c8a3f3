import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findNaturalBreaks, type WeightedPoints } from '../../src/core/thresholds/natural-breaks.ts'

const anyPoints: fc.Arbitrary<WeightedPoints> = fc
  .uniqueArray(fc.integer({ min: -50, max: 200 }), { minLength: 1, maxLength: 9 })
  .chain((values) =>
    fc.record({
      values: fc.constant(values.toSorted((a, b) => a - b)),
      weights: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: values.length, maxLength: values.length }),
    }),
  )

/** Sum of the squares of the distances to the mean, from its definition. */
function squaresWithin({ values, weights }: WeightedPoints, from: number, to: number): number {
  const points = values.slice(from, to).map((value, index) => ({ value, weight: weights[from + index] ?? 0 }))
  const total = points.reduce((sum, { weight }) => sum + weight, 0)
  const mean = points.reduce((sum, { value, weight }) => sum + weight * value, 0) / total
  return points.reduce((sum, { value, weight }) => sum + weight * (value - mean) ** 2, 0)
}

function costOf(points: WeightedPoints, breaks: readonly number[]): number {
  const ends = [0, ...breaks, points.values.length]
  return ends.slice(1).reduce((sum, end, index) => sum + squaresWithin(points, ends[index] ?? 0, end), 0)
}

/** Every way of choosing `count` begins. */
function allBreaks(length: number, count: number, from = 1): number[][] {
  if (count === 0) return [[]]
  return Array.from({ length: Math.max(0, length - from) }, (_, index) => from + index).flatMap((first) =>
    allBreaks(length, count - 1, first + 1).map((rest) => [first, ...rest]),
  )
}

describe('natural breaks', () => {
  test('cost no more than the best of all ways to split', () => {
    fc.assert(
      fc.property(anyPoints, fc.integer({ min: 1, max: 5 }), (points, classes) => {
        const count = Math.min(classes, points.values.length) - 1
        const best = Math.min(...allBreaks(points.values.length, count).map((breaks) => costOf(points, breaks)))
        const found = findNaturalBreaks(points, classes)
        expect(found).toHaveLength(count)
        expect(costOf(points, found)).toBeCloseTo(best, 6)
      }),
      { numRuns: 500 },
    )
  })

  test('lie in the gaps', () => {
    const values = [1, 2, 3, 50, 51, 90, 91, 92]
    expect(findNaturalBreaks({ values, weights: values.map(() => 1) }, 3)).toEqual([3, 5])
  })

  test('are drawn by weight', () => {
    expect(findNaturalBreaks({ values: [0, 10, 21], weights: [1, 1, 1] }, 2)).toEqual([2])
    expect(findNaturalBreaks({ values: [0, 10, 21], weights: [50, 1, 1] }, 2)).toEqual([1])
  })

  test('are none without points', () => {
    expect(findNaturalBreaks({ values: [], weights: [] }, 3)).toEqual([])
  })
})
