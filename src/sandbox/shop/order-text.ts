import { toMajorText } from '../../core/money.ts'
import type { SampleOrder } from './sample-order.ts'

/** How the orders are written. */
export type ShopFormat = 'csv' | 'jsonl'

/** Columns of a shop's file, in order; each has the name of the setting under `columns` that it is for. */
export const SHOP_COLUMNS = [
  'order',
  'placedAt',
  'updatedAt',
  'email',
  'customer',
  'country',
  'total',
  'subtotal',
  'discount',
  'tax',
  'shipping',
  'refunded',
  'refundedAt',
  'state',
  'test',
  'channel',
] as const

/** Text before the first order. */
export function headerText(format: ShopFormat): string {
  return format === 'csv' ? `${SHOP_COLUMNS.join(',')}\n` : ''
}

/**
 * One order as a line. Amounts in major units with all decimals; what an order does not have is empty in CSV and left
 * out in JSON. Put together by hand: a million orders then take seconds, and no value needs quotes or escapes.
 */
export function orderText(order: SampleOrder, format: ShopFormat): string {
  const amount = (minor: number): string => toMajorText(minor, order.currency)
  const placedAt = instantText(order.placedAt)
  const updatedAt = order.updatedAt === order.placedAt ? placedAt : instantText(order.updatedAt)
  const refundedAt = order.refundedAt === null ? '' : instantText(order.refundedAt)
  const { email, customer, country, state, test, channel } = order
  const total = amount(order.totalMinor)
  const subtotal = amount(order.subtotalMinor)
  const discount = amount(order.discountMinor)
  const tax = amount(order.taxMinor)
  const shipping = amount(order.shippingMinor)
  const refunded = amount(order.refundedMinor)
  if (format === 'csv') {
    const who = `${email ?? ''},${customer ?? ''},${country}`
    const money = `${total},${subtotal},${discount},${tax},${shipping},${refunded},${refundedAt}`
    return `${order.order},${placedAt},${updatedAt},${who},${money},${state},${test},${channel}\n`
  }
  const who = email === null ? '' : `"email":"${email}","customer":"${customer}",`
  const money = `"total":${total},"subtotal":${subtotal},"discount":${discount},"tax":${tax},"shipping":${shipping}`
  const back = refundedAt === '' ? '' : `"refunded":${refunded},"refundedAt":"${refundedAt}",`
  return `{"order":"${order.order}","placedAt":"${placedAt}","updatedAt":"${updatedAt}",${who}"country":"${country}",${money},${back}"state":"${state}","test":${test},"channel":"${channel}"}\n`
}

/** Whole seconds, UTC. */
function instantText(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`
}
