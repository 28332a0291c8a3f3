import { type AovCell, addCells } from './aov-cell.ts'
import type { ThresholdClass } from './threshold-classes.ts'

/** What speaks against cuts. `class` counts from 0, the lowest; shares are of customers. */
export type ThresholdWarning =
  | { readonly kind: 'few-customers'; readonly customers: number }
  | { readonly kind: 'few-values'; readonly classes: number }
  | { readonly kind: 'same-price'; readonly priceMinor: number }
  | { readonly kind: 'edge'; readonly priceMinor: number }
  | { readonly kind: 'empty-class'; readonly class: number }
  | { readonly kind: 'small-class'; readonly class: number; readonly share: number }
  | { readonly kind: 'large-class'; readonly class: number; readonly share: number }
  | { readonly kind: 'unstable'; readonly priceMinor: number; readonly stability: number }

/** With fewer customers a single one moves a share by a percent. */
const FEW_CUSTOMERS = 100
/** A segment smaller than this is worth no campaign of its own. */
const SMALL_SHARE = 0.01
/** A segment larger than this tells hardly anybody apart. */
const LARGE_SHARE = 0.8
/** A price that every other resample would leave by a tenth stands on chance. */
const LEAST_STABILITY = 0.5

/** Everything that makes cuts doubtful. `wanted`: classes asked for, where a method may find fewer. */
export function findThresholdWarnings(
  cells: readonly AovCell[],
  cuts: readonly { readonly priceMinor: number; readonly stability: number }[],
  classes: readonly ThresholdClass[],
  wanted: number | null,
): ThresholdWarning[] {
  const { customers } = addCells(cells)
  const warnings: ThresholdWarning[] = []
  if (customers < FEW_CUSTOMERS) warnings.push({ kind: 'few-customers', customers })
  if (wanted !== null && classes.length < wanted) warnings.push({ kind: 'few-values', classes: classes.length })
  const prices = cuts.map(({ priceMinor }) => priceMinor)
  const least = cells[0]?.aovMinor ?? 0
  const greatest = cells.at(-1)?.aovMinor ?? 0
  for (const priceMinor of new Set(prices)) {
    if (priceMinor <= least || priceMinor >= greatest) warnings.push({ kind: 'edge', priceMinor })
  }
  for (const { priceMinor, stability } of cuts) {
    if (stability < LEAST_STABILITY) warnings.push({ kind: 'unstable', priceMinor, stability })
  }
  for (const priceMinor of new Set(prices.filter((price, index) => prices.indexOf(price) !== index))) {
    warnings.push({ kind: 'same-price', priceMinor })
  }
  for (const [index, one] of classes.entries()) {
    const share = one.customers / customers
    if (one.customers === 0) warnings.push({ kind: 'empty-class', class: index })
    else if (share < SMALL_SHARE) warnings.push({ kind: 'small-class', class: index, share })
    if (share > LARGE_SHARE) warnings.push({ kind: 'large-class', class: index, share })
  }
  return warnings
}
