import type { ThresholdRef } from '../../core/thresholds/threshold.ts'
import type { Voice } from '../view.ts'

/** A threshold as the configuration names it, with its window where that is not all orders. */
export function describeThreshold({ words }: Voice, { name, window }: ThresholdRef): string {
  return window === 'lifetime' ? name : words.segments.lastTwelveMonths(name)
}
