import { divideHalfUp, formatMoney } from '../../core/money.ts'

/** What stands where there is no number. */
export const NOTHING = '–'

/** A count for people: `18,532`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-GB')
}

/** `1 page`, `2 pages`: a count with what it counts, which is given as of many. */
export function formatCounted(count: number, noun: string): string {
  return `${formatCount(count)} ${count === 1 ? noun.replace(/s$/, '') : noun}`
}

/** Minor units for people, `–` where there is no amount. */
export function formatAmount(minor: number | null, currency: string): string {
  return minor === null ? NOTHING : formatMoney(minor, currency)
}

/** Orders per customer with two decimals, half up; `–` without customers. */
export function formatFrequency(orders: number, customers: number): string {
  return customers === 0 ? NOTHING : (Number(divideHalfUp(BigInt(orders) * 100n, BigInt(customers))) / 100).toFixed(2)
}
