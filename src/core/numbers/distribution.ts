/**
 * Customers whose lifetime AOV lies in one cell: exactly on a border, or between a border and the next. Borders are the
 * numbers of at most three significant digits, so that a threshold of no more digits parts the cells exactly.
 */
export interface DistributionCell {
  /** The border itself, or the one below. Minor units. */
  readonly fromMinor: number
  /** Whether the cell is the border alone. */
  readonly isPoint: boolean
  readonly customers: number
  readonly orders: number
  readonly revenueMinor: number
}

/** How customers' lifetime AOV is distributed: everybody with an address and a counted order. Minor units. */
export interface Distribution {
  readonly customers: number
  readonly orders: number
  readonly revenueMinor: number
  /** AOV of all their orders, half up; null without orders. */
  readonly storeAovMinor: number | null
  /** Median of the customers' AOV, half up; null without customers. */
  readonly medianMinor: number | null
  /** Ascending, those without anybody left out. */
  readonly cells: readonly DistributionCell[]
}

const SIGNIFICANT_DIGITS = 3

/** The cell of an AOV: the readable twin of the SQL in `src/store/numbers/distribution.ts`. */
export function toCell(aovMinor: number): Pick<DistributionCell, 'fromMinor' | 'isPoint'> {
  const unit = 10 ** Math.max(String(Math.abs(aovMinor)).length - SIGNIFICANT_DIGITS, 0)
  // Without + 0 a small negative amount would be −0.
  const fromMinor = Math.floor(aovMinor / unit) * unit + 0
  return { fromMinor, isPoint: fromMinor === aovMinor }
}

/** The border that ends an open cell. */
export function nextBorder(fromMinor: number): number {
  const inside = fromMinor + (fromMinor < 0 ? 1 : 0)
  return fromMinor + 10 ** Math.max(String(Math.abs(inside)).length - SIGNIFICANT_DIGITS, 0)
}
