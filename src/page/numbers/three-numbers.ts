import { comparedWith, type NoComparison } from '../../core/numbers/compared-period.ts'
import { isWhole, type Numbers, type Overview, type PeriodNumbers } from '../../core/numbers/overview.ts'
import { type Html, html } from '../html.ts'
import type { Voice } from '../view.ts'

/** What a period is compared with, or why it is not. */
interface Other {
  readonly name: string
  readonly numbers: Numbers | NoComparison
}

/** Customers × frequency × AOV = revenue in one period, against the one before and the same a year ago. */
export function renderThreeNumbers(voice: Voice, overview: Overview, chosen: PeriodNumbers): Html {
  const { words, formats } = voice
  const says = words.numbers
  const others = (['before', 'year-before'] as const).map((against): Other => {
    const compared = comparedWith(overview, chosen.period, against)
    return {
      name: formats.period(compared.period, overview.by),
      numbers: 'reason' in compared ? compared.reason : compared.numbers.identified,
    }
  })
  // A period that still runs is not compared as if it were whole.
  return html`${renderReceipt(voice, chosen.identified, isWhole(chosen) ? others : [])}
${!chosen.isOver && html`<p class="soft">${says.running}</p>`}
${chosen.isOver && !chosen.isRead && html`<p class="warning">${words.freshness.partly}</p>`}
${!chosen.isComputed && html`<p class="warning">${says.uncomputed}</p>`}
${chosen.isFirst && html`<p class="soft">${says.firstPeriod}</p>`}
${
  chosen.anonymous.orders > 0 &&
  html`<p class="soft">${says.anonymous(chosen.anonymous.orders, formats.count(chosen.anonymous.orders), formats.money(chosen.anonymous.revenueMinor))}</p>`
}`
}

/** Customers × frequency × AOV = revenue, as a sum is written on a receipt. */
export function renderReceipt({ words, formats }: Voice, own: Numbers, others: readonly Other[]): Html {
  const says = words.numbers
  const figure = (
    title: string,
    text: (numbers: Numbers) => string,
    value: (numbers: Numbers) => number | null,
    ownText = text(own),
  ) => ({
    title,
    text: ownText,
    changes: others.map(({ name, numbers }) =>
      typeof numbers === 'string'
        ? says.notCompared[numbers](name)
        : says.change(formats.change(value(numbers), value(own)), text(numbers), name),
    ),
  })
  const { medianMinor, orders } = own
  const factor = formats.factor(orders, own.customers)
  const figures = [
    {
      ...figure(
        says.customers,
        (n) => formats.count(n.customers),
        (n) => n.customers,
      ),
      note: null,
    },
    {
      // It is multiplied, so it has the decimals that takes.
      ...figure(says.frequency, (n) => formats.frequency(n.orders, n.customers), frequencyOf, factor.text),
      note: html`${says.ofOrders(orders, formats.count(orders))}${factor.isRounded && says.rounded}`,
    },
    {
      ...figure(
        says.aov,
        (n) => formats.money(n.aovMinor),
        (n) => n.aovMinor,
      ),
      note: says.median(formats.money(medianMinor)),
    },
    {
      ...figure(
        says.revenue,
        (n) => formats.money(n.revenueMinor),
        (n) => n.revenueMinor,
      ),
      note: null,
    },
  ]
  const signs = ['', '×', '×', '=']
  const spoken = ['', says.times, says.times, says.equals]
  return html`<ol class="receipt">${figures.map(
    ({ title, text, note, changes }, index) => html`<li>
<h3>${index > 0 && html`<span class="sign" aria-hidden="true">${signs[index]}</span><span class="hidden">${spoken[index]} </span>`}${title}</h3>
<p class="big">${text}</p>
${note !== null && html`<p class="note">${note}</p>`}
${changes.map((change) => html`<p class="change">${change}</p>`)}
</li>`,
  )}</ol>`
}

function frequencyOf({ orders, customers }: Numbers): number | null {
  return customers === 0 ? null : orders / customers
}
