/** Points on a line with their weights, ascending and distinct. */
export interface WeightedPoints {
  readonly values: readonly number[]
  readonly weights: readonly number[]
}

/**
 * Fisher–Jenks: splits points on a line into `classes` so that the squares of the distances to their classes' means add up
 * to the least possible. Exact, by dynamic programming; the best last split never moves left as points are added, so
 * each layer is halved in turn: O(classes × n log n). @returns the index at which each class but the first begins;
 * fewer where there are fewer points than classes.
 */
export function findNaturalBreaks(points: WeightedPoints, classes: number): number[] {
  const count = points.values.length
  const wanted = Math.min(classes, count)
  const spread = createSpread(points)
  let costs = Float64Array.from({ length: count }, (_, last) => spread(0, last))
  const begins: Int32Array[] = []
  for (let layer = 1; layer < wanted; layer++) {
    const next = new Float64Array(count).fill(Infinity)
    const begin = new Int32Array(count)
    fillLayer({ spread, former: costs, next, begin, layer }, layer, count - 1, layer, count - 1)
    costs = next
    begins.push(begin)
  }
  const breaks: number[] = []
  let last = count - 1
  for (const begin of begins.toReversed()) {
    const first = begin[last] ?? 0
    breaks.unshift(first)
    last = first - 1
  }
  return breaks
}

interface Layer {
  readonly spread: (first: number, last: number) => number
  readonly former: Float64Array
  readonly next: Float64Array
  readonly begin: Int32Array
  readonly layer: number
}

/** Best begin of the last class for every end from `low` to `high`, known to lie between `from` and `to`. */
function fillLayer(state: Layer, low: number, high: number, from: number, to: number): void {
  if (low > high) return
  const middle = (low + high) >>> 1
  let best = from
  let least = Infinity
  for (let first = Math.max(from, state.layer); first <= Math.min(to, middle); first++) {
    const cost = (state.former[first - 1] ?? Infinity) + state.spread(first, middle)
    if (cost < least) {
      least = cost
      best = first
    }
  }
  state.next[middle] = least
  state.begin[middle] = best
  fillLayer(state, low, middle - 1, from, best)
  fillLayer(state, middle + 1, high, best, to)
}

/**
 * Squares of the distances to the mean within a run of points, from running sums. Values are taken from their common
 * mean first, so that the sums stay small beside the differences that count.
 */
export function createSpread({ values, weights }: WeightedPoints): (first: number, last: number) => number {
  const count = values.length
  let total = 0
  let weighted = 0
  for (let index = 0; index < count; index++) {
    total += weights[index] ?? 0
    weighted += (weights[index] ?? 0) * (values[index] ?? 0)
  }
  const centre = total === 0 ? 0 : weighted / total
  const weight = new Float64Array(count + 1)
  const sum = new Float64Array(count + 1)
  const squares = new Float64Array(count + 1)
  for (let index = 0; index < count; index++) {
    const own = weights[index] ?? 0
    const value = (values[index] ?? 0) - centre
    weight[index + 1] = (weight[index] ?? 0) + own
    sum[index + 1] = (sum[index] ?? 0) + own * value
    squares[index + 1] = (squares[index] ?? 0) + own * value * value
  }
  const between = (sums: Float64Array, first: number, last: number) => (sums[last + 1] ?? 0) - (sums[first] ?? 0)
  return (first, last) => {
    const inside = between(weight, first, last)
    if (inside === 0) return 0
    return Math.max(0, between(squares, first, last) - between(sum, first, last) ** 2 / inside)
  }
}
