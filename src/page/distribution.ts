import type { Distribution } from '../core/distribution.ts'
import { roundToPrice } from '../core/price.ts'
import { type Bands, splitBands, toBorder } from './browser/split-bands.ts'
import { type DistributionBin, toBins } from './distribution-bins.ts'
import { drawDistribution } from './distribution-still.ts'
import { renderFigure } from './figure.ts'
import { type Html, html } from './html.ts'
import { renderTable } from './table.ts'
import type { Voice } from './view.ts'

/** Where the bands part, and where that comes from. */
export interface BandBorders {
  readonly lowMinor: number
  readonly highMinor: number
  readonly origin: 'configured' | 'example' | 'chosen'
}

/**
 * Customers by their AOV, with bands that move. Without a script the borders are set by the form. `asked` null, as in a report:
 * without the table, and the borders stay as they are.
 */
export function renderDistribution(
  voice: Voice,
  distribution: Distribution,
  borders: BandBorders,
  asked: { csvUrl: string; form: Html } | null,
): Html {
  const { words, formats } = voice
  const says = words.distribution
  if (distribution.cells.length === 0) return html`<p class="soft">${says.none}</p>`
  const bins = toBins(distribution.cells)
  const { lowMinor, highMinor, origin } = borders
  const { storeAovMinor, medianMinor } = distribution
  return html`${renderFigure(voice, {
    id: 'distribution',
    label: says.chart,
    legend: html`<span class="soft">${medianMinor !== null && says.median(formats.money(medianMinor))} · ${storeAovMinor !== null && says.storeAov(formats.money(storeAovMinor))}</span> <span class="readout" aria-hidden="true"></span>`,
    behind: asked && { table: renderDistributionTable(voice, bins), csvUrl: asked.csvUrl },
    still: drawDistribution(voice, distribution, bins, [lowMinor, highMinor]),
    data: {
      format: formats.browser,
      bins: bins.map(({ fromMinor, toMinor, customers }) => [fromMinor, toMinor, customers]),
      cells: distribution.cells.map((cell) => [
        cell.fromMinor,
        cell.isPoint ? 1 : 0,
        cell.customers,
        cell.orders,
        cell.revenueMinor,
      ]),
      lowMinor,
      highMinor,
      isFixed: asked === null,
      storeAovMinor,
      medianMinor,
      words: {
        lower: says.lower,
        upper: says.upper,
        customers: words.numbers.customers,
        shop: storeAovMinor === null ? '' : says.storeAov(formats.money(storeAovMinor)),
        median: medianMinor === null ? '' : says.median(formats.money(medianMinor)),
        // Templates: what stands for an amount is put in by who moves the borders.
        ranges: {
          low: says.ranges.low('{low}'),
          mid: says.ranges.mid('{low}', '{high}'),
          high: says.ranges.high('{high}'),
        },
      },
    },
  })}
${asked?.form}
<h3>${says.bands}</h3>
<p class="soft" id="borders-origin" data-chosen="${says.chosen}">${says[origin]}</p>
${renderBands(voice, splitBands(distribution.cells, lowMinor, highMinor), distribution, borders)}`
}

/** Borders to begin with: as asked for, as configured, or thirds of the customers at round prices. */
export function chooseBorders(
  { cells, customers }: Distribution,
  chosen: readonly [number, number] | null,
  configured: readonly [number, number] | null,
): BandBorders {
  const [low, high] = chosen ?? configured ?? [quantile(1 / 3), quantile(2 / 3)]
  const origin = chosen !== null ? 'chosen' : configured !== null ? 'configured' : 'example'
  const lowMinor = toBorder(low)
  return { lowMinor, highMinor: Math.max(lowMinor, toBorder(high)), origin }

  function quantile(share: number): number {
    let passed = 0
    for (const cell of cells) {
      passed += cell.customers
      if (passed >= share * customers) return roundToPrice(cell.fromMinor).minor
    }
    return 0
  }
}

function renderBands(
  { words, formats }: Voice,
  bands: Bands,
  total: Distribution,
  { lowMinor, highMinor }: BandBorders,
): Html {
  const says = words.distribution
  const [low, high] = [formats.price(lowMinor), formats.price(highMinor)]
  const ranges = { low: says.ranges.low(low), mid: says.ranges.mid(low, high), high: says.ranges.high(high) }
  const share = (part: number, whole: number) => formats.share(whole === 0 ? null : part / whole)
  const { columns } = says
  return html`<div id="bands">${renderTable(
    says.bands,
    [
      { title: columns.band },
      { title: columns.range },
      { title: columns.customers, isNumber: true },
      { title: columns.customerShare, isNumber: true },
      { title: columns.orders, isNumber: true },
      { title: columns.orderShare, isNumber: true },
      { title: columns.revenue, isNumber: true },
      { title: columns.revenueShare, isNumber: true },
    ],
    (['low', 'mid', 'high'] as const).map((name) => {
      const { customers, orders, revenueMinor } = bands[name]
      const cell = (what: string, text: string) => html`<span data-band="${name}" data-shows="${what}">${text}</span>`
      return [
        html`<span class="swatch ${name}"></span>${says.band[name]}`,
        cell('range', ranges[name]),
        cell('customers', formats.count(customers)),
        cell('customer-share', share(customers, total.customers)),
        cell('orders', formats.count(orders)),
        cell('order-share', share(orders, total.orders)),
        cell('revenue', formats.money(revenueMinor)),
        cell('revenue-share', share(revenueMinor, total.revenueMinor)),
      ]
    }),
  )}</div>`
}

/** The bars as a table, from the lowest. */
export function renderDistributionTable({ words, formats }: Voice, bins: readonly DistributionBin[]): Html {
  const { from, below, columns } = words.distribution
  return renderTable(
    words.distribution.title,
    [from, below, columns.customers, columns.orders, columns.revenue].map((title) => ({ title, isNumber: true })),
    bins.map(({ fromMinor, toMinor, customers, orders, revenueMinor }) => [
      formats.price(fromMinor),
      formats.price(toMinor),
      formats.count(customers),
      formats.count(orders),
      formats.money(revenueMinor),
    ]),
  )
}
