import type { Distribution } from '../../core/numbers/distribution.ts'
import { renderBehind } from '../behind.ts'
import { type Html, html } from '../html.ts'
import type { Borders } from '../thresholds/start-thresholds.ts'
import type { Voice } from '../view.ts'
import { renderBandFigures } from './band-figures.ts'
import { toScale } from './distribution-bins.ts'
import { renderBorderLines, renderDistributionChart } from './distribution-chart.ts'
import { renderDistributionTable } from './distribution-table.ts'

/**
 * Customers by their AOV with the bands as they are. `asked` null, as in a report: nothing leads elsewhere, and the table of
 * the chart stands where the report puts it.
 */
export function renderDistribution(
  voice: Voice,
  distribution: Distribution,
  borders: Borders,
  asked: { readonly csvUrl: string; readonly moveUrl: string } | null,
): Html {
  const { words, formats } = voice
  const says = words.distribution
  const { thresholds, rounded, isExample } = borders
  if (distribution.customers === 0) return html`<p class="soft">${says.none}</p>`
  const scale = toScale(distribution)
  const behind =
    asked !== null && renderBehind(voice, renderDistributionTable(voice, distribution, scale), asked.csvUrl)
  if (scale === null) {
    return html`<p class="soft">${words.thresholds.nothing(formats.count(distribution.customers))}</p>${behind}`
  }
  const lines = renderBorderLines(voice, scale, thresholds)
  return html`${renderDistributionChart(voice, distribution, scale, thresholds, lines)}
${behind}
<p class="soft">${isExample ? says.example : says.configured} ${rounded !== null && words.thresholds.rounded(formats.price(rounded[0]), formats.price(rounded[1]))}</p>
${asked !== null && html`<p><a class="button" href="${asked.moveUrl}">${says.move}</a></p>`}
${renderBandFigures(voice, distribution, thresholds)}
`
}
