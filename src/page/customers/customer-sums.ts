import type { CustomerExplanation, ExplainedSums } from '../../core/explanation/explanation.ts'
import { type Html, html } from '../html.ts'
import { renderTable } from '../table.ts'
import type { Voice } from '../view.ts'

/** From orders to AOV, and whether that is what is stored. */
export function renderExplainedSums(voice: Voice, explanation: CustomerExplanation): Html {
  const { words, formats } = voice
  const says = words.customer.sums
  const { lifetime, last12Months } = explanation.sums
  const row = (title: string, toText: (sums: ExplainedSums) => string) => [
    title,
    toText(lifetime),
    toText(last12Months),
  ]
  const hasRefunds = lifetime.refundsMinor !== 0
  return html`${renderTable(
    says.title,
    [
      { title: says.columns.what },
      { title: says.columns.all, isNumber: true },
      { title: says.columns.recent, isNumber: true },
    ],
    [
      row(says.orders, ({ orders }) => formats.count(orders)),
      // Without refunds of their own the orders' worth is the revenue.
      ...(hasRefunds
        ? [
            row(says.worth, ({ ordersMinor }) => formats.money(ordersMinor)),
            row(says.refunds, ({ refundsMinor }) => formats.money(-refundsMinor)),
          ]
        : []),
      row(says.revenue, ({ revenueMinor }) => formats.money(revenueMinor)),
      row(says.aov, ({ aovMinor }) => formats.money(aovMinor)),
    ],
  )}
<p class="soft">${(lifetime.isRounded || last12Months.isRounded) && `${says.rounded} `}${says.since(formats.instant(last12Months.since))}</p>
${renderStored(voice, explanation)}`
}

function renderStored({ words, formats }: Voice, explanation: CustomerExplanation): Html {
  const { stored, waitingFor, isStoredCurrent } = explanation
  const says = words.customer.sums
  const figures =
    stored === null
      ? says.storedNone
      : says.stored(
          formats.money(stored.aovMinor),
          stored.orderCount,
          formats.count(stored.orderCount),
          formats.instant(stored.changedAt),
        )
  return html`<p>${figures} ${waitingFor !== null && says.waiting[waitingFor]}</p>
${waitingFor === null && !isStoredCurrent && html`<p class="warning">${says.mistake}</p>`}`
}
