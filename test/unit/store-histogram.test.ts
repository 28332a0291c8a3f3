import { describe, expect, test } from 'vitest'
import { gapInterval, MIN_ORDERS_TO_TELL, meanInterval } from '../../src/core/numbers/bootstrap.ts'
import { BIN_BORDERS, countOrders, toBin, toHistogram } from '../../src/core/numbers/histogram.ts'
import { toTopShare } from '../../src/core/numbers/top-share.ts'
import { createRandom, toSeed } from '../../src/core/seeded-random.ts'

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const sampleOf = (values: readonly number[]) => ({ histogram: toHistogram(values), revenueMinor: sum(values) })

/** Values whose logarithm is normal, as common shops' orders are. */
function logNormal(count: number, { median, sigma, seed }: { median: number; sigma: number; seed: number }): number[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    return Math.round(median * Math.exp(sigma * normal))
  })
}

describe('a histogram', () => {
  test('has borders that rise, none more than a tenth above the one before once they are whole amounts', () => {
    for (const [index, border] of BIN_BORDERS.entries()) {
      const next = BIN_BORDERS[index + 1]
      if (next === undefined) continue
      expect(next).toBeGreaterThan(border)
      if (border >= 100) expect(next / border).toBeLessThan(1.11)
    }
  })

  test('puts a value on a border into the bin above it', () => {
    const border = BIN_BORDERS[40] ?? 0
    expect([toBin(border - 1), toBin(border)]).toEqual([40, 41])
  })

  test('has bins for what is negative, nothing and beyond all borders', () => {
    expect([toBin(-1), toBin(0), toBin(1), toBin(10 ** 14)]).toEqual([0, 1, 2, BIN_BORDERS.length])
  })

  test('keeps every order and the exact sum', () => {
    const values = [100, 101, 5_000, 5_001, 5_002, 0, -7]
    const histogram = toHistogram(values)
    expect(countOrders(histogram)).toBe(values.length)
    expect(sum(histogram.map(({ sumMinor }) => sumMinor))).toBe(sum(values))
  })
})

describe('the interval of an AOV', () => {
  test('is unknown below the number of orders that tell something', () => {
    const few = Array.from({ length: MIN_ORDERS_TO_TELL - 1 }, (_, n) => 1_000 + n)
    expect(meanInterval(sampleOf(few))).toBeNull()
    expect(meanInterval(sampleOf([...few, 1_000]))).not.toBeNull()
  })

  test('is the same for the same orders in any order', () => {
    const values = logNormal(200, { median: 5_000, sigma: 0.7, seed: 1 })
    expect(meanInterval(sampleOf(values))).toEqual(meanInterval(sampleOf(values.toReversed())))
  })

  test('is a point where all orders are the same', () => {
    expect(meanInterval(sampleOf(Array.from({ length: 50 }, () => 4_200)))).toEqual({
      lowMinor: 4_200,
      highMinor: 4_200,
    })
  })

  test('holds the true mean about 95 times in 100', () => {
    const sigma = 0.7
    const truth = 5_000 * Math.exp(sigma ** 2 / 2)
    const held = Array.from({ length: 200 }, (_, seed) => {
      const interval = meanInterval(sampleOf(logNormal(300, { median: 5_000, sigma, seed })))
      return interval !== null && interval.lowMinor <= truth && truth <= interval.highMinor
    }).filter(Boolean).length
    expect(held).toBeGreaterThan(180)
    expect(held).toBeLessThan(200)
  })

  test('is as wide as that of the values themselves, also in bins of thousands', () => {
    const values = logNormal(20_000, { median: 5_000, sigma: 0.7, seed: 3 })
    const mean = sum(values) / values.length
    const deviation = Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / values.length)
    const { lowMinor, highMinor } = meanInterval(sampleOf(values)) ?? { lowMinor: 0, highMinor: 0 }
    const expected = (2 * 1.96 * deviation) / Math.sqrt(values.length)
    // A thousand resamples tell the ends of an interval to a few per cent.
    expect(Math.abs((highMinor - lowMinor) / expected - 1)).toBeLessThan(0.1)
  })

  test('lies lower by what refunds that name no order take from each', () => {
    const values = logNormal(100, { median: 5_000, sigma: 0.5, seed: 4 })
    const plain = meanInterval(sampleOf(values))
    const refunded = meanInterval({ ...sampleOf(values), revenueMinor: sum(values) - 100 * 300 })
    expect(refunded?.lowMinor).toBeCloseTo((plain?.lowMinor ?? 0) - 300, -1)
    expect(refunded?.highMinor).toBeCloseTo((plain?.highMinor ?? 0) - 300, -1)
  })
})

