/** The two limits of a batch. */
export interface BatchLimits {
  readonly maxItems: number
  readonly maxBytes: number
}

/**
 * Cuts items into batches, in order, each within both limits. An item larger than `maxBytes` gets a batch of its own:
 * its receiver must refuse it, so that it is never dropped silently.
 */
export function* splitBatches<T>(
  items: readonly T[],
  sizeOf: (item: T) => number,
  limits: BatchLimits,
): Generator<T[]> {
  let batch: T[] = []
  let bytes = 0
  for (const item of items) {
    const size = sizeOf(item)
    if (batch.length > 0 && (batch.length >= limits.maxItems || bytes + size > limits.maxBytes)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(item)
    bytes += size
  }
  if (batch.length > 0) yield batch
}
