import { type AovCell, addCells, type CellTotals } from './aov-cell.ts'
import { createSpread, findNaturalBreaks, type WeightedPoints } from './natural-breaks.ts'

/** Customers between two cuts; null: no end on that side. Minor units. */
export interface ThresholdClass extends CellTotals {
  readonly fromMinor: number | null
  readonly toMinor: number | null
}

/**
 * The classes that cuts make, from the lowest. A class begins at its cut. Only two cuts are counted as `bands` are: the
 * middle holds both of its ends.
 */
export function toClasses(cells: readonly AovCell[], cuts: readonly number[]): ThresholdClass[] {
  const inside = splitCells(cells, cuts)
  return inside.map((own, index) => ({
    fromMinor: cuts[index - 1] ?? null,
    toMinor: cuts[index] ?? null,
    ...addCells(own),
  }))
}

/**
 * How much of the variance of log AOV lies between the classes rather than within them: 1 − SSW / SST, from 0 to 1. The
 * logarithm, because a few large values would else decide alone. Null where all AOVs are the same. AOVs of zero or
 * less, which have none, stay out.
 */
export function goodnessOfFit(cells: readonly AovCell[], cuts: readonly number[]): number | null {
  const total = spreadOf(cells)
  if (total === 0) return null
  const within = splitCells(cells, cuts).reduce((sum, own) => sum + spreadOf(own), 0)
  return Math.max(0, 1 - within / total)
}

/**
 * Cuts by Fisher–Jenks on log AOV, in minor units: each the geometric mean of the values on its two sides, rounded up.
 * Fewer than wanted where there are fewer different AOVs than classes.
 */
export function findLogBreaks(cells: readonly AovCell[], classes: number): number[] {
  const points = toLogPoints(cells)
  return findNaturalBreaks(points, classes).map((index) => {
    const below = points.values[index - 1] ?? 0
    return Math.ceil(Math.exp((below + (points.values[index] ?? 0)) / 2) - 1e-9)
  })
}

function splitCells(cells: readonly AovCell[], cuts: readonly number[]): AovCell[][] {
  const classes: AovCell[][] = Array.from({ length: cuts.length + 1 }, () => [])
  for (const cell of cells) {
    const index = cuts.filter((cut, at) =>
      cuts.length === 2 && at === 1 ? cell.aovMinor > cut : cell.aovMinor >= cut,
    ).length
    classes[index]?.push(cell)
  }
  return classes
}

function spreadOf(cells: readonly AovCell[]): number {
  const points = toLogPoints(cells)
  return points.values.length === 0 ? 0 : createSpread(points)(0, points.values.length - 1)
}

/** Cells of one AOV become one point. */
function toLogPoints(cells: readonly AovCell[]): WeightedPoints {
  const values: number[] = []
  const weights: number[] = []
  let former = Number.NaN
  for (const { aovMinor, customers } of cells) {
    if (aovMinor <= 0) continue
    if (aovMinor === former) weights[weights.length - 1] = (weights.at(-1) ?? 0) + customers
    else {
      values.push(Math.log(aovMinor))
      weights.push(customers)
    }
    former = aovMinor
  }
  return { values, weights }
}
