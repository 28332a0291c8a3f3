/** Bins per power of ten: a bin is at most 10 % wide, and a common shop's orders fall into some fifty of them. */
const BINS_PER_DECADE = 24
/** Up to 10^12 minor units; whatever is larger shares the last bin. */
const DECADES = 12

/**
 * Borders of the bins in minor units, ascending. Bin n holds the values from border n − 1 up to, not including, border n;
 * bin 0 what is negative, bin 1 what is nothing. Stored histograms speak of these numbers: a change of the borders needs a
 * migration that has everything computed again.
 */
export const BIN_BORDERS: readonly number[] = [
  0,
  ...new Set(Array.from({ length: BINS_PER_DECADE * DECADES + 1 }, (_, n) => Math.round(10 ** (n / BINS_PER_DECADE)))),
]

/** Orders of one bin: their number and the exact sum of their values, in minor units. */
interface HistogramBin {
  readonly bin: number
  readonly orders: number
  readonly sumMinor: number
}

/** Values of orders by size, ascending, empty bins left out. */
export type Histogram = readonly HistogramBin[]

/** The bin of a value: what `width_bucket` of Postgres answers for the same borders. */
export function toBin(valueMinor: number): number {
  let [low, high] = [0, BIN_BORDERS.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((BIN_BORDERS[middle] ?? 0) <= valueMinor) low = middle + 1
    else high = middle
  }
  return low
}

/** The histogram of these values. */
export function toHistogram(valuesMinor: readonly number[]): Histogram {
  const groups = Map.groupBy(valuesMinor, toBin)
  return [...groups]
    .map(([bin, values]) => ({
      bin,
      orders: values.length,
      sumMinor: values.reduce((sum, value) => sum + value, 0),
    }))
    .sort((a, b) => a.bin - b.bin)
}

/** How many orders a histogram holds. */
export function countOrders(histogram: Histogram): number {
  return histogram.reduce((sum, { orders }) => sum + orders, 0)
}
