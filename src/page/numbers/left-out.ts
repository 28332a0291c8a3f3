import type { LeftOut } from '../../core/numbers/report.ts'
import { createFormats } from '../formats.ts'
import { type Html, html } from '../html.ts'
import { renderTable } from '../table.ts'
import type { View, Voice } from '../view.ts'

/** Orders that do not count, each kind with what was charged, in the currency of the charge. */
export function renderLeftOut(
  { words, formats, language }: Voice,
  leftOut: readonly LeftOut[],
  { timezone }: View['account'],
): Html {
  const { title, lead, none, reason: because, orders: count, charged } = words.report.leftOut
  const reasons: Readonly<Record<string, string>> = words.customer.orders.reasons
  if (leftOut.length === 0) return html`<p>${none}</p>`
  return html`<p class="lead">${lead}</p>
${renderTable(
  title,
  [{ title: because }, { title: count, isNumber: true }, { title: charged, isNumber: true }],
  leftOut.map(({ reason, orders, totalMinor, currency }) => [
    reasons[reason] ?? reason,
    formats.count(orders),
    createFormats(language, currency, timezone).money(totalMinor),
  ]),
)}`
}
