import type { Distribution } from '../core/distribution.ts'
import { currencyExponent, toMajor } from '../core/money.ts'
import { renderShares } from './band-shares.ts'
import { BANDS, type Band, FIGURES, toBandTexts } from './browser/band-texts.ts'
import { toBandsYaml } from './browser/bands-yaml.ts'
import type { Thresholds } from './browser/keep-apart.ts'
import type { LogScale } from './browser/price-axis.ts'
import { toPriceText } from './browser/price-text.ts'
import { splitBands } from './browser/split-bands.ts'
import { fillTemplate } from './browser/template.ts'
import { dataElement, type Html, html } from './html.ts'
import { urlOf } from './link.ts'
import { renderTable } from './table.ts'
import { toScale } from './threshold-bins.ts'
import { renderBars, renderHandles } from './threshold-chart.ts'
import { renderDistributionTable } from './threshold-table.ts'
import type { View } from './view.ts'

/** The customers of a shop by AOV with two thresholds to move, what each band holds, advice, and what to configure. */
export interface ThresholdsPage {
  readonly distribution: Distribution
  /** Of three significant digits, the first below the second. */
  readonly thresholds: Thresholds
  /** The account's bands where the thresholds cannot stand exactly there; minor units. */
  readonly rounded: readonly [number, number] | null
  /** The advice, where it is there already. */
  readonly advice: Html | null
}

/** Everything about thresholds. With nobody to cut there is only a sentence. */
export function renderThresholds(view: View, { distribution, thresholds, rounded, advice }: ThresholdsPage): Html {
  const { words, formats } = view
  const says = words.thresholds
  const scale = toScale(distribution)
  if (scale === null) return html`<p class="lead">${says.intro}</p><p class="soft">${says.none}</p>`
  return html`<p class="lead">${says.intro}</p>
${rounded !== null && html`<p class="soft">${says.rounded(formats.price(rounded[0]), formats.price(rounded[1]))}</p>`}
<section id="thresholds" aria-labelledby="thresholds-title">
<h2 id="thresholds-title">${says.chart}</h2>
${renderChart(view, distribution, scale, thresholds)}
${renderFigures(view, distribution, thresholds)}
${renderForm(view, thresholds)}
${renderDistributionTable(view, distribution, scale)}
</section>
<section id="advice" aria-labelledby="advice-title" data-url="${urlOf(view, '/thresholds/advice')}" data-waiting="${says.advice.waiting}" data-failed="${says.advice.failed}">
<h2 id="advice-title">${says.advice.title}</h2>
<p class="soft">${says.advice.intro}</p>
<div id="advice-body">${advice ?? html`<p><a href="${urlOf(view, '/thresholds', { ...view.query, advice: 'yes' })}">${says.advice.show}</a></p>`}</div>
</section>
${renderYaml(view, thresholds)}
${dataElement('thresholds-data', toBrowserData(view, distribution, scale))}`
}

function renderChart(view: View, distribution: Distribution, scale: LogScale, thresholds: Thresholds): Html {
  const { words, formats, account } = view
  const says = words.thresholds
  const { lowMinor, highMinor } = thresholds
  const texts = toBandTexts(splitBands(distribution.cells, lowMinor, highMinor), formats)
  const major = (minor: number) => toMajor(minor, account.currency)
  const beyond = distribution.cells.reduce((sum, cell) => sum + (cell.fromMinor > 0 ? 0 : cell.customers), 0)
  return html`<figure class="distribution">
<div class="aov-chart">${renderBars(view, distribution, scale, thresholds)}${renderHandles(
    scale,
    thresholds,
    says.chart,
    {
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
    },
  )}</div>
<figcaption class="soft">${says.axis}
<ul class="aov-marks"><li class="median">${says.median(formats.money(distribution.medianMinor))}</li><li class="mean">${says.mean(formats.money(distribution.storeAovMinor))}</li></ul>
${beyond > 0 && html`<p>${says.nothing(formats.count(beyond))}</p>`}</figcaption>
</figure>`
}

