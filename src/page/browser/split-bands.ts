/** Customers of one cell: exactly at `fromMinor`, or (`isPoint` false) above it and below the next border. */
export interface Cell {
  readonly fromMinor: number
  readonly isPoint: boolean
  readonly customers: number
  readonly orders: number
  readonly revenueMinor: number
}

/** What a band holds. */
interface Band {
  readonly customers: number
  readonly orders: number
  readonly revenueMinor: number
}

/** The bands, from the lowest. */
export interface Bands {
  readonly low: Band
  readonly mid: Band
  readonly high: Band
}

/**
 * Low is below `lowMinor`, high above `highMinor`, mid between them with both ends, as in the configuration. Exact for
 * borders of at most three significant digits, which no cell lies across.
 */
export function splitBands(cells: readonly Cell[], lowMinor: number, highMinor: number): Bands {
  const bands = { low: emptyBand(), mid: emptyBand(), high: emptyBand() }
  for (const cell of cells) {
    const isAbove = cell.fromMinor > highMinor || (cell.fromMinor === highMinor && !cell.isPoint)
    const band = cell.fromMinor < lowMinor ? bands.low : isAbove ? bands.high : bands.mid
    band.customers += cell.customers
    band.orders += cell.orders
    band.revenueMinor += cell.revenueMinor
  }
  return bands
}

function emptyBand() {
  return { customers: 0, orders: 0, revenueMinor: 0 }
}

/** The nearest amount that no cell lies across: of at most three significant digits. */
export function toBorder(minor: number): number {
  const unit = 10 ** Math.max(String(Math.round(minor)).length - 3, 0)
  return Math.round(minor / unit) * unit
}
