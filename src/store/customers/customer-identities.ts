import { numberArray, textArray } from '../arrays.ts'
import type { Queryable } from '../database.ts'

/** Customers by what they are recognised by; what nobody is known by is left out. */
export async function findCustomers(
  client: Queryable,
  accountId: number,
  keys: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ key: string; customerId: number }>(
    `select identity as key, customer_id as "customerId" from customer_identities
     where account_id = $1 and identity = any($2::text[])`,
    [accountId, textArray(keys)],
  )
  return new Map(rows.map(({ key, customerId }) => [key, customerId]))
}

/** Lets a known customer be recognised by one thing more. */
export async function addIdentity(
  client: Queryable,
  accountId: number,
  key: string,
  customerId: number,
): Promise<void> {
  await client.query('insert into customer_identities (account_id, identity, customer_id) values ($1, $2, $3)', [
    accountId,
    key,
    customerId,
  ])
}

/** Removes all that customers are recognised by. @returns what that was. */
export async function removeIdentities(
  client: Queryable,
  accountId: number,
  customerIds: readonly number[],
): Promise<string[]> {
  const { rows } = await client.query<{ key: string }>(
    `delete from customer_identities where account_id = $1 and customer_id = any($2::bigint[]) returning identity as key`,
    [accountId, numberArray(customerIds)],
  )
  return rows.map(({ key }) => key)
}
