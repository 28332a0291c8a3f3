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
  lead: string = words.report.leftOut.lead,
): Html {
  const { title, none, reason: because, orders: count, charged } = words.report.leftOut
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

/** That orders count for nothing for want of a rate, of all there are; nothing where there are none. */
export function renderUnrated({ words, formats }: Voice, leftOut: readonly LeftOut[]): Html | null {
  const unrated = leftOut.filter(({ reason }) => reason === 'other currency')
  if (unrated.length === 0) return null
  const orders = unrated.reduce((sum, one) => sum + one.orders, 0)
  const codes = unrated.map(({ currency }) => currency).join(', ')
  return html`<p class="warning">${words.numbers.unrated(orders, formats.count(orders), codes)}</p>`
}
