import type { Distribution } from '../../core/numbers/distribution.ts'
import type { LogScale } from '../browser/price-axis.ts'
import type { Html } from '../html.ts'
import { renderTable } from '../table.ts'
import type { Voice } from '../view.ts'
import { type AovBin, toBins } from './distribution-bins.ts'

/** Customers by AOV in the bins of the chart, from the lowest. */
export function renderDistributionTable(voice: Voice, distribution: Distribution, scale: LogScale | null): Html {
  const { words, formats } = voice
  const says = words.thresholds.table
  return renderTable(
    says.title,
    [
      { title: says.range },
      { title: says.customers, isNumber: true },
      { title: says.share, isNumber: true },
      { title: says.orders, isNumber: true },
      { title: says.revenue, isNumber: true },
    ],
    toBins(distribution, scale).map((bin) => [
      rangeText(voice, bin),
      formats.count(bin.customers),
      formats.share(bin.customers / distribution.customers),
      formats.count(bin.orders),
      formats.money(bin.revenueMinor),
    ]),
  )
}

function rangeText({ words, formats }: Voice, { fromMinor, toMinor }: AovBin): string {
  const { below, advice } = words.thresholds
  if (fromMinor === null) return toMinor === null ? advice.all : below(formats.price(toMinor))
  if (toMinor === null) return advice.from(formats.price(fromMinor))
  return advice.fromBelow(formats.price(fromMinor), formats.price(toMinor))
}
