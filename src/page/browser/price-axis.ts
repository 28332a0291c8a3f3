/** Both ends of an axis on which equal distances are equal proportions. Minor units, above zero. */
export interface LogScale {
  readonly fromMinor: number
  readonly toMinor: number
}

/** Where an amount stands, in percent from the left; what lies beyond the axis stands at its end. */
export function toPercent({ fromMinor, toMinor }: LogScale, minor: number): number {
  if (minor <= fromMinor) return 0
  return Math.min(100, (100 * Math.log(minor / fromMinor)) / Math.log(toMinor / fromMinor))
}

/** The amount at a place, in percent from the left. */
export function fromPercent({ fromMinor, toMinor }: LogScale, percent: number): number {
  return fromMinor * (toMinor / fromMinor) ** (Math.min(100, Math.max(0, percent)) / 100)
}

/** How a text over a place of the axis stands so that it does not leave it. */
export function anchorOf(percent: number): 'start' | 'middle' | 'end' {
  if (percent < 8) return 'start'
  return percent > 92 ? 'end' : 'middle'
}
