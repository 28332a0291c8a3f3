/** A price may lie this far from the number it stands for: people read 480 as 500, not as 400. */
export const PRICE_TOLERANCE = 0.05

/** A price a person would pick. Minor units. */
export interface Price {
  readonly minor: number
  /** It is a multiple of this: 1, 2, 2.5 or 5 × 10ⁿ. */
  readonly stepMinor: number
}

/**
 * The roundest price near an amount: a multiple of the largest step of 1, 2, 2.5 or 5 × 10ⁿ that lies within 5 % of it
 * and that `fits`, half up; the amount itself where none does. Steps are whole minor units, so yen and dinars work alike.
 */
export function roundToPrice(minor: number, fits: (priceMinor: number) => boolean = () => true): Price {
  if (minor <= 0) return { minor, stepMinor: 1 }
  for (const stepMinor of stepsBelow(minor * 2)) {
    const price = Math.floor(minor / stepMinor + 0.5) * stepMinor
    if (price > 0 && Math.abs(price - minor) <= minor * PRICE_TOLERANCE && fits(price))
      return { minor: price, stepMinor }
  }
  return { minor, stepMinor: 1 }
}

/** Largest first, down to 1. */
function stepsBelow(limit: number): number[] {
  const steps: number[] = []
  for (let power = 1; power <= limit; power *= 10) {
    steps.push(power, 2 * power, ...(power >= 10 ? [2.5 * power] : []), 5 * power)
  }
  return steps.reverse()
}
