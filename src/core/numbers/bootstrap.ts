import { createRandom, drawPoisson, toSeed } from '../seeded-random.ts'
import { countOrders, type Histogram } from './histogram.ts'
import type { Interval } from './overview.ts'

/** With fewer orders a percentile interval of a skewed mean is far too narrow, and a single order decides it. */
export const MIN_ORDERS_TO_TELL = 30
/** Enough that the ends of a 95 % interval move by a few per cent of its width from one seed to another. */
const RESAMPLES = 1_000
/** Ends of a 95 % interval. */
const TAILS = [0.025, 0.975] as const

/** A set of orders: their values, and their revenue, which refunds that name no order may have made less. */
export interface OrderSample {
  readonly histogram: Histogram
  readonly revenueMinor: number
}

/**
 * Percentile interval of the AOV of some orders, null when there are too few of them. Each resample draws every bin's
 * number of orders anew (the Poisson bootstrap of Chamandy et al., 2012), each at its bin's mean; refunds that name no order
 * take from every resample what they take from each order. Seeded by the histogram: the same orders, the same interval.
 */
export function meanInterval(sample: OrderSample): Interval | null {
  if (countOrders(sample.histogram) < MIN_ORDERS_TO_TELL) return null
  return toInterval(resampledMeans(sample, createRandom(seedOf([sample]))))
}

/** Like `meanInterval`, of AOV(a) − AOV(b); null when either has too few orders. */
export function gapInterval(a: OrderSample, b: OrderSample): Interval | null {
  if ([a, b].some(({ histogram }) => countOrders(histogram) < MIN_ORDERS_TO_TELL)) return null
  const random = createRandom(seedOf([a, b]))
  const subtrahends = resampledMeans(b, random)
  return toInterval(resampledMeans(a, random).map((mean, n) => mean - (subtrahends[n] ?? 0)))
}

function seedOf(samples: readonly OrderSample[]): number {
  return toSeed(
    samples.flatMap(({ histogram }) => histogram.flatMap(({ bin, orders, sumMinor }) => [bin, orders, sumMinor])),
  )
}

function resampledMeans({ histogram, revenueMinor }: OrderSample, random: () => number): Float64Array {
  const bins = histogram.map(({ orders, sumMinor }) => ({ orders, mean: sumMinor / orders }))
  const total = histogram.reduce((sum, { sumMinor }) => sum + sumMinor, 0)
  const count = countOrders(histogram)
  const refunded = (revenueMinor - total) / count
  return Float64Array.from({ length: RESAMPLES }, () => {
    let [orders, sum] = [0, 0]
    for (const bin of bins) {
      const drawn = drawPoisson(bin.orders, random)
      orders += drawn
      sum += drawn * bin.mean
    }
    // No order at all is drawn once in e^30 times.
    return (orders === 0 ? total / count : sum / orders) + refunded
  })
}

function toInterval(values: Float64Array): Interval {
  const sorted = values.toSorted()
  const at = (share: number) => Math.round(sorted[Math.round(share * (sorted.length - 1))] ?? 0) + 0
  return { lowMinor: at(TAILS[0]), highMinor: at(TAILS[1]) }
}
