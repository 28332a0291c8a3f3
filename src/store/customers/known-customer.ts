import type { Queryable } from '../database.ts'
import { ensureCustomerIndexes } from './customer-index.ts'
import { type Address, isNewer } from './customers.ts'

/**
 * A customer as this page knows it. In the ledger, who has no `email_at` has at most one identity that is an address, and it is
 * their `email`: looking customers up relies on it, and whoever writes either must keep it so.
 */
export interface KnownCustomer {
  /** Null until it is stored. */
  customerId: number | null
  email: string | null
  /** When the address was last heard. Null: it is the only one ever heard, and the orders tell when, should it matter. */
  emailAt: Date | null
  /** When this page last heard the only address. */
  heardAt: Date | null
  mergedInto: KnownCustomer | null
}

/** A customer of whom this page has heard nothing yet. */
export function toKnown<Id extends number | null>(
  customerId: Id,
  { email, emailAt }: Address = { email: null, emailAt: null },
): KnownCustomer & { customerId: Id } {
  return { customerId, email, emailAt, heardAt: null, mergedInto: null }
}

/** Whom a customer has been merged into by now. */
export function current<T extends KnownCustomer | null | undefined>(customer: T): KnownCustomer | null {
  let at: KnownCustomer | null = customer ?? null
  while (at?.mergedInto) at = at.mergedInto
  return at
}

/**
 * Lets the newest record decide a customer's address, on a tie the greater address, so that the order of reading does
 * not matter. The only address a customer ever had needs no date: most never have another, and a date for each would be
 * written with every order. @returns whether the stored customer changes.
 */
export async function hear(
  client: Queryable,
  accountId: number,
  customer: KnownCustomer,
  email: string,
  at: Date,
): Promise<boolean> {
  if (customer.email === null || (customer.email === email && customer.emailAt === null)) {
    const isNews = customer.email === null
    customer.email = email
    if (customer.heardAt === null || at > customer.heardAt) customer.heardAt = at
    return isNews
  }
  customer.emailAt ??= await lastHeard(client, accountId, customer)
  if (isNewer({ email, at }, { email: customer.email, at: customer.emailAt })) {
    customer.email = email
    customer.emailAt = at
  }
  return true
}

/** When the only address of a customer was last heard: in this page, or on a stored record that carried it. */
export async function lastHeard(client: Queryable, accountId: number, customer: KnownCustomer): Promise<Date> {
  await ensureCustomerIndexes(client)
  const { rows } = await client.query<{ at: Date | null }>(
    `select greatest(
       (select max(placed_at) from orders where account_id = $1 and customer_id = $2 and addressed),
       (select max(refunded_at) from refunds
        where account_id = $1 and customer_id = $2 and order_external_id = '' and addressed)) as at`,
    [accountId, customer.customerId],
  )
  const stored = rows[0]?.at ?? new Date(0)
  return customer.heardAt !== null && customer.heardAt > stored ? customer.heardAt : stored
}
