import type { AovCell } from '../core/thresholds/aov-cell.ts'

/** Four numbers for each cell: objects would be copied one by one on their way to another thread, this moves as it is. */
export function packCells(cells: readonly AovCell[]): Float64Array<ArrayBuffer> {
  const packed = new Float64Array(4 * cells.length)
  let at = 0
  // One by one: setting four at once takes three times as long.
  for (const { aovMinor, customers, orders, revenueMinor } of cells) {
    packed[at++] = aovMinor
    packed[at++] = customers
    packed[at++] = orders
    packed[at++] = revenueMinor
  }
  return packed
}

/** The cells that were packed. */
export function unpackCells(packed: Float64Array): AovCell[] {
  return Array.from({ length: packed.length / 4 }, (_, index) => {
    const [aovMinor = 0, customers = 0, orders = 0, revenueMinor = 0] = packed.subarray(4 * index, 4 * index + 4)
    return { aovMinor, customers, orders, revenueMinor }
  })
}
