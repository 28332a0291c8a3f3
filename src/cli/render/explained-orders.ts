import type {
  CustomerExplanation,
  ExplainedOrder,
  ExplainedRate,
  ExplainedRefund,
} from '../../core/explanation/explanation.ts'
import { toShownOrders } from '../../core/explanation/shown-orders.ts'
import { formatWallMinute } from '../../core/instant-text.ts'
import { formatMoney } from '../../core/money.ts'
import type { OrderPart } from '../../core/orders/order-value.ts'
import type { Paint } from '../paint.ts'
import { formatCounted, NOTHING } from './number.ts'
import { type Cell, renderTable } from './table.ts'

/** Longer ids are cut in the middle, so that the amounts stay within eighty columns. */
const ID_COLUMNS = 20

const ORDER_COLUMNS = [
  { title: 'placed' },
  { title: 'order' },
  { title: 'charged', align: 'right' },
  { title: 'counts for', align: 'right' },
  { title: '' },
] as const
const REFUND_COLUMNS = [
  { title: 'refunded' },
  { title: 'refund of no order' },
  { title: 'amount', align: 'right' },
  { title: 'takes', align: 'right' },
  { title: '' },
] as const

/** Each order with what it counts for or why it does not, and below it the steps from the one to the other. */
export function renderExplainedOrders(explanation: CustomerExplanation, paint: Paint): string {
  const { orders, timezone, currency, policy } = explanation
  if (orders.length === 0) return 'No order is known.'
  const { shown, older, counted } = toShownOrders(orders)
  const heading = `${paint('bold', 'Orders')}  ${formatCounted(orders.length, 'orders')}, of which ${counted} ${counted === 1 ? 'counts' : 'count'}`
  const rows = shown.map((order): Cell[] => [
    formatWallMinute(order.placedAt, timezone),
    shorten(`${order.source} ${order.externalId}`),
    formatMoney(order.totalMinor, order.currency),
    'valueMinor' in order.value ? formatMoney(order.value.valueMinor, currency) : NOTHING,
    noteOf(order),
  ])
  const [head = '', ...lines] = renderTable(ORDER_COLUMNS, rows, paint).split('\n')
  return [
    heading,
    head,
    ...(older === 0 ? [] : [`… ${formatCounted(older, 'older orders')} before these; --json lists all`]),
    ...lines.flatMap((line, index) => [line, ...stepsOf(shown[index], policy.refunds === 'deduct', paint)]),
  ].join('\n')
}

/** Refunds that name no order: each takes from the revenue at its own date. */
export function renderExplainedRefunds({ refunds, timezone, currency }: CustomerExplanation, paint: Paint): string {
  const rows = refunds.map((refund): Cell[] => [
    formatWallMinute(refund.refundedAt, timezone),
    shorten(`${refund.source} ${refund.externalId}`),
    formatMoney(refund.amountMinor, refund.currency),
    'valueMinor' in refund.value ? formatMoney(refund.value.valueMinor, currency) : NOTHING,
    noteOf(refund),
  ])
  return renderTable(REFUND_COLUMNS, rows, paint)
}

function noteOf(one: ExplainedOrder | ExplainedRefund): Cell {
  if ('valueMinor' in one.value) return one.isIn12Months ? '' : { text: 'not in 12 months', style: 'dim' }
  const { notCounted } = one.value
  const text = notCounted === 'other currency' ? `no rate for ${one.currency}` : notCounted
  return { text, style: 'yellow' }
}

const PARTS: Readonly<Record<OrderPart['part'], string>> = {
  tax: 'tax',
  shipping: 'shipping',
  tips: 'tip',
  duties: 'duties',
  giftCards: 'gift cards',
}

/** From what was charged to what it counts for; nothing where the two are the same. */
function stepsOf(order: ExplainedOrder | undefined, deducts: boolean, paint: Paint): string[] {
  if (order === undefined || !('valueMinor' in order.value)) return []
  const { excluded, refundedMinor, currency, totalMinor } = order
  const { baseMinor, deductedMinor, rate } = order.value
  const money = (minor: number) => formatMoney(minor, currency)
  const parts = excluded.map(({ part, amountMinor }) => ` − ${PARTS[part]} ${money(amountMinor)}`)
  if (deductedMinor !== 0) parts.push(` − refunds ${money(deductedMinor)}${shareOf(order, money)}`)
  const sum = parts.length === 0 ? [] : [`${money(totalMinor)}${parts.join('')} = ${money(baseMinor - deductedMinor)}`]
  const ignored = refundedMinor > 0 && !deducts ? [`refunds of ${money(refundedMinor)} are not deducted`] : []
  const steps = [...sum, ...rateOf(rate), ...ignored]
  return steps.map((step) => paint('dim', `    ${step}`))
}

/** A refund of the whole total takes its share of what counts of it. */
function shareOf({ refundedMinor, value }: ExplainedOrder, money: (minor: number) => string): string {
  const isShare = 'deductedMinor' in value && value.deductedMinor !== refundedMinor
  return isShare ? ` (their share of ${money(refundedMinor)})` : ''
}

function rateOf(rate: ExplainedRate | null): string[] {
  return rate === null ? [] : [`× ${rate.rate}, the rate of ${rate.currency} from ${rate.validFrom}`]
}

function shorten(id: string): string {
  const characters = Array.from(id)
  if (characters.length <= ID_COLUMNS) return id
  const kept = ID_COLUMNS - 1
  const tail = Math.floor(kept / 2)
  return `${characters.slice(0, kept - tail).join('')}…${characters.slice(-tail).join('')}`
}
