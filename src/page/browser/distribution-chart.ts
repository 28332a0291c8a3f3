import { type BorderSlider, createBorderSlider } from './border-slider.ts'
import { type Ink, keepDrawn, withAlpha } from './canvas.ts'
import { amountAt, type Bin, positionOf } from './log-scale.ts'
import { createBrowserFormats, type NumberFormat } from './number-format.ts'
import { readChart } from './read-data.ts'
import { roundAmounts } from './round-amounts.ts'
import { showBands } from './show-bands.ts'
import { type Cell, splitBands, toBorder } from './split-bands.ts'
import { type Chart, type ChartOptions, uPlot } from './uplot.ts'

interface DistributionData {
  readonly format: NumberFormat
  readonly bins: readonly Bin[]
  readonly cells: readonly (readonly [
    fromMinor: number,
    isPoint: number,
    customers: number,
    orders: number,
    revenueMinor: number,
  ])[]
  readonly lowMinor: number
  readonly highMinor: number
  /** Whether the borders move, or are told as they are. */
  readonly isFixed: boolean
  readonly storeAovMinor: number | null
  readonly medianMinor: number | null
  readonly words: {
    readonly lower: string
    readonly upper: string
    readonly customers: string
    readonly shop: string
    readonly median: string
    readonly ranges: Readonly<Record<'low' | 'mid' | 'high', string>>
  }
}

const HEIGHT = 300
const AXIS_WIDTH = 56
/** Room above the bars for the words of the sliders. */
const TOP = 34

