import type { UnitRange } from './unit-range.ts'

/** Some whole units: ranges that ascend and neither touch nor overlap. None: no unit. */
export type UnitRanges = readonly UnitRange[]

/** Every unit there is. */
export const ALL_UNITS: UnitRanges = [{ low: -Infinity, high: Infinity }]

/** The units that are in any of these. */
export function uniteRanges(sets: readonly UnitRanges[]): UnitRanges {
  const ascending = sets
    .flat()
    .filter(({ low, high }) => low <= high)
    .sort((a, b) => (a.low === b.low ? 0 : a.low < b.low ? -1 : 1))
  const united: UnitRange[] = []
  for (const range of ascending) {
    const last = united.at(-1)
    if (last === undefined || range.low > last.high + 1) united.push(range)
    else united[united.length - 1] = { low: last.low, high: Math.max(last.high, range.high) }
  }
  return united
}

/** The units that are in all of these. */
export function intersectRanges(sets: readonly UnitRanges[]): UnitRanges {
  return sets.reduce(
    (common, set) =>
      common.flatMap((one) =>
        set
          .map((other) => ({ low: Math.max(one.low, other.low), high: Math.min(one.high, other.high) }))
          .filter(({ low, high }) => low <= high),
      ),
    ALL_UNITS,
  )
}
