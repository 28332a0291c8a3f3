import { comparablePeriods, cutPeriods, type FullReport } from '../../core/numbers/full-report.ts'
import { isWhole } from '../../core/numbers/overview.ts'
import { toStatements } from '../../core/numbers/statement.ts'
import type { SegmentOverview } from '../../core/segments/segment-overview.ts'
import { type Html, html } from '../html.ts'
import { renderDistribution } from '../numbers/distribution.ts'
import { toScale } from '../numbers/distribution-bins.ts'
import { renderDistributionTable } from '../numbers/distribution-table.ts'
import { renderFreshness } from '../numbers/freshness.ts'
import { renderLeftOut } from '../numbers/left-out.ts'
import { renderMatrix } from '../numbers/matrix.ts'
import { renderOverTime, renderOverTimeTable } from '../numbers/over-time.ts'
import { renderStatements } from '../numbers/statements.ts'
import { renderReceipt, renderThreeNumbers } from '../numbers/three-numbers.ts'
import { sayPolicy } from '../policy.ts'
import type { Borders } from '../thresholds/start-thresholds.ts'
import type { View, Voice } from '../view.ts'
import { renderPeriodRows, renderTotals } from './report-tables.ts'

/** What a report to hand around tells, and of whom. */
export interface ReportSheet {
  readonly account: View['account']
  readonly full: FullReport
  readonly segments: readonly SegmentOverview[]
  readonly borders: Borders
  /** First and last day as asked for, `YYYY-MM-DD`; null: from the first order, until now. */
  readonly range: { readonly from: string | null; readonly to: string | null }
}

/** A report is about the account it names. */
export function reportTitle({ words }: Voice, { account }: ReportSheet): string {
  return `${account.key} · ${words.report.title}`
}

/** Everything the page of numbers tells, and the tables behind it, for who can ask nothing more. */
export function renderReport(voice: Voice, sheet: ReportSheet): Html {
  const { words, formats } = voice
  const { account, full, segments, borders, range } = sheet
  const { report, shown, distribution, matrix } = full
  const says = words.report
  const cut = cutPeriods(full)
  return html`<header class="top">
<div class="bar"><p class="brand">${words.product}</p></div>
<h1>${reportTitle(voice, sheet)}</h1>
<p class="lead">${sayRange(voice, range)}</p>
<p class="soft">${shown.computedAt !== null && says.written(formats.instant(shown.computedAt))} ${shown.isStale && says.stale}</p>
<p class="soft">${sayPolicy({ words, account })}</p>
${renderFreshness(voice, full.freshness, null)}
</header>
<main id="main">
<section aria-labelledby="total-title">
<h2 id="total-title">${says.total(sayRange(voice, range))}</h2>
${renderReceipt(voice, report.identified, [])}
${renderTotals(voice, report)}
</section>
<section aria-labelledby="left-out-title">
<h2 id="left-out-title">${says.leftOut.title}</h2>
${renderLeftOut(voice, report.leftOut, account)}
</section>
${shown.periods.length === 0 ? html`<section><p>${says.noPeriods}</p></section>` : renderPeriods(voice, full, cut)}
<section aria-labelledby="distribution-title">
<h2 id="distribution-title">${words.distribution.title}</h2>
<p class="lead">${words.distribution.lead} ${says.lifetime}</p>
${renderDistribution(voice, distribution, borders, null)}
</section>
<section aria-labelledby="matrix-title">
<h2 id="matrix-title">${words.matrix.title}</h2>
${renderMatrix(voice, matrix, segments, account.currency)}
</section>
${renderTables(voice, full, cut)}
</main>`
}

/** What is told of periods: the last whole one compared, all of them as a chart, and what that says. */
function renderPeriods(voice: Voice, full: FullReport, cut: ReadonlySet<string>): Html {
  const { words, formats } = voice
  const { shown, matrix } = full
  const { by, definition } = shown
  const says = words.overTime
  const { overview, since } = comparablePeriods(full)
  const chosen = overview.periods.findLast((one) => isWhole(one) && one.period >= since)
  return html`${
    chosen !== undefined &&
    html`<section aria-labelledby="three-title">
<h2 id="three-title">${words.report.compared(formats.period(chosen.period, by))}</h2>
${renderThreeNumbers(voice, overview, chosen)}
</section>`
  }
<section aria-labelledby="over-time-title">
<h2 id="over-time-title">${says.title}</h2>
<p class="soft">${words.explained(says.definition, says.definitions[definition])}. ${says.sentences[definition]}</p>
${renderOverTime(voice, shown, null, cut)}
</section>
<section aria-labelledby="says-title">
<h2 id="says-title">${words.says.title}</h2>
${
  chosen === undefined
    ? html`<p>${words.report.nothingWhole}</p>`
    : renderStatements(voice, toStatements(overview, matrix, since), by)
}
</section>`
}

/** What the charts are drawn from, at the end: on paper nobody can unfold it. */
function renderTables(voice: Voice, { report, shown, distribution }: FullReport, cut: ReadonlySet<string>): Html {
  const { words } = voice
  const table = (id: string, title: string, content: Html) =>
    html`<section aria-labelledby="${id}"><h2 id="${id}">${words.report.table(title)}</h2>
${content}
</section>`
  return html`<div class="tables">
${shown.periods.length > 0 && table('over-time-table', words.overTime.title, renderOverTimeTable(voice, shown, cut))}
${distribution.cells.length > 0 && table('distribution-table', words.distribution.title, renderDistributionTable(voice, distribution, toScale(distribution)))}
${report.periods.length > 0 && table('periods-table', words.report.periods, renderPeriodRows(voice, report, cut))}
</div>`
}

function sayRange({ words, formats }: Voice, { from, to }: ReportSheet['range']): string {
  const { all, until, since, between } = words.report.range
  if (from === null) return to === null ? all : until(formats.date(to))
  return to === null ? since(formats.date(from)) : between(formats.date(from), formats.date(to))
}
