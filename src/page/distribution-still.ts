import type { Distribution } from '../core/distribution.ts'
import { type Bin, positionOf } from './browser/log-scale.ts'
import { roundAmounts } from './browser/round-amounts.ts'
import type { DistributionBin } from './distribution-bins.ts'
import { type Html, html } from './html.ts'
import { at, roundTicks } from './scale.ts'
import type { Voice } from './view.ts'

const WIDTH = 720
const LEFT = 56
const TOP = 26
const BOTTOM = 216
const HEIGHT = 238

/** The bars of the distribution with the bands behind them, as a picture that needs no script. `borders`: minor units. */
export function drawDistribution(
  { formats }: Voice,
  { storeAovMinor, medianMinor }: Distribution,
  bins: readonly DistributionBin[],
  borders: readonly [low: number, high: number],
): Html {
  const scale = bins.map(({ fromMinor, toMinor, customers }): Bin => [fromMinor, toMinor, customers])
  const most = Math.max(1, ...bins.map(({ customers }) => customers))
  const each = (WIDTH - LEFT) / bins.length
  const x = (minor: number) => LEFT + positionOf(minor, scale) * each
  const y = (customers: number) => BOTTOM - (customers / (most * 1.05)) * (BOTTOM - TOP)
  const edges = [LEFT, ...borders.map(x), WIDTH]
  const line = (name: string, minor: number) =>
    html`<line class="${name}" x1="${at(x(minor))}" x2="${at(x(minor))}" y1="${TOP}" y2="${BOTTOM}"/>`
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true" focusable="false">
${(['low', 'mid', 'high'] as const).map((band, index) => {
  const [from = LEFT, to = LEFT] = edges.slice(index)
  return html`<rect class="band ${band}" x="${at(from)}" y="${TOP}" width="${at(to - from)}" height="${BOTTOM - TOP}"/>`
})}
${roundTicks(0, most, 4).map(
  (count) =>
    html`<line class="grid" x1="${LEFT}" x2="${WIDTH}" y1="${at(y(count))}" y2="${at(y(count))}"/><text x="${LEFT - 8}" y="${at(y(count) + 4)}" text-anchor="end">${formats.count(count)}</text>`,
)}
${bins.map(
  ({ customers }, index) =>
    customers > 0 &&
    html`<rect class="bar spread" x="${at(LEFT + (index + 0.05) * each)}" y="${at(y(customers))}" width="${at(each * 0.9)}" height="${at(BOTTOM - y(customers))}"/>`,
)}
${[storeAovMinor, medianMinor].map((minor) => minor !== null && line('amount', minor))}
${borders.map(
  (minor, index) =>
    html`${line('border', minor)}<text class="strong" x="${at(x(minor) + (index === 0 ? -4 : 4))}" y="${TOP - 8}" text-anchor="${index === 0 ? 'end' : 'start'}">${formats.price(minor)}</text>`,
)}
${roundAmounts(scale, WIDTH - LEFT).map((minor) => html`<text x="${at(x(minor))}" y="${HEIGHT - 4}" text-anchor="middle">${formats.price(minor)}</text>`)}
</svg>`
}
