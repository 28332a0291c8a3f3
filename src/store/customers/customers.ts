import { instantArray, numberArray, textArray } from '../arrays.ts'
import type { Queryable } from '../database.ts'
import { markMonthsOf } from '../numbers/dirty-months.ts'

/** A customer's address. `emailAt`: when it was last heard; null while it is the only one ever heard. */
export interface Address {
  readonly email: string | null
  readonly emailAt: Date | null
}

/** Whether `a` decides a customer's address rather than `b`: the newer, on a tie the greater, whatever came first. */
export function isNewer(a: { email: string; at: Date }, b: { email: string; at: Date }): boolean {
  return a.at.getTime() === b.at.getTime() ? a.email > b.email : a.at > b.at
}

/** Creates customers. @returns their ids, in order. */
export async function insertCustomers(
  client: Queryable,
  accountId: number,
  addresses: readonly Address[],
): Promise<number[]> {
  if (addresses.length === 0) return []
  // Ids are given in the order in which the rows come. The series counts them: arrays without a value unnest to nothing.
  const { rows } = await client.query<{ id: number }>(
    `insert into customers (account_id, email, email_at)
     select $1, email, to_timestamp(at / 1000.0)
     from rows from (generate_series(1, $4::integer), unnest($2::text[]), unnest($3::float8[])) as n (i, email, at)
     returning customer_id as id`,
    [
      accountId,
      textArray(addresses.map(({ email }) => email)),
      instantArray(addresses.map(({ emailAt }) => emailAt)),
      addresses.length,
    ],
  )
  return rows.map((row) => row.id)
}

/**
 * Stores addresses. A changed one marks its customer dirty, since the profile under the old one is to be cleared; who had
 * none was anonymous, so all their months are told anew.
 */
export async function updateAddresses(
  client: Queryable,
  { accountId, timezone, fresh }: { accountId: number; timezone: string; fresh: boolean },
  customers: readonly (Address & { customerId: number })[],
): Promise<void> {
  if (customers.length === 0) return
  const { rows } = await client.query<{ id: number }>(
    `with changed as materialized (
       select n.id, n.email, to_timestamp(n.at / 1000.0) as at, stored.place, stored.email as former
       from unnest($2::bigint[], $3::text[], $4::float8[]) as n (id, email, at)
       cross join lateral (
         select c.ctid as place, c.email, c.email_at from customers c
         where c.account_id = $1 and c.customer_id = n.id offset 0
       ) stored
       where (stored.email, stored.email_at) is distinct from (n.email, to_timestamp(n.at / 1000.0))
     ),
     updated as (
       update customers c set email = n.email, email_at = n.at from changed n where c.account_id = $1 and c.ctid = n.place
     ),
     marked as (
       insert into dirty_customers (account_id, customer_id)
       select $1, id from changed where email is distinct from former
       on conflict do nothing
     )
     select id from changed where former is null`,
    [
      accountId,
      numberArray(customers.map(({ customerId }) => customerId)),
      textArray(customers.map(({ email }) => email)),
      instantArray(customers.map(({ emailAt }) => emailAt)),
    ],
  )
  const wereAnonymous = rows.map((row) => row.id)
  if (!fresh) await markMonthsOf(client, accountId, timezone, wereAnonymous)
}
