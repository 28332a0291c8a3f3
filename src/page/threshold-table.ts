import type { Distribution } from '../core/distribution.ts'
import { toMajor } from '../core/money.ts'
import type { LogScale } from './browser/price-axis.ts'
import { toCsv } from './csv.ts'
import { type Html, html } from './html.ts'
import { urlOf } from './link.ts'
import { renderTable } from './table.ts'
import { type PriceBin, toScale, toTableBins } from './threshold-bins.ts'
import type { View } from './view.ts'

/** The distribution in few bins, and the way to the same as a file. */
export function renderDistributionTable(view: View, distribution: Distribution, scale: LogScale): Html {
  const { words, formats } = view
  const says = words.thresholds.table
  const shareOf = (customers: number) => (distribution.customers === 0 ? null : customers / distribution.customers)
  return html`<div class="behind"><details><summary>${words.table}</summary>
${renderTable(
  says.title,
  [
    { title: says.range },
    { title: says.customers, isNumber: true },
    { title: says.share, isNumber: true },
    { title: says.orders, isNumber: true },
    { title: says.revenue, isNumber: true },
  ],
  toTableBins(distribution, scale).map((bin) => [
    rangeText(view, bin),
    formats.count(bin.customers),
    formats.share(shareOf(bin.customers)),
    formats.count(bin.orders),
    formats.money(bin.revenueMinor),
  ]),
)}
</details><a href="${urlOf(view, '/thresholds/distribution.csv')}" download>${words.download}</a></div>`
}

/** The same rows for a spreadsheet; amounts in major units. */
export function distributionCsv(view: View, distribution: Distribution): string {
  const { words, account } = view
  const { from, to, customers, share, orders, revenue } = words.thresholds.table
  const scale = toScale(distribution)
  const bins = scale === null ? [] : toTableBins(distribution, scale)
  const major = (minor: number | null) => (minor === null ? null : toMajor(minor, account.currency))
  const names = [from, to].map((name) => `${name} (${account.currency})`)
  return toCsv(
    [...names, customers, share, orders, `${revenue} (${account.currency})`],
    bins.map((bin) => [
      major(bin.fromMinor),
      major(bin.toMinor),
      bin.customers,
      bin.customers / distribution.customers,
      bin.orders,
      major(bin.revenueMinor),
    ]),
  )
}

function rangeText({ words, formats }: View, { fromMinor, toMinor }: PriceBin): string {
  const { below, advice } = words.thresholds
  if (fromMinor === null) return toMinor === null ? advice.all : below(formats.price(toMinor))
  if (toMinor === null) return advice.from(formats.price(fromMinor))
  return advice.fromBelow(formats.price(fromMinor), formats.price(toMinor))
}
