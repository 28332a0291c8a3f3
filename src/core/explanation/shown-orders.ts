import type { ExplainedOrder } from './explanation.ts'

/** People are shown so many; a document has all. */
const MOST_SHOWN = 50

/** The newest orders, as many as people are shown, how many older ones there are, and how many of all count. */
export function toShownOrders(orders: readonly ExplainedOrder[]): {
  readonly shown: readonly ExplainedOrder[]
  readonly older: number
  readonly counted: number
} {
  const shown = orders.slice(-MOST_SHOWN)
  const counted = orders.filter(({ value }) => 'valueMinor' in value).length
  return { shown, older: orders.length - shown.length, counted }
}
