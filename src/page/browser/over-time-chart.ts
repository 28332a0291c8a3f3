import { aovRange } from './aov-range.ts'
import { type Ink, keepDrawn, withAlpha } from './canvas.ts'
import { createBrowserFormats, type NumberFormat } from './number-format.ts'
import { readChart } from './read-data.ts'
import { type Chart, type ChartOptions, uPlot } from './uplot.ts'

/** A period that is no measure, by its place, and why. */
interface PeriodMark {
  readonly at: number
  readonly word: string
}

interface OverTime {
  readonly format: NumberFormat
  readonly labels: readonly string[]
  readonly ticks: readonly string[]
  readonly newAov: readonly (number | null)[]
  readonly recurringAov: readonly (number | null)[]
  readonly newOrders: readonly number[]
  readonly recurringOrders: readonly number[]
  readonly marks: readonly PeriodMark[]
  readonly words: Readonly<Record<'new' | 'recurring' | 'orders', string>>
}

const LINES_HEIGHT = 280
const BARS_HEIGHT = 110
const AXIS_WIDTH = 64
const CHARACTER_WIDTH = 7
const TICK_GAP = 18

/** Draws AOV of new and recurring customers as lines with the gap between them, and their orders as bars below. */
export function drawOverTime(): void {
  const chart = readChart<OverTime>('over-time')
  if (chart === null) return
  const { plot, readout, data } = chart
  const formats = createBrowserFormats(data.format)
  plot.hidden = false
  const lines = plot.appendChild(document.createElement('div'))
  const bars = plot.appendChild(document.createElement('div'))
  const sync = uPlot.sync('over-time')
  const positions = data.labels.map((_, index) => index)

  const tell = (index: number | null | undefined) => {
    if (index == null) {
      readout.textContent = ''
      return
    }
    const amount = (minor: number | null | undefined) => (minor == null ? '–' : formats.money(minor))
    const { words } = data
    readout.textContent = `${data.labels[index]} · ${words.new} ${amount(data.newAov[index])} · ${words.recurring} ${amount(data.recurringAov[index])}`
  }
  const common = (width: number, height: number, ink: Ink): Omit<ChartOptions, 'series'> => ({
    width,
    height,
    legend: { show: false },
    cursor: { sync: { key: sync.key }, y: false, drag: { x: false, y: false } },
    scales: { x: { time: false, range: [-0.6, positions.length - 0.4] } },
    axes: [
      {
        stroke: ink.color('soft'),
        font: ink.font,
        grid: { show: false },
        ticks: { show: false },
        splits: () => pickTicks(data.ticks, width),
        values: (_chart, splits) => splits.map((at) => data.ticks[at] ?? ''),
      },
      {
        stroke: ink.color('soft'),
        font: ink.font,
        size: AXIS_WIDTH,
        ticks: { show: false },
        grid: { stroke: ink.color('line'), width: 1, dash: [3, 4] },
      },
    ],
  })

  keepDrawn(lines, [positions, [...data.newAov], [...data.recurringAov]], (width, ink) => {
    const base = common(width, LINES_HEIGHT, ink)
    const [x = {}, y = {}] = base.axes ?? []
    const line = (name: 'new' | 'recurring') => ({
      label: data.words[name],
      stroke: ink.color(name),
      width: 2,
      spanGaps: false,
      points: { show: positions.length < 60, size: 6, fill: ink.color('paper') },
    })
    return {
      ...base,
      scales: {
        ...base.scales,
        y: { range: (_chart, low, high) => aovRange(low, high) },
      },
      axes: [x, { ...y, values: (_chart, splits) => splits.map((minor) => formats.price(minor)) }],
      series: [{}, line('new'), line('recurring')],
      bands: [
        { series: [1, 2], fill: withAlpha(ink.color('new'), 0.1), dir: -1 },
        { series: [2, 1], fill: withAlpha(ink.color('recurring'), 0.1), dir: -1 },
      ],
      hooks: {
        drawClear: [(drawn) => markPeriods(drawn, data, ink)],
        setCursor: [({ cursor }) => tell(cursor.idx)],
      },
    }
  })
  keepDrawn(bars, [positions, [...data.newOrders], [...data.recurringOrders]], (width, ink) => {
    const base = common(width, BARS_HEIGHT, ink)
    const [x = {}, y = {}] = base.axes ?? []
    const bar = (name: 'new' | 'recurring', align: -1 | 1) => ({
      label: data.words[name],
      stroke: ink.color(name),
      fill: withAlpha(ink.color(name), 0.65),
      width: 0,
      points: { show: false },
      paths: uPlot.paths.bars?.({ size: [0.38, 24], align }) ?? (() => null),
    })
    return {
      ...base,
      scales: { ...base.scales, y: { range: (_chart, _low, high) => [0, high * 1.1] } },
      axes: [
        { ...x, show: false },
        {
          ...y,
          label: data.words.orders,
          labelSize: 16,
          labelFont: ink.font,
          size: AXIS_WIDTH - 16,
          values: (_c, splits) => splits.map(formats.count),
          // There is no half an order.
          incrs: [1, 2, 5]
            .flatMap((step) => Array.from({ length: 9 }, (_, power) => step * 10 ** power))
            .sort((a, b) => a - b),
          space: 24,
        },
      ],
      series: [{}, bar('new', -1), bar('recurring', 1)],
    }
  })
}

/** As many periods as have room, evenly, the last one always. */
function pickTicks(labels: readonly string[], width: number): number[] {
  const count = labels.length
  const widest = Math.max(...labels.map(({ length }) => length), 1) * CHARACTER_WIDTH + TICK_GAP
  const every = Math.max(1, Math.ceil(count / Math.max(2, Math.floor((width - AXIS_WIDTH) / widest))))
  const ticks: number[] = []
  for (let index = count - 1; index >= 0; index -= every) ticks.unshift(index)
  return ticks
}

/** What is no measure stands on another ground, with a word why; the words of the first and the last run inwards. */
function markPeriods(chart: Chart, { labels, marks }: OverTime, ink: Ink): void {
  const { ctx, bbox } = chart
  ctx.save()
  for (const { at, word } of marks) {
    const left = chart.valToPos(at - 0.5, 'x', true)
    const right = chart.valToPos(at + 0.5, 'x', true)
    ctx.fillStyle = withAlpha(ink.color('soft'), 0.12)
    ctx.fillRect(left, bbox.top, right - left, bbox.height)
    ctx.fillStyle = ink.color('soft')
    ctx.font = scaleFont(ink.font)
    const isEarly = at < labels.length / 2
    ctx.textAlign = isEarly ? 'left' : 'right'
    ctx.textBaseline = 'top'
    ctx.fillText(word, isEarly ? left + 4 : right - 4, bbox.top + 4)
  }
  ctx.restore()
}

function scaleFont(font: string): string {
  return font.replace(/^\d+/, (size) => String(Number(size) * devicePixelRatio))
}
