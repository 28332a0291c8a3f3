import type { Distribution } from '../core/distribution.ts'
import type { Band } from './browser/band-texts.ts'
import type { Thresholds } from './browser/keep-apart.ts'
import { anchorOf, type LogScale, toPercent } from './browser/price-axis.ts'
import { toAxisPrices } from './browser/price-ladder.ts'
import { type Html, html } from './html.ts'
import { placeOf, toBars } from './threshold-bins.ts'
import type { Voice } from './view.ts'

/** Heights in pixels; the width is whatever there is. */
const TOP = 46
const PLOT = 170
const FLOOR = TOP + PLOT
const HEIGHT = FLOOR + 34
/** So many characters of the axis fit beside each other on a phone. */
const MOST_CHARACTERS = 40

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

/** Bars of customers by AOV, coloured by the band they are in. Places are in percent, so that no script need size it. */
export function renderBars(
  { formats }: Voice,
  distribution: Distribution,
  scale: LogScale,
  { lowMinor, highMinor }: Thresholds,
): Html {
  const bars = toBars(distribution, scale)
  const most = Math.max(...bars.map(({ customers }) => customers))
  const [low, high] = [toPercent(scale, lowMinor), toPercent(scale, highMinor)]
  const clip = (band: Band, from: number, to: number) =>
    html`<clipPath id="in-${band}"><rect x="${percent(from)}" y="0" width="${percent(to - from)}" height="${HEIGHT}"/></clipPath>`
  const mark = (kind: 'median' | 'mean', minor: number | null) =>
    minor !== null &&
    minor > 0 &&
    html`<line class="aov-mark ${kind}" x1="${percent(toPercent(scale, minor))}" x2="${percent(toPercent(scale, minor))}" y1="${TOP}" y2="${FLOOR}"/>`
  return html`<svg class="bars" width="100%" height="${HEIGHT}" aria-hidden="true" focusable="false">
<defs><g id="bars">${bars.map((bar) => {
    const { left, width } = placeOf(bar, scale)
    const height = bar.customers === 0 ? 0 : Math.max(1.5, (PLOT * bar.customers) / most)
    return html`<rect x="${percent(left + width * 0.05)}" width="${percent(width * 0.9)}" y="${round(FLOOR - height)}" height="${round(height)}"/>`
  })}</g>${clip('low', 0, low)}${clip('mid', low, high)}${clip('high', high, 100)}</defs>
<use href="#bars" class="band low" clip-path="url(#in-low)"/><use href="#bars" class="band mid" clip-path="url(#in-mid)"/><use href="#bars" class="band high" clip-path="url(#in-high)"/>
${mark('median', distribution.medianMinor)}${mark('mean', distribution.storeAovMinor)}
<line class="floor" x1="0" x2="100%" y1="${FLOOR}" y2="${FLOOR}"/>
${axisPrices(scale, formats.price).map(
  (minor) =>
    html`<text class="tick" x="${percent(toPercent(scale, minor))}" y="${FLOOR + 29}" text-anchor="middle">${formats.price(minor)}</text>`,
)}
</svg>`
}

/** The two lines that can be moved, above the bars. */
export function renderHandles(
  scale: LogScale,
  { lowMinor, highMinor }: Thresholds,
  label: string,
  words: Readonly<Record<'low' | 'high', HandleWords>>,
): Html {
  // Where both lines stand side by side, each is taken hold of from its own side.
  const handle = (name: 'low' | 'high', minor: number, row: number, gripFrom: number) => {
    const place = toPercent(scale, minor)
    const { label: title, valueText, price, now, least, most } = words[name]
    return html`<svg class="handle" id="${name}-handle" x="${percent(place)}" overflow="visible">
<g role="slider" tabindex="0" aria-label="${title}" aria-valuemin="${least}" aria-valuemax="${most}" aria-valuenow="${now}" aria-valuetext="${valueText}">
<rect class="grip" x="${gripFrom}" y="0" width="44" height="${HEIGHT}"/>
<line y1="${row + 5}" y2="${FLOOR}"/>
<rect class="knob" x="-7" y="${FLOOR - 14}" width="14" height="28" rx="7"/>
<text y="${row}" text-anchor="${anchorOf(place)}">${price}</text>
</g></svg>`
  }
  return html`<svg class="handles" width="100%" height="${HEIGHT}" role="group" aria-label="${label}">
${handle('low', lowMinor, 36, -31)}${handle('high', highMinor, 14, -13)}
</svg>`
}

function axisPrices(scale: LogScale, toText: (minor: number) => string): number[] {
  const prices = toAxisPrices(scale.fromMinor, scale.toMinor)
  const characters = prices.reduce((sum, price) => sum + toText(price).length, 0)
  if (characters <= MOST_CHARACTERS) return prices
  return prices.filter((price) => /^10*$/.test(String(price)))
}

function percent(number: number): string {
  return `${round(number)}%`
}

function round(number: number): number {
  return Math.round(number * 1000) / 1000
}
