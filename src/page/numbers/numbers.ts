import type { Distribution } from '../../core/numbers/distribution.ts'
import type { Matrix } from '../../core/numbers/matrix.ts'
import { isWhole, type Overview, type PeriodNumbers } from '../../core/numbers/overview.ts'
import type { LeftOut } from '../../core/numbers/report.ts'
import { toStatements } from '../../core/numbers/statement.ts'
import type { SegmentOverview } from '../../core/segments/segment-overview.ts'
import { toPriceText } from '../browser/price-text.ts'
import { type Html, html } from '../html.ts'
import { urlOf } from '../link.ts'
import type { Borders } from '../thresholds/start-thresholds.ts'
import type { View } from '../view.ts'
import { renderDistribution } from './distribution.ts'
import { renderLeftOut, renderUnrated } from './left-out.ts'
import { renderMatrix } from './matrix.ts'
import { renderOverTime } from './over-time.ts'
import { renderStatements } from './statements.ts'
import { renderThreeNumbers } from './three-numbers.ts'

/** Everything that the page of numbers shows. */
export interface StoreNumbers {
  readonly overview: Overview
  readonly distribution: Distribution
  readonly matrix: Matrix
  readonly segments: readonly SegmentOverview[]
  readonly borders: Borders
  /** As asked for; else the last finished one. */
  readonly chosen: PeriodNumbers | undefined
  /** Orders that do not count: of the chosen period, and of all. */
  readonly leftOut: { readonly chosen: readonly LeftOut[]; readonly all: readonly LeftOut[] }
}

const LENGTHS = ['week', 'month', 'quarter'] as const
const DEFINITIONS = ['period', 'rank'] as const

/** The period to begin with: the one asked for, else the last that is over and known to its end, else the last. */
export function choosePeriod({ periods }: Overview, wanted: string | undefined): PeriodNumbers | undefined {
  return periods.find(({ period }) => period === wanted) ?? periods.findLast(isWhole) ?? periods.at(-1)
}

/** The three numbers, new against recurring, what that says, how customers spread, and what to do about whom. */
export function renderNumbers(view: View, numbers: StoreNumbers): Html {
  const { words } = view
  const { overview, distribution, matrix, segments, borders, chosen, leftOut } = numbers
  const unrated = renderUnrated(view, leftOut.all)
  if (chosen === undefined && distribution.customers === 0)
    return html`<p class="lead">${words.numbers.none}</p>${unrated}`
  const csv = (path: string) => urlOf(view, path, { by: overview.by, definition: overview.definition })
  return html`${unrated}
${chosen === undefined ? html`<p class="lead">${words.numbers.soon}</p>` : renderPeriods(view, numbers, chosen, csv)}
<section aria-labelledby="distribution-title">
<h2 id="distribution-title">${words.distribution.title}</h2>
<p class="lead">${words.distribution.lead}</p>
${renderDistribution(view, distribution, borders, { csvUrl: csv('/distribution.csv'), moveUrl: moveUrl(view, borders) })}
</section>
<section aria-labelledby="matrix-title">
<h2 id="matrix-title">${words.matrix.title}</h2>
${renderMatrix(view, matrix, segments, view.account.currency)}
<p><a href="${csv('/matrix.csv')}" download>${words.download}</a></p>
</section>`
}

/** What is told of periods, which a job of its own computes after the customers. */
function renderPeriods(
  view: View,
  { overview, matrix, leftOut }: StoreNumbers,
  chosen: PeriodNumbers,
  csv: (path: string) => string,
): Html {
  const { words, formats, account } = view
  return html`<section class="first" aria-labelledby="three-title">
<div class="heading"><h2 id="three-title">${formats.period(chosen.period, overview.by)}</h2>${renderPeriodPicker(view, overview, chosen)}</div>
${renderThreeNumbers(view, overview, chosen)}
<p class="soft">${words.policy(account.currency, account.policy)}. ${overview.computedAt !== null && words.numbers.computed(formats.instant(overview.computedAt))} ${overview.isStale && words.numbers.stale}</p>
</section>
<section aria-labelledby="left-out-title">
<h2 id="left-out-title">${words.report.leftOut.title}: ${formats.period(chosen.period, overview.by)}</h2>
${renderLeftOut(view, leftOut.chosen, account, words.numbers.leftOut)}
</section>
<section aria-labelledby="over-time-title">
<h2 id="over-time-title">${words.overTime.title}</h2>
${renderDefinitions(view, overview)}
${renderOverTime(view, overview, csv('/numbers.csv'))}
</section>
<section aria-labelledby="says-title">
<h2 id="says-title">${words.says.title}</h2>
${renderStatements(view, toStatements(overview, matrix), overview.by)}
</section>`
}

function renderPeriodPicker(view: View, { by, definition, periods }: Overview, chosen: PeriodNumbers): Html {
  const { words, formats } = view
  return html`<nav class="choice" aria-label="${words.periods.by}"><ul>${LENGTHS.map(
    (length) =>
      html`<li><a href="${urlOf(view, '/', { by: length, definition })}"${length === by && html` aria-current="true"`}>${words.periods[length]}</a></li>`,
  )}</ul></nav>
<form method="get" action="/" class="inline">
${view.accounts.length > 1 && html`<input type="hidden" name="account" value="${view.account.key}">`}
<input type="hidden" name="by" value="${by}"><input type="hidden" name="definition" value="${definition}">
<label for="period" class="hidden">${words.numbers.period}</label>
<select id="period" name="period">${periods
    .toReversed()
    .map(
      ({ period }) =>
        html`<option value="${period}"${period === chosen.period && html` selected`}>${formats.period(period, by)}</option>`,
    )}</select>
<button>${words.show}</button>
</form>`
}

function renderDefinitions(view: View, { by, definition }: Overview): Html {
  const { words, query } = view
  return html`<div class="heading"><p class="soft">${words.overTime.definition}</p>
<nav class="choice" aria-label="${words.overTime.definition}"><ul>${DEFINITIONS.map(
    (one) =>
      html`<li><a href="${urlOf(view, '/', { by, definition: one, period: query['period'] ?? null })}#over-time-title"${one === definition && html` aria-current="true"`}>${words.overTime.definitions[one]}</a></li>`,
  )}</ul></nav></div>
<p class="soft">${words.overTime.sentences[definition]}</p>`
}

/** The page where these borders are moved. */
function moveUrl(view: View, { thresholds: { lowMinor, highMinor } }: Borders): string {
  const toText = (minor: number) => toPriceText(minor, view.formats.browser.decimals)
  return urlOf(view, '/thresholds', { low: toText(lowMinor), high: toText(highMinor) })
}
