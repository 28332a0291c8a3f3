import { numberArray, textArray } from './arrays.ts'
import type { Queryable } from './database.ts'
import { kindOf, textOf } from './identity-keys.ts'

/** Customers by what they are recognised by; what nobody is known by is left out. */
export async function findCustomers(
  client: Queryable,
  accountId: number,
  keys: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ key: string; customerId: number }>(
    `select i.kind || E'\\n' || i.value as key, i.customer_id as "customerId"
     from unnest($2::text[], $3::text[]) as wanted (kind, value)
     join customer_identities i on i.account_id = $1 and i.kind = wanted.kind and i.value = wanted.value`,
    [accountId, textArray(keys.map(kindOf)), textArray(keys.map(textOf))],
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
  await client.query('insert into customer_identities (account_id, kind, value, customer_id) values ($1, $2, $3, $4)', [
    accountId,
    kindOf(key),
    textOf(key),
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
    `delete from customer_identities where account_id = $1 and customer_id = any($2::bigint[])
     returning kind || E'\\n' || value as key`,
    [accountId, numberArray(customerIds)],
  )
  return rows.map(({ key }) => key)
}
