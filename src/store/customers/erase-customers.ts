import type { ErasureAction } from '../../core/customers/customer-store.ts'
import { numberArray } from '../arrays.ts'
import type { Queryable } from '../database.ts'
import { markMonthsOf } from '../numbers/dirty-months.ts'
import { findCustomers } from './customer-identities.ts'
import { ensureCustomerIndexes } from './customer-index.ts'
import { removeCustomers } from './remove-customers.ts'

/** What was taken away. */
interface ErasedCustomers {
  readonly customers: number
  readonly orders: number
  readonly refunds: number
  /** What they were recognised by. */
  readonly identities: readonly string[]
  /** Those and the ones asked for. */
  readonly emails: readonly string[]
}

/**
 * Removes the customers behind `keys` from every table inside a transaction that holds the account's lock. Their orders
 * and refunds become anonymous, so that the store's totals stay; the months they are in are told anew.
 */
export async function eraseCustomers(
  client: Queryable,
  { accountId, timezone, fresh }: { accountId: number; timezone: string; fresh: boolean },
  keys: readonly string[],
  action: ErasureAction,
): Promise<ErasedCustomers> {
  await ensureCustomerIndexes(client)
  const ids = [...new Set((await findCustomers(client, accountId, keys)).values())]
  // Before the first computation every month is dirty.
  if (!fresh) await markMonthsOf(client, accountId, timezone, ids)
  const values = [accountId, numberArray(ids)]
  const orders = await client.query(
    `update orders set customer_id = null, addressed = false where account_id = $1 and customer_id = any($2::bigint[])`,
    values,
  )
  const refunds = await client.query(
    `update refunds set customer_id = null, addressed = false
     where account_id = $1 and customer_id = any($2::bigint[]) and order_external_id = ''`,
    values,
  )
  const removed = await removeCustomers(client, accountId, ids, { action, asked: keys })
  return { customers: ids.length, orders: orders.rowCount ?? 0, refunds: refunds.rowCount ?? 0, ...removed }
}
