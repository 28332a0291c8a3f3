import { isEmail, normalizeEmail } from '../../core/customers/email.ts'
import { toE164 } from '../../core/customers/phone.ts'
import type { OrderCustomer } from '../../core/orders/order.ts'
import { toStorable } from '../arrays.ts'

const EMAIL = 'email:'
const SHOP = 'shop:'

/** What a record is recognised by: `email:…` and `shop:<source>:…`; `phone:…` only where there is neither. */
export function identityKeys(customer: OrderCustomer | null, sourceId: number): string[] {
  if (customer === null) return []
  const keys: string[] = []
  const email = customer.email === undefined ? '' : normalizeEmail(toStorable(customer.email))
  if (isEmail(email)) keys.push(EMAIL + email)
  const shopId = customer.externalId === undefined ? '' : toStorable(customer.externalId).trim()
  if (shopId !== '') keys.push(`${SHOP}${sourceId}:${shopId}`)
  if (keys.length > 0 || customer.phone === undefined) return keys
  const phone = toE164(customer.phone, customer.country)
  return phone === null ? [] : [`phone:${phone}`]
}

/** The normalised address among a record's keys. */
export function emailOf(keys: readonly string[]): string | null {
  return keys.find((key) => key.startsWith(EMAIL))?.slice(EMAIL.length) ?? null
}

/** SQL for whether an identity is an address. */
export function isEmailSql(identity: string): string {
  return `starts_with(${identity}, '${EMAIL}')`
}

/** SQL for the address in an identity that is one. */
export function emailOfSql(identity: string): string {
  return `substr(${identity}, ${EMAIL.length + 1})`
}

/** SQL for whether an identity is a shop's customer id, which says itself whose it is. */
export function isShopIdSql(identity: string): string {
  return `starts_with(${identity}, '${SHOP}')`
}
