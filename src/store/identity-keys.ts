import { isEmail, normalizeEmail } from '../core/email.ts'
import type { OrderCustomer } from '../core/order.ts'
import { toE164 } from '../core/phone.ts'
import { toStorable } from './arrays.ts'

const SEPARATOR = '\n'

/** What a record is recognised by, as `kind⏎value`: e-mail and the shop's id; a phone number only where there is neither. */
export function identityKeys(customer: OrderCustomer | null, sourceId: number): string[] {
  if (customer === null) return []
  const keys: string[] = []
  const email = customer.email === undefined ? '' : normalizeEmail(toStorable(customer.email))
  if (isEmail(email)) keys.push(`email${SEPARATOR}${email}`)
  const shopId = customer.externalId === undefined ? '' : toStorable(customer.externalId).trim()
  if (shopId !== '') keys.push(`shop:${sourceId}${SEPARATOR}${shopId}`)
  if (keys.length > 0 || customer.phone === undefined) return keys
  const phone = toE164(customer.phone, customer.country)
  return phone === null ? [] : [`phone${SEPARATOR}${phone}`]
}

/** The normalised address among a record's keys. */
export function emailOf(keys: readonly string[]): string | null {
  const key = keys.find((candidate) => candidate.startsWith(`email${SEPARATOR}`))
  return key === undefined ? null : textOf(key)
}

/** `email`, `phone` or `shop:<source id>`. */
export function kindOf(key: string): string {
  return key.slice(0, key.indexOf(SEPARATOR))
}

/** What follows the kind. */
export function textOf(key: string): string {
  return key.slice(key.indexOf(SEPARATOR) + 1)
}