describe('the interval of a gap', () => {
  const low = logNormal(400, { median: 5_000, sigma: 0.6, seed: 5 })
  const high = logNormal(400, { median: 8_000, sigma: 0.6, seed: 6 })

  test('leaves out nought where customers differ', () => {
    expect(gapInterval(sampleOf(high), sampleOf(low))?.lowMinor).toBeGreaterThan(0)
    expect(gapInterval(sampleOf(low), sampleOf(high))?.highMinor).toBeLessThan(0)
  })

  test('holds nought where they do not', () => {
    const same = logNormal(400, { median: 5_000, sigma: 0.6, seed: 7 })
    const { lowMinor, highMinor } = gapInterval(sampleOf(same), sampleOf(low)) ?? { lowMinor: 1, highMinor: -1 }
    expect(lowMinor).toBeLessThan(0)
    expect(highMinor).toBeGreaterThan(0)
  })

  test('is unknown when either has too few orders', () => {
    const few = low.slice(0, MIN_ORDERS_TO_TELL - 1)
    expect(gapInterval(sampleOf(few), sampleOf(high))).toBeNull()
    expect(gapInterval(sampleOf(high), sampleOf(few))).toBeNull()
  })
})

describe('the largest orders', () => {
  const topOf = (values: readonly number[]) => toTopShare(toHistogram(values), sum(values))

  test('are one in a hundred, rounded down', () => {
    const values = Array.from({ length: 299 }, (_, n) => (n === 0 ? 50_000 : n === 1 ? 40_000 : 1_000))
    expect(topOf(values)).toEqual({ orders: 2, aovWithoutMinor: 1_000 })
  })

  test('are one at least', () => {
    expect(topOf([100, 100, 9_000])).toEqual({ orders: 1, aovWithoutMinor: 100 })
  })

  test('are unknown where nothing would be left', () => {
    expect(topOf([100])).toBeNull()
    expect(topOf([])).toBeNull()
  })

  test('count at the mean of their bin where the line falls inside it', () => {
    expect(topOf([1_000, 1_002, 1_004])).toEqual({ orders: 1, aovWithoutMinor: 1_002 })
  })

  test('leave the refunds that name no order in what remains', () => {
    const values = [100, 100, 9_000]
    expect(toTopShare(toHistogram(values), sum(values) - 50)).toEqual({ orders: 1, aovWithoutMinor: 75 })
  })
})

describe('a seed', () => {
  test('depends on numbers, their order and what is beyond 32 bits', () => {
    const seeds = [toSeed([1, 2]), toSeed([2, 1]), toSeed([1, 2 + 2 ** 33]), toSeed([])]
    expect(new Set(seeds).size).toBe(4)
  })

  test('gives numbers spread evenly between 0 and 1', () => {
    const random = createRandom(9)
    const buckets = [0, 0, 0, 0]
    for (let n = 0; n < 40_000; n++) {
      const index = Math.floor(random() * 4)
      buckets[index] = (buckets[index] ?? 0) + 1
    }
    for (const count of buckets) expect(Math.abs(count - 10_000)).toBeLessThan(400)
  })
})
