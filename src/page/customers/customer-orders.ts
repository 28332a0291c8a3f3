import type {
  CustomerExplanation,
  ExplainedOrder,
  ExplainedRate,
  ExplainedRefund,
} from '../../core/explanation/explanation.ts'
import { toShownOrders } from '../../core/explanation/shown-orders.ts'
import { formatsIn } from '../formats.ts'
import { type Html, html } from '../html.ts'
import { renderTable } from '../table.ts'
import type { Voice } from '../view.ts'

/** Each order with what it counts for, and the steps from the one to the other, or why it does not count. */
export function renderExplainedOrders(voice: Voice, { orders, policy }: CustomerExplanation): Html {
  const { words, formats } = voice
  const says = words.customer.orders
  if (orders.length === 0) return html`<p class="soft">${says.none}</p>`
  const { shown, older, counted } = toShownOrders(orders)
  const { columns } = says
  return html`<p class="soft">${says.summary(formats.count(orders.length), counted, formats.count(counted))}${
    older > 0 && ` ${says.older(older, formats.count(older))}`
  }</p>
${renderTable(
  says.title,
  [
    { title: columns.placed },
    { title: columns.order },
    { title: columns.charged, isNumber: true },
    { title: columns.counts, isNumber: true },
    { title: columns.note },
  ],
  shown.map((order) => [
    formats.instant(order.placedAt),
    `${order.externalId} · ${words.quoted(order.source)}`,
    formatsIn(formats, order.currency).money(order.totalMinor),
    formats.money('valueMinor' in order.value ? order.value.valueMinor : null),
    notesOf(voice, order, policy.refunds === 'deduct'),
  ]),
)}`
}

/** Refunds that name no order: each takes from the revenue at its own date. */
export function renderExplainedRefunds(voice: Voice, { refunds }: CustomerExplanation): Html {
  const { words, formats } = voice
  const { title, columns } = words.customer.refunds
  return renderTable(
    title,
    [
      { title: columns.at },
      { title: columns.refund },
      { title: columns.amount, isNumber: true },
      { title: columns.takes, isNumber: true },
      { title: columns.note },
    ],
    refunds.map((refund) => [
      formats.instant(refund.refundedAt),
      `${refund.externalId} · ${words.quoted(refund.source)}`,
      formatsIn(formats, refund.currency).money(refund.amountMinor),
      formats.money('valueMinor' in refund.value ? refund.value.valueMinor : null),
      noteOf(voice, refund),
    ]),
  )
}

function notesOf(voice: Voice, order: ExplainedOrder, deducts: boolean): Html {
  const notes = [noteOf(voice, order), ...stepsOf(voice, order, deducts)].filter((note) => note !== '')
  return html`${notes.map((note, index) => html`${index > 0 && html`<br>`}${note}`)}`
}

function noteOf({ words }: Voice, one: ExplainedOrder | ExplainedRefund): string {
  const says = words.customer.orders
  if ('valueMinor' in one.value) return one.isIn12Months ? '' : says.not12
  const { notCounted } = one.value
  return notCounted === 'refunds are not deducted' ? says.ignored : says.reasons[notCounted]
}

/** From what was charged to what it counts for; nothing where the two are the same. */
function stepsOf({ words, formats }: Voice, order: ExplainedOrder, deducts: boolean): string[] {
  if (!('valueMinor' in order.value)) return []
  const says = words.customer.orders
  const { excluded, refundedMinor, currency } = order
  const { deductedMinor, rate } = order.value
  const { money } = formatsIn(formats, currency)
  const parts = excluded.map(({ part, amountMinor }) => says.minus(money(amountMinor), says.parts[part]))
  if (deductedMinor !== 0) {
    const what = deductedMinor === refundedMinor ? says.refunds : says.refundShare(money(refundedMinor))
    parts.push(says.minus(money(deductedMinor), what))
  }
  if (refundedMinor > 0 && !deducts) parts.push(says.ignored)
  return [...parts, ...rateOf(rate)]

  function rateOf(one: ExplainedRate | null): string[] {
    return one === null ? [] : [says.rate(one.rate, one.currency, formats.date(one.validFrom))]
  }
}
