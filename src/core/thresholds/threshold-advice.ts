import {
  type AovCell,
  addCells,
  type CellTotals,
  medianOf,
  quantileOf,
  storeAov,
  type ThresholdWindow,
} from './aov-cell.ts'
import { resampleCells } from './resample.ts'
import { findLogBreaks, goodnessOfFit, type ThresholdClass, toClasses } from './threshold-classes.ts'
import { toPrices } from './threshold-prices.ts'
import { findThresholdWarnings, type ThresholdWarning } from './threshold-warnings.ts'

/** Ways of cutting: at the store's AOV, at the median customer, into classes of equal size, where the values thin out. */
const THRESHOLD_METHODS = ['store_aov', 'store_median', 'quantiles', 'natural_breaks'] as const
export type ThresholdMethod = (typeof THRESHOLD_METHODS)[number]

/** Cut, price and how far chance could move it. Minor units. */
export interface ThresholdCut {
  /** As it stands in the configuration: `store_aov`, `p67`; null for natural breaks. */
  readonly name: string | null
  readonly rawMinor: number
  /** `rawMinor` as a price a person would pick. */
  readonly priceMinor: number
  /** In 95 of 100 resamples the raw cut lies between these. */
  readonly lowMinor: number
  readonly highMinor: number
  /** Share of resamples whose raw cut lies within 10 % of the price. */
  readonly stability: number
}

/** What one method advises. */
export interface AdvisedCuts {
  readonly method: ThresholdMethod
  readonly cuts: readonly ThresholdCut[]
  /** What the prices make of the customers, from the lowest. */
  readonly classes: readonly ThresholdClass[]
  /** Share of the variance of log AOV that the classes explain; null where there is none. */
  readonly fit: number | null
  readonly warnings: readonly ThresholdWarning[]
}

/** Cuts for an account, with evidence. Without customers there is no advice. */
export interface ThresholdAdvice extends CellTotals {
  readonly window: ThresholdWindow
  readonly storeAovMinor: number | null
  readonly medianMinor: number | null
  readonly resamples: number
  readonly advice: readonly AdvisedCuts[]
}

/** How cuts are asked for. */
export interface ThresholdRequest {
  readonly window: ThresholdWindow
  /** 2 to 5: how many classes quantiles and natural breaks make. */
  readonly classes: number
}

/** Enough that two or three resamples lie beyond each end of an interval of 95 %. */
const RESAMPLES = 100
const STABLE_WITHIN = 0.1

/** Cuts with class sizes, fit and stability from customers' AOVs, ascending. The same cells give the same answer. */
export function adviseThresholds(cells: readonly AovCell[], { window, classes }: ThresholdRequest): ThresholdAdvice {
  const totals = addCells(cells)
  const raw = cutsOf(cells, classes)
  const drawn = totals.customers === 0 ? [] : [...resampleCells(cells, RESAMPLES)].map((one) => cutsOf(one, classes))
  return {
    ...totals,
    window,
    storeAovMinor: storeAov(cells),
    medianMinor: medianOf(cells),
    resamples: drawn.length,
    advice: totals.customers === 0 ? [] : THRESHOLD_METHODS.map((method) => advise(method)),
  }

  function advise(method: ThresholdMethod): AdvisedCuts {
    const rawCuts = raw[method]
    const prices = toPrices(cells, rawCuts)
    const cuts = rawCuts.map((rawMinor, index): ThresholdCut => {
      const priceMinor = prices[index] ?? rawMinor
      const others = drawn.flatMap((one) => one[method][index] ?? []).sort((a, b) => a - b)
      return {
        name: nameOf(method, index, classes),
        rawMinor,
        priceMinor,
        lowMinor: others[Math.floor(others.length * 0.025)] ?? rawMinor,
        highMinor: others[Math.ceil(others.length * 0.975) - 1] ?? rawMinor,
        stability:
          others.filter((other) => Math.abs(other - priceMinor) <= priceMinor * STABLE_WITHIN).length / drawn.length,
      }
    })
    const made = toClasses(cells, prices)
    return {
      method,
      cuts,
      classes: made,
      fit: goodnessOfFit(cells, prices),
      warnings: findThresholdWarnings(cells, cuts, made, method === 'natural_breaks' ? classes : null),
    }
  }
}

function cutsOf(cells: readonly AovCell[], classes: number): Readonly<Record<ThresholdMethod, readonly number[]>> {
  return {
    store_aov: [storeAov(cells) ?? []].flat(),
    store_median: [medianOf(cells) ?? []].flat(),
    quantiles: percentsOf(classes).flatMap((percent) => quantileOf(cells, percent / 100) ?? []),
    natural_breaks: findLogBreaks(cells, classes),
  }
}

/** Whole percents, so that each cut has a name: 33 and 67 for three classes. */
function percentsOf(classes: number): number[] {
  return Array.from({ length: classes - 1 }, (_, index) => Math.round((100 * (index + 1)) / classes))
}

function nameOf(method: ThresholdMethod, index: number, classes: number): string | null {
  if (method === 'natural_breaks') return null
  return method === 'quantiles' ? `p${percentsOf(classes)[index]}` : method
}
