import type { OrderState } from '../../core/orders/order.ts'
import type { StateRow } from './wire.ts'

/** What a state of PrestaShop can mean: one of ours, or that everything was given back without a credit slip. */
export const ORDER_FATES = ['placed', 'pending', 'cancelled', 'failed', 'draft', 'deleted', 'refunded'] as const

/** `refunded` is a placed order whose rest was given back. */
export type OrderFate = OrderState | 'refunded'

/** The unremovable states of every installation that no flag tells apart (PrestaShop, order_state.xml). */
const ORIGINAL_IDS: Readonly<Record<string, OrderFate>> = { '6': 'cancelled', '7': 'refunded', '8': 'failed' }
/** The mail a state sends; its name is the same in every language. */
const TEMPLATES: ReadonlyMap<string, OrderFate> = new Map([
  ['order_canceled', 'cancelled'],
  ['refund', 'refunded'],
  ['payment_error', 'failed'],
])

/** What an order in this state came to, and whether nothing but a guess says so. */
export interface StateReading {
  readonly fate: OrderFate
  readonly isGuess: boolean
}

/** Reads a state: as configured, as it comes with PrestaShop, by its flags, by its mail; what says nothing waits. */
export function readState(row: StateRow, configured: Readonly<Record<string, OrderFate>>): StateReading {
  const told = configured[row.id] ?? (row.unremovable ? ORIGINAL_IDS[row.id] : undefined)
  if (told !== undefined) return { fate: told, isGuess: false }
  if (row.paid || row.logable) return { fate: 'placed', isGuess: false }
  const mailed = row.templates.map((template) => TEMPLATES.get(template)).find((fate) => fate !== undefined)
  if (mailed !== undefined) return { fate: mailed, isGuess: false }
  return { fate: 'pending', isGuess: !row.unremovable }
}
