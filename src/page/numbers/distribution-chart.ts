import type { Distribution } from '../../core/numbers/distribution.ts'
import type { Band } from '../browser/band-texts.ts'
import type { Thresholds } from '../browser/keep-apart.ts'
import { anchorOf, type LogScale, toPercent } from '../browser/price-axis.ts'
import { toAxisPrices } from '../browser/price-ladder.ts'
import { type Html, html } from '../html.ts'
import { at, roundTicks } from '../scale.ts'
import type { Voice } from '../view.ts'
import { isDrawn, placeOf, toBins } from './distribution-bins.ts'

/** Heights in pixels; the width is whatever there is. */
const TOP = 46
const PLOT = 170
/** Where the bars stand. */
export const FLOOR = TOP + PLOT
export const CHART_HEIGHT = FLOOR + 34
/** Where the price at each line is written. */
export const PRICE_ROWS = { low: 36, high: 14 } as const
/** So many characters of the axis fit beside each other on any screen, and on a phone. */
const MOST_CHARACTERS = 60
const FEW_CHARACTERS = 24

/** Bars with the lines over them, and what both mean. The bars are coloured by the band they are in. */
export function renderDistributionChart(
  voice: Voice,
  distribution: Distribution,
  scale: LogScale,
  thresholds: Thresholds,
  lines: Html,
): Html {
  const { words, formats } = voice
  const says = words.thresholds
  const beyond = distribution.cells.reduce((sum, cell) => sum + (cell.fromMinor > 0 ? 0 : cell.customers), 0)
  return html`<figure class="distribution">
<div class="aov-chart">${renderBars(voice, distribution, scale, thresholds)}${lines}</div>
<figcaption class="soft">${says.axis}
<ul class="aov-marks"><li class="median">${says.median(formats.money(distribution.medianMinor))}</li><li class="mean">${says.mean(formats.money(distribution.storeAovMinor))}</li></ul>
${beyond > 0 && html`<p>${says.nothing(formats.count(beyond))}</p>`}</figcaption>
</figure>`
}

/** The two borders as lines that stay where they are. */
export function renderBorderLines(
  { words, formats }: Voice,
  scale: LogScale,
  { lowMinor, highMinor }: Thresholds,
): Html {
  const line = (name: keyof typeof PRICE_ROWS, minor: number) => {
    const place = toPercent(scale, minor)
    return html`<line x1="${percent(place)}" x2="${percent(place)}" y1="${PRICE_ROWS[name] + 5}" y2="${FLOOR}"/>
<text x="${percent(place)}" y="${PRICE_ROWS[name]}" text-anchor="${anchorOf(place)}">${formats.price(minor)}</text>`
  }
  return html`<svg class="lines" width="100%" height="${CHART_HEIGHT}" role="img" aria-label="${words.thresholds.chart}">
${line('low', lowMinor)}${line('high', highMinor)}
</svg>`
}

/** Places are in percent, so that no script need size it. */
function renderBars(
  { formats }: Voice,
  distribution: Distribution,
  scale: LogScale,
  { lowMinor, highMinor }: Thresholds,
): Html {
  const bars = toBins(distribution, scale).filter(isDrawn)
  const most = Math.max(...bars.map(({ customers }) => customers))
  const heightOf = (customers: number) => (PLOT * customers) / most
  const [low, high] = [toPercent(scale, lowMinor), toPercent(scale, highMinor)]
  const clip = (band: Band, from: number, to: number) =>
    html`<clipPath id="in-${band}"><rect x="${percent(from)}" y="0" width="${percent(to - from)}" height="${CHART_HEIGHT}"/></clipPath>`
  const mark = (kind: 'median' | 'mean', minor: number | null) =>
    minor !== null &&
    minor > 0 &&
    html`<line class="aov-mark ${kind}" x1="${percent(toPercent(scale, minor))}" x2="${percent(toPercent(scale, minor))}" y1="${TOP}" y2="${FLOOR}"/>`
  const counts = roundTicks(0, most, 3).filter((count) => count > 0)
  return html`<svg class="bars" width="100%" height="${CHART_HEIGHT}" aria-hidden="true" focusable="false">
<defs><g id="bars">${bars.map((bar) => {
    const { left, width } = placeOf(bar, scale)
    const height = Math.max(1.5, heightOf(bar.customers))
    return (
      bar.customers > 0 &&
      html`<rect x="${percent(left + width * 0.05)}" width="${percent(width * 0.9)}" y="${at(FLOOR - height)}" height="${at(height)}"/>`
    )
  })}</g>${clip('low', 0, low)}${clip('mid', low, high)}${clip('high', high, 100)}</defs>
${counts.map((count) => html`<line class="grid" x1="0" x2="100%" y1="${at(FLOOR - heightOf(count))}" y2="${at(FLOOR - heightOf(count))}"/>`)}
<use href="#bars" class="band low" clip-path="url(#in-low)"/><use href="#bars" class="band mid" clip-path="url(#in-mid)"/><use href="#bars" class="band high" clip-path="url(#in-high)"/>
${counts.map((count) => html`<text class="tick" x="0" y="${at(FLOOR - heightOf(count) - 4)}">${formats.count(count)}</text>`)}
${mark('median', distribution.medianMinor)}${mark('mean', distribution.storeAovMinor)}
<line class="floor" x1="0" x2="100%" y1="${FLOOR}" y2="${FLOOR}"/>
${axisPrices(scale, formats.price).map(({ minor, isFine }) => {
  const place = toPercent(scale, minor)
  return html`<text class="tick${isFine && ' fine'}" x="${percent(place)}" y="${FLOOR + 29}" text-anchor="${anchorOf(place)}">${formats.price(minor)}</text>`
})}
</svg>`
}

/** Prices of the axis; fine ones are left out where there is little room. */
function axisPrices(scale: LogScale, toText: (minor: number) => string): { minor: number; isFine: boolean }[] {
  const prices = toAxisPrices(scale.fromMinor, scale.toMinor)
  const characters = prices.reduce((sum, price) => sum + toText(price).length, 0)
  const isDecade = (price: number) => /^10*$/.test(String(price))
  return prices
    .filter((price) => characters <= MOST_CHARACTERS || isDecade(price))
    .map((minor) => ({ minor, isFine: characters > FEW_CHARACTERS && !isDecade(minor) }))
}

function percent(number: number): string {
  return `${at(number)}%`
}