/** Works without a script too: then it asks for the page again. */
function renderForm(view: View, { lowMinor, highMinor }: Thresholds): Html {
  const { words, account, accounts } = view
  const decimals = currencyExponent(account.currency)
  const field = (name: 'low' | 'high', label: string, minor: number) =>
    html`<p class="field"><label for="${name}">${label} <span class="soft">${account.currency}</span></label><input id="${name}" name="${name}" inputmode="decimal" autocomplete="off" required value="${toPriceText(minor, decimals)}"></p>`
  return html`<form method="get" action="/thresholds" class="threshold-form" id="thresholds-form">
${accounts.length > 1 && html`<input type="hidden" name="account" value="${account.key}">`}
${field('low', words.thresholds.lowThreshold, lowMinor)}${field('high', words.thresholds.highThreshold, highMinor)}
<button>${words.thresholds.apply}</button>
</form>`
}

function renderFigures(view: View, { cells }: Distribution, { lowMinor, highMinor }: Thresholds): Html {
  const { words, formats } = view
  const says = words.thresholds
  const bands = splitBands(cells, lowMinor, highMinor)
  const texts = toBandTexts(bands, formats)
  const prices = { low: formats.price(lowMinor), high: formats.price(highMinor) }
  const cell = (band: Band, figure: string, text: string) =>
    html`<span data-band="${band}" data-figure="${figure}">${text}</span>`
  return html`${renderShares(view, bands)}
<div class="band-figures">${renderTable(
    says.figures.title,
    [
      { title: html`<span class="hidden">${says.figures.title}</span>` },
      ...BANDS.map((band) => ({
        title: html`<span class="band-key ${band}">${says.bands[band]}</span>`,
        isNumber: true as const,
      })),
    ],
    [
      [
        says.figures.range,
        ...BANDS.map((band) => cell(band, 'range', fillTemplate(rangeTemplates(view)[band], prices))),
      ],
      ...FIGURES.map((figure) => [
        says.figures[figure],
        ...BANDS.map((band) => cell(band, figure, texts[band][figure])),
      ]),
    ],
  )}</div>`
}

function rangeTemplates({ words }: View): Readonly<Record<Band, string>> {
  const { below, between, above } = words.thresholds
  return { low: below('{low}'), mid: between('{low}', '{high}'), high: above('{high}') }
}

function renderYaml(view: View, { lowMinor, highMinor }: Thresholds): Html {
  const { words, account } = view
  const says = words.thresholds.yaml
  const decimals = currencyExponent(account.currency)
  const yaml = toBandsYaml(toPriceText(lowMinor, decimals), toPriceText(highMinor, decimals))
  return html`<section aria-labelledby="yaml-title">
<h2 id="yaml-title">${says.title}</h2>
<p class="soft">${says.intro(account.key)}</p>
<pre class="scroll" tabindex="0" role="group" aria-labelledby="yaml-title"><code id="bands-yaml">${yaml}</code></pre>
<p><button type="button" id="copy-yaml" hidden>${says.copy}</button> <span class="soft" id="copied" role="status" data-text="${says.copied}"></span></p>
</section>`
}

/** What the browser counts with; sentences have gaps where its numbers go. */
function toBrowserData(view: View, { cells }: Distribution, scale: LogScale) {
  const { words, formats } = view
  const { lowValue, highValue } = words.thresholds
  return {
    style: formats.browser,
    scale,
    ranges: rangeTemplates(view),
    valueTexts: {
      low: lowValue('{price}', '{customers}', '{share}'),
      high: highValue('{price}', '{customers}', '{share}'),
    },
    cells: cells.map(({ fromMinor, isPoint, customers, orders, revenueMinor }) => [
      fromMinor,
      isPoint ? 1 : 0,
      customers,
      orders,
      revenueMinor,
    ]),
  }
}
