import { toLocalDate } from '../../core/instant.ts'
import type { CrossedBands } from '../../core/thresholds/crossed-bands.ts'
import type { MoneyValue } from '../../core/thresholds/threshold.ts'
import { type Html, html } from '../html.ts'
import type { Voice } from '../view.ts'
import { describeThreshold } from './threshold-name.ts'

/** Which borders of the bands cross or coincide, what holds meanwhile, and what to do; nothing where they part. */
export function renderCrossedBands(voice: Voice, crossed: CrossedBands | null, timezone: string): Html | null {
  if (crossed === null) return null
  const { words, formats } = voice
  const says = words.segments.crossed
  const { borders, valuesMinor, inForce } = crossed
  const name = (border: MoneyValue, minor: number) =>
    typeof border === 'number'
      ? formats.price(minor)
      : says.border(describeThreshold(voice, border), formats.price(minor))
  const [low, high] = [name(borders[0], valuesMinor[0]), name(borders[1], valuesMinor[1])]
  const how = valuesMinor[0] === valuesMinor[1] ? says.same(low, high) : says.above(low, high)
  const since = inForce === null || inForce.since === null ? null : formats.date(toLocalDate(inForce.since, timezone))
  const meanwhile =
    inForce === null
      ? says.none
      : says.kept(formats.price(inForce.bordersMinor[0]), formats.price(inForce.bordersMinor[1]), since)
  return html`<p class="warning">${how} ${meanwhile} ${says.advice}</p>`
}
