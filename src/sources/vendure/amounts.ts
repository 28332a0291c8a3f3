import { divideHalfUp } from '../../core/money.ts'
import type { OrderFields } from './wire.ts'

/** What an order's total is made of, in units of the server's money strategy; everything but `total` without tax. */
export interface Amounts {
  readonly total: number
  readonly tax: number
  readonly shipping: number
  readonly discount: number
  readonly subtotal: number
}

/**
 * An order's amounts before refunds. Vendure takes cancelled lines off its totals, down to 0; the payments keep what was
 * charged, so the greater of both is the total. Of what is no longer in the totals, tax and discount are worked out
 * from unit prices, which Vendure rounds: to within a unit per line.
 */
export function toAmounts(order: OrderFields): Amounts {
  const total = Math.max(order.totalWithTax, chargedOf(order))
  return total === order.totalWithTax ? currentAmounts(order) : chargedAmounts(order, total)
}

/** What was settled; of a cancelled order that never was, what would have been. */
function chargedOf({ state, payments }: OrderFields): number {
  const settled = sum(payments.filter((payment) => payment.state === 'Settled').map(({ amount }) => amount))
  if (settled > 0 || state !== 'Cancelled') return settled
  return Math.max(0, ...payments.map(({ amount }) => amount))
}

function currentAmounts(order: OrderFields): Amounts {
  const discount = sum(order.lines.map((line) => line.linePrice - line.proratedLinePrice))
  return {
    total: order.totalWithTax,
    tax: order.totalWithTax - order.total,
    shipping: order.shipping,
    discount: Math.max(0, discount),
    subtotal: order.subTotal + Math.max(0, discount),
  }
}

function chargedAmounts(order: OrderFields, total: number): Amounts {
  // Cancelled shipping stays, under a discount of this name.
  const unshipped = order.discounts.filter(({ adjustmentSource }) => adjustmentSource === 'CANCEL_ORDER')
  const shippingWithTax = order.shippingWithTax - sum(unshipped.map(({ amountWithTax }) => amountWithTax))
  const isCovered = shippingWithTax <= total
  const shipping = isCovered ? order.shipping - sum(unshipped.map(({ amount }) => amount)) : 0
  const shippingTax = isCovered ? shippingWithTax - shipping : 0
  const merchandiseWithTax = total - shipping - shippingTax
  const listed = sum(order.lines.map((line) => line.linePrice + cancelled(line) * line.unitPrice))
  const listedWithTax = sum(order.lines.map((line) => line.linePriceWithTax + cancelled(line) * line.unitPriceWithTax))
  const merchandise = listedWithTax === 0 ? merchandiseWithTax : share(merchandiseWithTax, listed, listedWithTax)
  const discount = Math.max(0, listed - merchandise)
  const tax = shippingTax + merchandiseWithTax - merchandise
  return { total, tax, shipping, discount, subtotal: merchandise + discount }
}

function cancelled(line: OrderFields['lines'][number]): number {
  return Math.max(0, line.orderPlacedQuantity - line.quantity)
}

function share(amount: number, part: number, whole: number): number {
  return Number(divideHalfUp(BigInt(amount) * BigInt(part), BigInt(whole)))
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}
