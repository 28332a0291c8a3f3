import type { Interval } from './overview.ts'

/** A difference is more than noise when its interval leaves out nought. */
export function judge<Above extends string, Below extends string>(
  interval: Interval | null,
  words: { above: Above; below: Below },
): Above | Below | 'noise' | 'too-few' {
  if (interval === null) return 'too-few'
  if (interval.lowMinor > 0) return words.above
  return interval.highMinor < 0 ? words.below : 'noise'
}
