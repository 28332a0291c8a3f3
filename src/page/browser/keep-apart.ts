import type { LogScale } from './price-axis.ts'
import { stepPrice } from './price-ladder.ts'

/** Where two thresholds stand; minor units. */
export interface Thresholds {
  readonly lowMinor: number
  readonly highMinor: number
}

/** Two thresholds on the axis, the lower one below the upper one; where they would meet, the one named gives way. */
export function keepApart(
  { lowMinor, highMinor }: Thresholds,
  yields: 'low' | 'high',
  { fromMinor, toMinor }: LogScale,
  ladder: readonly number[],
): Thresholds {
  const onAxis = (minor: number) => Math.min(Math.max(minor, fromMinor), toMinor)
  const [low, high] = [onAxis(lowMinor), onAxis(highMinor)]
  if (low < high) return { lowMinor: low, highMinor: high }
  // The one that stays leaves room for the other, also at an end of the axis.
  if (yields === 'high') {
    const kept = Math.min(low, stepPrice(ladder, toMinor, -1))
    return { lowMinor: kept, highMinor: stepPrice(ladder, kept, 1) }
  }
  const kept = Math.max(high, stepPrice(ladder, fromMinor, 1))
  return { lowMinor: stepPrice(ladder, kept, -1), highMinor: kept }
}
