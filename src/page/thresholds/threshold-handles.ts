import type { Thresholds } from '../browser/keep-apart.ts'
import { anchorOf, type LogScale, toPercent } from '../browser/price-axis.ts'
import { type Html, html } from '../html.ts'
import { CHART_HEIGHT, FLOOR, PRICE_ROWS } from '../numbers/distribution-chart.ts'
import { at } from '../scale.ts'

/** What one handle says of itself to whoever cannot see the chart. */
export interface HandleWords {
  readonly label: string
  readonly valueText: string
  readonly price: string
  /** Major units. */
  readonly now: number
  readonly least: number
  readonly most: number
}

/** The two lines that can be moved, above the bars. */
export function renderHandles(
  scale: LogScale,
  { lowMinor, highMinor }: Thresholds,
  label: string,
  words: Readonly<Record<'low' | 'high', HandleWords>>,
): Html {
  // Where both lines stand side by side, each is taken hold of from its own side.
  const handle = (name: 'low' | 'high', minor: number, gripFrom: number) => {
    const place = toPercent(scale, minor)
    const { label: title, valueText, price, now, least, most } = words[name]
    return html`<svg class="handle" id="${name}-handle" x="${at(place)}%" overflow="visible">
<g role="slider" tabindex="0" aria-label="${title}" aria-valuemin="${least}" aria-valuemax="${most}" aria-valuenow="${now}" aria-valuetext="${valueText}">
<rect class="grip" x="${gripFrom}" y="0" width="44" height="${CHART_HEIGHT}"/>
<line y1="${PRICE_ROWS[name] + 5}" y2="${FLOOR}"/>
<rect class="knob" x="-7" y="${FLOOR - 14}" width="14" height="28" rx="7"/>
<text y="${PRICE_ROWS[name]}" text-anchor="${anchorOf(place)}">${price}</text>
</g></svg>`
  }
  return html`<svg class="lines handles" width="100%" height="${CHART_HEIGHT}" role="group" aria-label="${label}">
${handle('low', lowMinor, -31)}${handle('high', highMinor, -13)}
</svg>`
}
