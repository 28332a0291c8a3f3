import { currencyExponent, toMajor } from '../../core/money.ts'
import type { Distribution } from '../../core/numbers/distribution.ts'
import type { CrossedBands } from '../../core/thresholds/crossed-bands.ts'
import { renderBehind } from '../behind.ts'
import { toBandTexts } from '../browser/band-texts.ts'
import type { PresentBands } from '../browser/bands-yaml.ts'
import type { Thresholds } from '../browser/keep-apart.ts'
import type { LogScale } from '../browser/price-axis.ts'
import { toPriceText } from '../browser/price-text.ts'
import { splitBands } from '../browser/split-bands.ts'
import type { ThresholdsData } from '../browser/thresholds-data.ts'
import { dataElement, type Html, html } from '../html.ts'
import { urlOf } from '../link.ts'
import { rangeTemplates, renderBandFigures } from '../numbers/band-figures.ts'
import { toScale } from '../numbers/distribution-bins.ts'
import { renderDistributionChart } from '../numbers/distribution-chart.ts'
import { renderDistributionTable } from '../numbers/distribution-table.ts'
import type { View } from '../view.ts'
import { renderBandsOffer } from './bands-offer.ts'
import { renderCrossedBands } from './crossed-bands.ts'
import type { Start } from './start-thresholds.ts'
import { renderHandles } from './threshold-handles.ts'

/** The customers of a shop by AOV with two thresholds to move, what each band holds, advice, and what to configure. */
export interface ThresholdsPage extends Start {
  readonly distribution: Distribution
  /** Borders of the account's bands that cross. */
  readonly crossed: CrossedBands | null
  readonly present: PresentBands
  /** Where the account's bands part, in minor units; null: nowhere. */
  readonly today: readonly [number, number] | null
  /** The advice, where it is there already. */
  readonly advice: Html | null
}

/** Everything about thresholds. With nobody to cut there is only a sentence. */
export function renderThresholds(view: View, page: ThresholdsPage): Html {
  const { distribution, thresholds, rounded, remarks, crossed, present, today, advice } = page
  const { words, formats } = view
  const says = words.thresholds
  const scale = toScale(distribution)
  if (scale === null) return html`<p class="lead">${says.intro}</p><p class="soft">${says.none}</p>`
  return html`<p class="lead">${says.intro}</p>
${renderCrossedBands(view, crossed, view.account.timezone)}
${rounded !== null && html`<p class="soft">${says.rounded(formats.price(rounded[0]), formats.price(rounded[1]))}</p>`}
<section id="thresholds" aria-labelledby="thresholds-title">
<h2 id="thresholds-title">${says.chart}</h2>
${renderChart(view, distribution, scale, thresholds)}
${renderBehind(view, renderDistributionTable(view, distribution, scale), urlOf(view, '/distribution.csv'))}
${renderBandFigures(view, distribution, thresholds)}
${renderForm(view, thresholds, remarks)}
</section>
<section id="advice" aria-labelledby="advice-title" data-url="${urlOf(view, '/thresholds/advice')}" data-waiting="${says.advice.waiting}" data-failed="${says.advice.failed}">
<h2 id="advice-title">${says.advice.title}</h2>
<p class="soft">${says.advice.intro}</p>
<div id="advice-body">${advice ?? html`<p><a href="${urlOf(view, '/thresholds', { ...view.query, advice: 'yes' })}">${says.advice.show}</a></p>`}</div>
</section>
${renderBandsOffer(view, present, today, thresholds, splitBands(distribution.cells, thresholds.lowMinor, thresholds.highMinor))}
${dataElement('thresholds-data', toBrowserData(view, page, scale))}`
}

function renderChart(view: View, distribution: Distribution, scale: LogScale, thresholds: Thresholds): Html {
  const { words, formats, account } = view
  const says = words.thresholds
  const { lowMinor, highMinor } = thresholds
  const texts = toBandTexts(splitBands(distribution.cells, lowMinor, highMinor), formats)
  const major = (minor: number) => toMajor(minor, account.currency)
  const handles = renderHandles(scale, thresholds, says.chart, {
    low: {
      label: says.lowThreshold,
      valueText: says.lowValue(formats.price(lowMinor), texts.low.customers, texts.low.customerShare),
      price: formats.price(lowMinor),
      now: major(lowMinor),
      least: major(scale.fromMinor),
      most: major(highMinor),
    },
    high: {
      label: says.highThreshold,
      valueText: says.highValue(formats.price(highMinor), texts.high.customers, texts.high.customerShare),
      price: formats.price(highMinor),
      now: major(highMinor),
      least: major(lowMinor),
      most: major(scale.toMinor),
    },
  })
  return renderDistributionChart(view, distribution, scale, thresholds, handles)
}

/** Works without a script too: then it asks for the page again, and says where the lines stood. */
function renderForm(view: View, { lowMinor, highMinor }: Thresholds, remarks: Start['remarks']): Html {
  const { words, formats, account, accounts } = view
  const field = (name: 'low' | 'high', label: string, minor: number) => {
    const text = toPriceText(minor, currencyExponent(account.currency))
    const remark = remarks[name]
    const said = remark === null ? '' : words.thresholds.remarks[remark.kind](remark.typed, formats.price(remark.minor))
    return html`<div class="field"><label for="${name}">${label} <span class="soft">${account.currency}</span></label><input id="${name}" name="${name}" inputmode="decimal" autocomplete="off" required value="${text}" aria-describedby="${name}-said"><input type="hidden" name="${name}-before" value="${text}">
<p class="said" id="${name}-said" role="status">${said}</p></div>`
  }
  return html`<form method="get" action="/thresholds" class="threshold-form" id="thresholds-form">
${accounts.length > 1 && html`<input type="hidden" name="account" value="${account.key}">`}
${field('low', words.thresholds.lowThreshold, lowMinor)}${field('high', words.thresholds.highThreshold, highMinor)}
<button>${words.thresholds.apply}</button>
</form>`
}

/** What the browser counts with; sentences have gaps where its numbers go. */
function toBrowserData(
  view: View,
  { distribution, thresholds, present }: ThresholdsPage,
  scale: LogScale,
): ThresholdsData {
  const { words, formats } = view
  const { lowValue, highValue, remarks } = words.thresholds
  const kinds = Object.keys(remarks) as (keyof typeof remarks)[]
  return {
    style: formats.browser,
    ...{ scale, present, ...thresholds },
    ranges: rangeTemplates(view),
    valueTexts: {
      low: lowValue('{price}', '{customers}', '{share}'),
      high: highValue('{price}', '{customers}', '{share}'),
    },
    remarks: Object.fromEntries(
      kinds.map((kind) => [kind, remarks[kind]('{typed}', '{price}')]),
    ) as ThresholdsData['remarks'],
    cells: distribution.cells.map(({ fromMinor, isPoint, customers, orders, revenueMinor }) => [
      fromMinor,
      isPoint ? 1 : 0,
      customers,
      orders,
      revenueMinor,
    ]),
  }
}
