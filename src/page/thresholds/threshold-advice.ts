import { currencyExponent } from '../../core/money.ts'
import type { AdvisedCuts, ThresholdAdvice, ThresholdCut } from '../../core/thresholds/threshold-advice.ts'
import type { ThresholdClass } from '../../core/thresholds/threshold-classes.ts'
import type { ThresholdWarning } from '../../core/thresholds/threshold-warnings.ts'
import { toPriceText } from '../browser/price-text.ts'
import { toBorder } from '../browser/split-bands.ts'
import { type Html, html } from '../html.ts'
import { urlOf } from '../link.ts'
import { renderTable } from '../table.ts'
import type { View } from '../view.ts'

/** Every way of cutting, each with a link that puts the lines there. `bands`: those of the account, minor units. */
export function renderThresholdAdvice(
  view: View,
  { advice, ...totals }: ThresholdAdvice,
  bands: readonly [number, number] | null,
): Html {
  const { words, formats } = view
  const says = words.thresholds.advice
  return html`${
    bands !== null &&
    html`<p>${says.current}: <strong>${says.and(formats.price(bands[0]), formats.price(bands[1]))}</strong>. ${putLink(view, { low: bands[0], high: bands[1] }, says.put)}</p>`
  }<ul class="ways">
${advice.map((way) => html`<li>${renderWay(view, way, totals)}</li>`)}
</ul>`
}

function renderWay(view: View, way: AdvisedCuts, totals: Pick<ThresholdAdvice, 'customers' | 'revenueMinor'>): Html {
  const { words, formats } = view
  const says = words.thresholds.advice
  const { method, cuts, classes, fit, warnings } = way
  const [first, second] = cuts
  const prices = [first, second].flatMap((cut) => (cut === undefined ? [] : [formats.price(cut.priceMinor)]))
  const share = (part: number, whole: number) => formats.share(whole > 0 ? part / whole : null)
  return html`<h3>${says.methods[method]}</h3>
<p class="cut">${prices.length === 2 ? says.and(prices[0] ?? '', prices[1] ?? '') : prices[0]}</p>
<p class="soft">${says.means[method]}</p>
${renderTable(
  says.methods[method],
  [
    { title: says.classRange },
    { title: words.thresholds.figures.customers, isNumber: true },
    { title: words.thresholds.shares.revenue, isNumber: true },
  ],
  classes.map((own) => [
    classText(view, own, classes.length),
    share(own.customers, totals.customers),
    share(own.revenueMinor, totals.revenueMinor),
  ]),
)}
${warnings.map((warning) => html`<p class="warning">${warningText(view, warning, way)}</p>`)}
<details data-key="${method}"><summary>${says.details}</summary>
${cuts.map((cut) => html`<p class="soft">${cutText(view, cut)}</p>`)}${fit !== null && html`<p class="soft">${says.fit(formats.share(fit))}</p>`}
</details>
<p class="puts">${
    first === undefined
      ? null
      : second === undefined
        ? [
            putLink(view, { low: first.priceMinor }, says.putLow),
            ' ',
            putLink(view, { high: first.priceMinor }, says.putHigh),
          ]
        : putLink(view, { low: first.priceMinor, high: second.priceMinor }, says.put)
  }</p>`
}

/** A link asks for the page with the lines there; the browser's own code saves it the asking. */
function putLink(view: View, at: { readonly low?: number; readonly high?: number }, text: string): Html {
  const decimals = currencyExponent(view.account.currency)
  const toText = (minor: number | undefined) => (minor === undefined ? null : toPriceText(toBorder(minor), decimals))
  const [low, high] = [toText(at.low), toText(at.high)]
  const query = { ...view.query, low: low ?? view.query['low'] ?? null, high: high ?? view.query['high'] ?? null }
  return html`<a class="button" href="${urlOf(view, '/thresholds', query)}" data-put${low !== null && html` data-low="${low}"`}${high !== null && html` data-high="${high}"`}>${text}</a>`
}

function cutText(
  { words, formats }: View,
  { rawMinor, priceMinor, lowMinor, highMinor, stability }: ThresholdCut,
): string {
  return words.thresholds.advice.cut(
    formats.price(priceMinor),
    formats.money(rawMinor),
    formats.money(lowMinor),
    formats.money(highMinor),
    formats.share(stability),
  )
}

/** Three classes are bands: the middle one holds both of its ends. */
function classText({ words, formats }: View, { fromMinor, toMinor }: ThresholdClass, classes: number): string {
  const { below, between, above, advice } = words.thresholds
  if (fromMinor === null) return toMinor === null ? advice.all : below(formats.price(toMinor))
  const from = formats.price(fromMinor)
  if (toMinor === null) return classes === 3 ? above(from) : advice.from(from)
  const to = formats.price(toMinor)
  return classes === 3 ? between(from, to) : advice.fromBelow(from, to)
}

function warningText(view: View, warning: ThresholdWarning, { classes }: AdvisedCuts): string {
  const { words, formats } = view
  const says = words.thresholds.advice.warnings
  const nameOf = (index: number) => {
    const own = classes[index]
    return own === undefined ? '' : classText(view, own, classes.length)
  }
  switch (warning.kind) {
    case 'few-customers':
      return says.fewCustomers(formats.count(warning.customers))
    case 'few-values':
      return says.fewValues(formats.count(warning.classes))
    case 'same-price':
      return says.samePrice(formats.price(warning.priceMinor))
    case 'edge':
      return says.edge(formats.price(warning.priceMinor))
    case 'empty-class':
      return says.emptyClass(nameOf(warning.class))
    case 'small-class':
      return says.smallClass(nameOf(warning.class), formats.share(warning.share))
    case 'large-class':
      return says.largeClass(nameOf(warning.class), formats.share(warning.share))
    case 'unstable':
      return says.unstable(formats.price(warning.priceMinor), formats.share(warning.stability))
  }
}