/** Draws customers by AOV, and lets a reader move the borders between the bands: what each holds is shown at once. */
export function drawDistribution(): void {
  const found = readChart<DistributionData>('distribution')
  if (found === null) return
  const { plot, readout, data } = found
  const { bins, words } = data
  const formats = createBrowserFormats(data.format)
  const cells = data.cells.map(
    ([fromMinor, isPoint, customers, orders, revenueMinor]): Cell => ({
      ...{ fromMinor, isPoint: isPoint === 1 },
      ...{ customers, orders, revenueMinor },
    }),
  )
  const lowest = Math.max(toBorder(bins[0]?.[0] ?? 0), 0)
  const highest = toBorder(bins.at(-1)?.[1] ?? 0)
  const inside = (minor: number) => Math.min(Math.max(minor, lowest), highest)
  let [low, high] = [inside(data.lowMinor), inside(data.highMinor)]
  let chart: Chart | null = null

  const amountUnder = (clientX: number) => {
    const over = chart?.over.getBoundingClientRect()
    if (over === undefined || over.width === 0) return low
    return amountAt(((clientX - over.left) / over.width) * bins.length, bins)
  }
  const sliders = plot.parentElement?.appendChild(document.createElement('div'))
  const lower = createBorderSlider(words.lower, amountUnder, (minor) => move(inside(Math.min(minor, high)), high))
  const upper = createBorderSlider(words.upper, amountUnder, (minor) => move(low, inside(Math.max(minor, low))))
  sliders?.append(lower.element, upper.element)
  // Then they are no more than two lines with their amounts.
  if (sliders !== undefined) sliders.inert = data.isFixed
  const fields = (['low', 'high'] as const).map((id) => document.getElementById(id) as HTMLInputElement | null)
  for (const field of fields) field?.addEventListener('input', readFields)

  keepDrawn(plot, [bins.map((_, index) => index), bins.map(([, , customers]) => customers)], options, (drawn) => {
    chart = drawn
    place()
  })

  function options(width: number, ink: Ink): ChartOptions {
    return {
      width,
      height: HEIGHT,
      padding: [TOP, 12, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      scales: { x: { time: false, range: [0, bins.length] }, y: { range: (_c, _low, top) => [0, top * 1.05] } },
      axes: [
        {
          ...{ stroke: ink.color('soft'), font: ink.font, grid: { show: false }, ticks: { show: false } },
          splits: () => roundAmounts(bins, width - AXIS_WIDTH).map((minor) => positionOf(minor, bins)),
          values: () => roundAmounts(bins, width - AXIS_WIDTH).map(formats.price),
        },
        {
          ...{ stroke: ink.color('soft'), font: ink.font, size: AXIS_WIDTH, ticks: { show: false } },
          grid: { stroke: ink.color('line'), width: 1, dash: [3, 4] },
          values: (_chart, splits) => splits.map(formats.count),
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6],
        },
      ],
      series: [
        {},
        {
          ...{
            label: words.customers,
            stroke: ink.color('spread'),
            fill: withAlpha(ink.color('spread'), 0.8),
            width: 0,
          },
          points: { show: false },
          paths: uPlot.paths.bars?.({ size: [0.9, Number.POSITIVE_INFINITY], align: 1 }) ?? (() => null),
        },
      ],
      hooks: {
        drawClear: [(drawn) => shade(drawn, ink)],
        draw: [(drawn) => markAmounts(drawn, ink)],
        setCursor: [({ cursor, posToVal }) => tell(cursor.left === undefined ? null : posToVal(cursor.left, 'x'))],
      },
    }
  }

  /** The bands as grounds of one colour, each a little stronger. */
  function shade(drawn: Chart, ink: Ink): void {
    const { ctx, bbox } = drawn
    const edges = [0, positionOf(low, bins), positionOf(high, bins), bins.length].map((at) =>
      drawn.valToPos(at, 'x', true),
    )
    ctx.save()
    for (const [index, alpha] of [0.03, 0.11, 0.22].entries()) {
      const [left = 0, right = 0] = edges.slice(index)
      ctx.fillStyle = withAlpha(ink.color('spread'), alpha)
      ctx.fillRect(left, bbox.top, right - left, bbox.height)
    }
    ctx.restore()
  }

  function markAmounts(drawn: Chart, ink: Ink): void {
    const { ctx, bbox } = drawn
    ctx.save()
    ctx.strokeStyle = ink.color('ink')
    ctx.setLineDash([2 * devicePixelRatio, 4 * devicePixelRatio])
    ctx.lineWidth = devicePixelRatio
    for (const minor of [data.storeAovMinor, data.medianMinor]) {
      if (minor === null) continue
      const x = drawn.valToPos(positionOf(minor, bins), 'x', true)
      ctx.beginPath()
      ctx.moveTo(x, bbox.top)
      ctx.lineTo(x, bbox.top + bbox.height)
      ctx.stroke()
    }
    ctx.restore()
  }

  function tell(position: number | null): void {
    const bin = position === null || position < 0 ? undefined : bins[Math.floor(position)]
    readout.textContent =
      bin === undefined
        ? ''
        : `${formats.price(bin[0])} – ${formats.price(bin[1])}: ${formats.count(bin[2])} ${words.customers.toLowerCase()}`
  }

  function readFields(): void {
    const [lowMinor, highMinor] = fields.map((field) => Math.round(Number(field?.value) * 10 ** data.format.decimals))
    if (lowMinor === undefined || highMinor === undefined || Number.isNaN(lowMinor + highMinor)) return
    if (lowMinor > highMinor) return
    low = toBorder(lowMinor)
    high = toBorder(highMinor)
    place()
  }

  function move(lowMinor: number, highMinor: number): void {
    if (lowMinor === low && highMinor === high) return
    low = lowMinor
    high = highMinor
    for (const [field, minor] of [[fields[0], low] as const, [fields[1], high] as const]) {
      if (field != null) field.value = (minor / 10 ** data.format.decimals).toFixed(data.format.decimals)
    }
    const origin = document.getElementById('borders-origin')
    if (origin !== null) origin.textContent = origin.dataset['chosen'] ?? ''
    place()
  }

  /** Everything that follows from the borders. */
  function place(): void {
    const bands = splitBands(cells, low, high)
    showBands(bands, formats, words.ranges, { low, high })
    if (chart === null) return
    const { left, width } = chart.over.getBoundingClientRect()
    const offset = left - (sliders?.getBoundingClientRect().left ?? left)
    const put = (slider: BorderSlider, minor: number, from: number, to: number, range: string) =>
      slider.show({
        ...{ minor, lowestMinor: from, highestMinor: to, label: formats.price(minor) },
        left: offset + (positionOf(minor, bins) / bins.length) * width,
        text: `${formats.price(minor)}: ${range}`,
      })
    const customers = (count: number) => `${formats.count(count)} ${words.customers.toLowerCase()}`
    put(lower, low, lowest, high, customers(bands.low.customers))
    put(upper, high, low, highest, customers(bands.high.customers))
    chart.redraw(false)
  }
}
