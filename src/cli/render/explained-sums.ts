import type { WaitingFor } from '../../core/customers/customer-record.ts'
import type { CustomerExplanation, ExplainedSums } from '../../core/explanation/explanation.ts'
import { formatInstant } from '../../core/instant-text.ts'
import type { Paint } from '../paint.ts'
import { formatAmount, formatCount, formatCounted } from './number.ts'
import { type Cell, renderTable } from './table.ts'

const COLUMNS = [
  { title: '' },
  { title: 'all orders', align: 'right' },
  { title: 'last 12 months', align: 'right' },
] as const

const WAITING: Readonly<Record<WaitingFor, string>> = {
  'first-computation': 'nothing has been computed yet',
  settings: 'the configuration has changed',
  records: 'orders, refunds or addresses have changed',
  window: 'an order or refund has left the twelve months',
}

/** From orders to AOV, and whether that is what is stored. */
export function renderExplainedSums(explanation: CustomerExplanation, paint: Paint): string {
  const { sums, currency, timezone } = explanation
  const { lifetime, last12Months } = sums
  const row = (title: string, toText: (sums: ExplainedSums) => string): Cell[] => [
    title,
    toText(lifetime),
    toText(last12Months),
  ]
  const money = (minor: number | null) => formatAmount(minor, currency)
  const rows = [
    row('counted orders', ({ orders }) => formatCount(orders)),
    row('what they count for', ({ ordersMinor }) => money(ordersMinor)),
    ...(lifetime.refundsMinor === 0
      ? []
      : [row('refunds that name no order', ({ refundsMinor }) => money(-refundsMinor))]),
    row('revenue', ({ revenueMinor }) => money(revenueMinor)),
    row('AOV = revenue / orders', ({ aovMinor }) => money(aovMinor)),
  ]
  const isRounded = lifetime.isRounded || last12Months.isRounded
  const notes = [
    ...(isRounded ? ['AOV is rounded half up, once, after the division.'] : []),
    `The twelve months began at ${formatInstant(last12Months.since, timezone)}.`,
  ]
  return [
    paint('bold', 'Sums'),
    renderTable(COLUMNS, rows, paint),
    ...notes.map((note) => paint('dim', note)),
    ...storedText(explanation, paint),
  ].join('\n')
}

function storedText(explanation: CustomerExplanation, paint: Paint): string[] {
  const { stored, waitingFor, isStoredCurrent, currency, timezone } = explanation
  const figures =
    stored === null
      ? 'Stored: no AOV, since no order counted'
      : `Stored: AOV ${formatAmount(stored.aovMinor, currency)} of ${formatCounted(stored.orderCount, 'orders')}, last changed ${formatInstant(stored.changedAt, timezone)}`
  if (waitingFor !== null) {
    return [`${figures}.`, paint('yellow', `Waits to be computed by the next sync: ${WAITING[waitingFor]}.`)]
  }
  if (isStoredCurrent) return [`${figures}.`]
  const mistake = 'These are not the sums above although nothing waits to be computed: a mistake of ours.'
  return [`${figures}.`, paint('red', mistake)]
}
