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
 * and that `fits`, half up; the amount itself where none does. Rather than one of more than three digits it is the next
 * multiple on the other side of the amount. Steps are whole minor units, so yen and dinars work alike.
 */
export function roundToPrice(minor: number, fits: (priceMinor: number) => boolean = () => true): Price {
  if (minor <= 0) return { minor, stepMinor: 1 }
  const steps = stepsBelow(minor * 2)
  const short = steps.filter((stepMinor) => stepMinor >= 10 ** (String(Math.trunc(minor)).length - 3))
  const nearest = (stepMinor: number) => Math.floor(minor / stepMinor + 0.5) * stepMinor
  const other = (stepMinor: number) => nearest(stepMinor) + (nearest(stepMinor) > minor ? -stepMinor : stepMinor)
  return find(short, nearest) ?? find(short, other) ?? find(steps, nearest) ?? { minor, stepMinor: 1 }

  function find(among: readonly number[], priceAt: (stepMinor: number) => number): Price | null {
    for (const stepMinor of among) {
      const price = priceAt(stepMinor)
      const isNear = price > 0 && Math.abs(price - minor) <= minor * PRICE_TOLERANCE
      if (isNear && fits(price)) return { minor: price, stepMinor }
    }
    return null
  }
}

/** Largest first, down to 1. */
function stepsBelow(limit: number): number[] {
  const steps: number[] = []
  for (let power = 1; power <= limit; power *= 10) {
    steps.push(power, 2 * power, ...(power >= 10 ? [2.5 * power] : []), 5 * power)
  }
  return steps.reverse()
}
