import type { Overview } from '../../core/numbers/overview.ts'
import { aovRange } from '../browser/aov-range.ts'
import { type Html, html } from '../html.ts'
import { at, roundTicks, thinOut } from '../scale.ts'
import type { Voice } from '../view.ts'
import type { PeriodMark } from './period-marks.ts'

const WIDTH = 720
const LEFT = 68
/** Half of the last word below. */
const RIGHT = 700
const LINES = { top: 8, bottom: 200 }
const BARS = { top: 216, bottom: 272 }
const HEIGHT = 294
const LABEL_WIDTH = 62
const MOST_DOTS = 60

const KINDS = ['new', 'recurring'] as const

/** The lines of AOV with the bars of orders below, as a picture that needs no script: for paper and for who has none. */
export function drawOverTime({ words, formats }: Voice, { periods, by }: Overview, marks: readonly PeriodMark[]): Html {
  const values = periods.flatMap((one) => KINDS.flatMap((kind) => one[kind].aovMinor ?? []))
  const [low, high] = aovRange(Math.min(...values), Math.max(...values))
  const most = Math.max(1, ...periods.flatMap((one) => KINDS.map((kind) => one[kind].orders)))
  const each = (RIGHT - LEFT) / Math.max(periods.length, 1)
  const x = (index: number) => LEFT + (index + 0.5) * each
  const y = (minor: number) => LINES.bottom - ((minor - low) / (high - low)) * (LINES.bottom - LINES.top)
  const barHeight = (orders: number) => (orders / most) * (BARS.bottom - BARS.top)
  const ticks = values.length === 0 ? [] : roundTicks(low, high, 5)
  const width = Math.min(each * 0.38, 24)
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true" focusable="false">
${marks.map(({ at: index }) => html`<rect class="ground" x="${at(x(index) - each / 2)}" y="${LINES.top}" width="${at(each)}" height="${LINES.bottom - LINES.top}"/>`)}
${ticks.map(
  (minor) =>
    html`<line class="grid" x1="${LEFT}" x2="${RIGHT}" y1="${at(y(minor))}" y2="${at(y(minor))}"/><text x="${LEFT - 8}" y="${at(y(minor) + 4)}" text-anchor="end">${formats.price(minor)}</text>`,
)}
${KINDS.map((kind) => drawLine(kind))}
${marks.map(({ at: index, word }) => {
  const isEarly = index < periods.length / 2
  const from = x(index) + (isEarly ? 4 - each / 2 : each / 2 - 4)
  return html`<text x="${at(from)}" y="${LINES.top + 12}" text-anchor="${isEarly ? 'start' : 'end'}">${word}</text>`
})}
<line class="grid" x1="${LEFT}" x2="${RIGHT}" y1="${BARS.bottom}" y2="${BARS.bottom}"/>
<text x="${LEFT - 8}" y="${BARS.top + 8}" text-anchor="end">${formats.count(most)}</text><text x="${LEFT - 8}" y="${BARS.bottom}" text-anchor="end">${words.overTime.orders}</text>
${KINDS.map((kind, side) =>
  periods.map(({ [kind]: { orders } }, index) => {
    const height = barHeight(orders)
    return (
      orders > 0 &&
      html`<rect class="bar ${kind}" x="${at(x(index) + (side - 1) * width)}" y="${at(BARS.bottom - height)}" width="${at(width)}" height="${at(height)}"/>`
    )
  }),
)}
${thinOut(periods.length, (RIGHT - LEFT) / LABEL_WIDTH).map((index) => html`<text x="${at(x(index))}" y="${HEIGHT - 4}" text-anchor="middle">${formats.tick(periods[index]?.period ?? '', by)}</text>`)}
</svg>`

  /** Periods without an order interrupt it; one that stands alone is a dot. */
  function drawLine(kind: (typeof KINDS)[number]): Html {
    const points = periods.map(({ [kind]: { aovMinor } }, index) =>
      aovMinor === null ? null : `${at(x(index))} ${at(y(aovMinor))}`,
    )
    const path = points.map((point, index) =>
      point === null ? '' : `${points[index - 1] == null ? 'M' : 'L'}${point}`,
    )
    const dots = points.filter(
      (point, index) =>
        point !== null && (points.length < MOST_DOTS || (points[index - 1] == null && points[index + 1] == null)),
    )
    return html`<path class="line ${kind}" d="${path.join('')}"/>${dots.map((point) => {
      const [cx = '', cy = ''] = (point ?? '').split(' ')
      return html`<circle class="dot ${kind}" cx="${cx}" cy="${cy}" r="3"/>`
    })}`
  }
}
