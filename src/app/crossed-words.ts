import { toLocalDate } from '../core/instant.ts'
import { formatPrice } from '../core/money.ts'
import type { CrossedBands } from '../core/thresholds/crossed-bands.ts'
import { type MoneyValue, thresholdText } from '../core/thresholds/threshold.ts'

/** What to do about borders that cross. */
export const CROSSED_ACTION =
  'change bands so that the lower border stays below the upper one: see scontrino thresholds'

/** Which borders of the bands cross or coincide, at which values, and what holds meanwhile, as a sentence for people. */
export function crossedText(
  { borders, valuesMinor, inForce }: CrossedBands,
  { currency, timezone }: { readonly currency: string; readonly timezone: string },
): string {
  const price = (minor: number) => formatPrice(minor, currency)
  const name = (border: MoneyValue, minor: number) =>
    typeof border === 'number' ? price(minor) : `${thresholdText(border)} at ${price(minor)}`
  const [low, high] = [name(borders[0], valuesMinor[0]), name(borders[1], valuesMinor[1])]
  const isSame = valuesMinor[0] === valuesMinor[1]
  const how = isSame
    ? `the lower border of bands (${low}) is the upper one (${high})`
    : `the lower border of bands (${low}) is above the upper one (${high})`
  if (inForce === null) return `${how}; there were no bands before, so no customer has one`
  const [first, second] = inForce.bordersMinor.map(price)
  const since = inForce.since === null ? '' : `, in force since ${toLocalDate(inForce.since, timezone)}`
  return `${how}; customers keep the bands of ${first} and ${second}${since}`
}
