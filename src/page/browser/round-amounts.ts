import type { Bin } from './log-scale.ts'

/** As wide as a price gets on the axis. */
const LABEL_WIDTH = 64

/** Round amounts for the axis: 1, 2, 5 × 10ⁿ, or fewer where there is less room than that takes. */
export function roundAmounts(bins: readonly Bin[], room: number): number[] {
  const [from, to] = [bins[0]?.[0] ?? 0, bins.at(-1)?.[1] ?? 0]
  const all = Array.from({ length: 16 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat()
  const within = all.filter((minor) => minor >= from && minor <= to)
  return within.length * LABEL_WIDTH <= room ? within : within.filter((minor) => /^10*$/.test(String(minor)))
}
