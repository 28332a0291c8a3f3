import type { CustomerKind, StoreAggregate, StoreReport } from '../../core/numbers/report.ts'
import { type Html, html } from '../html.ts'
import { type Column, renderTable } from '../table.ts'
import type { Voice } from '../view.ts'

const KINDS: readonly CustomerKind[] = ['new', 'recurring', 'anonymous']

/** The range by kind of customer: all who are known first. */
export function renderTotals(voice: Voice, { identified, total, definition, from }: StoreReport): Html {
  const { kinds, columns, totalTable, allNew } = voice.words.report
  const table = renderTable(
    totalTable,
    [{ title: columns.kind }, ...numberColumns(voice)],
    [
      [kinds.identified, ...toCells(voice, identified)],
      ...total.toSorted(byKind).map((line) => [kinds[line.kind], ...toCells(voice, line)]),
    ],
  )
  const isAllNew = definition === 'period' && from === null && identified.orders > 0
  return html`${table}${isAllNew && html`<p class="soft">${allNew}</p>`}`
}

/** Every period by kind of customer, the latest first. */
export function renderPeriodRows(voice: Voice, { periods, by }: StoreReport, cut: ReadonlySet<string>): Html {
  const { words, formats } = voice
  const { kinds, columns, periods: title } = words.report
  const nameOf = (first: string) =>
    html`${formats.period(first, by)}${cut.has(first) && html` <span class="mark">${words.overTime.cut}</span>`}`
  return renderTable(
    title,
    [{ title: columns.period }, { title: columns.kind }, ...numberColumns(voice)],
    periods
      .toSorted((a, b) => (b.period ?? '').localeCompare(a.period ?? '') || byKind(a, b))
      .map((line) => [nameOf(line.period ?? ''), kinds[line.kind], ...toCells(voice, line)]),
  )
}

function numberColumns({ words }: Voice): Column[] {
  const { customers, orders, frequency, revenue, aov, median } = words.report.columns
  return [customers, orders, frequency, revenue, aov, median].map((title) => ({ title, isNumber: true }))
}

/** Nobody knows how many customers anonymous orders are of. */
function toCells({ formats }: Voice, line: Omit<StoreAggregate, 'period' | 'kind'>): string[] {
  return [
    formats.count(line.customers === 0 ? null : line.customers),
    formats.count(line.orders),
    formats.frequency(line.orders, line.customers),
    formats.money(line.revenueMinor),
    formats.money(line.aovMinor),
    formats.money(line.medianMinor),
  ]
}

function byKind(a: StoreAggregate, b: StoreAggregate): number {
  return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)
}
