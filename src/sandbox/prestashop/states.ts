import type { BookOrder } from '../shop-server/book.ts'
import type { Row } from './resource.ts'

/** Id, name, mail, logable, paid. The first thirteen come with every PrestaShop, the last is this shop's own. */
const STATES: readonly (readonly [number, string, string, 0 | 1, 0 | 1])[] = [
  [1, 'Awaiting check payment', 'cheque', 0, 0],
  [2, 'Payment accepted', 'payment', 1, 1],
  [3, 'Processing in progress', 'preparation', 1, 1],
  [4, 'Shipped', 'shipped', 1, 1],
  [5, 'Delivered', '', 1, 1],
  [6, 'Canceled', 'order_canceled', 0, 0],
  [7, 'Refunded', 'refund', 0, 0],
  [8, 'Payment error', 'payment_error', 0, 0],
  [9, 'On backorder (paid)', 'outofstock', 0, 1],
  [10, 'Awaiting bank wire payment', 'bankwire', 0, 0],
  [11, 'Remote payment accepted', 'payment', 1, 1],
  [12, 'On backorder (not paid)', 'outofstock', 0, 0],
  [13, 'Awaiting Cash On Delivery validation', 'cashondelivery', 0, 0],
  [14, 'Quote, not ordered yet', '', 0, 0],
]

/** The state of orders that are none yet, and that no flag tells from those that wait: the configuration has to. */
export const QUOTE_STATE = 14

/** `/api/order_states`; texts come once per language of the shop. */
export function stateRows(): readonly Row[] {
  return STATES.map(([id, name, template, logable, paid]) => ({
    id,
    unremovable: id === QUOTE_STATE ? '0' : '1',
    logable: String(logable),
    paid: String(paid),
    deleted: '0',
    name: [
      { id: '1', value: name },
      { id: '2', value: name },
    ],
    template: [
      { id: '1', value: template },
      { id: '2', value: template },
    ],
  }))
}

const PAID_STATES = [2, 3, 4, 5, 11]

/** PrestaShop knows no drafts and no test orders: both stand as quotes. */
export function stateIdOf(order: BookOrder): number {
  if (order.test || order.state === 'draft' || order.state === 'trashed') return QUOTE_STATE
  if (order.state === 'cancelled') return 6
  if (order.state === 'failed') return 8
  if (order.state === 'pending') return order.id % 2 === 0 ? 10 : 1
  return PAID_STATES[order.id % PAID_STATES.length] ?? 2
}

/** Whether the shop counts a state's orders as sales. */
export function isLogable(stateId: number): boolean {
  return STATES.some(([id, , , logable]) => id === stateId && logable === 1)
}
