import { numberArray } from './arrays.ts'
import type { Queryable } from './database.ts'

/**
 * Moves everything of the customers `from` to the customers `into` (already chosen so that no `into` is itself merged
 * away) and marks both sides and all their months dirty. Raises the account's identity version: caches elsewhere drop.
 */
export async function mergeCustomers(
  client: Queryable,
  accountId: number,
  timezone: string,
  pairs: readonly { from: number; into: number }[],
): Promise<void> {
  const values = [accountId, numberArray(pairs.map((p) => p.from)), numberArray(pairs.map((p) => p.into))]
  const pair = 'unnest($2::bigint[], $3::bigint[]) as m (old_id, new_id)'
  for (const table of ['customer_identities', 'orders', 'refunds', 'profile_states']) {
    await client.query(
      `update ${table} t set customer_id = m.new_id from ${pair} where t.account_id = $1 and t.customer_id = m.old_id`,
      values,
    )
  }
  await client.query(
    `delete from customer_aggregates t using ${pair} where t.account_id = $1 and t.customer_id = m.old_id`,
    values,
  )
  await client.query(
    `delete from dirty_customers t using ${pair} where t.account_id = $1 and t.customer_id = m.old_id`,
    values,
  )
  // The address of the side that was seen last stays; the other's profile is cleared by the computation.
  await client.query(
    `with gone as (
       delete from customers t using ${pair} where t.account_id = $1 and t.customer_id = m.old_id
       returning m.new_id, t.email, t.email_at
     )
     update customers c set email = coalesce(c.email, g.email)
     from gone g where c.account_id = $1 and c.customer_id = g.new_id and c.email is null`,
    values,
  )
  await client.query(
    `insert into dirty_customers (account_id, customer_id) select distinct $1::integer, new_id from ${pair}
     on conflict do nothing`,
    values,
  )
  // Who was new in a month may now be recurring.
  await client.query(
    `insert into dirty_months (account_id, month)
     select distinct $1::integer, date_trunc('month', o.placed_at at time zone $4)::date
     from ${pair} join orders o on o.account_id = $1 and o.customer_id = m.new_id
     on conflict do nothing`,
    [...values, timezone],
  )
  await client.query('update accounts set identity_version = identity_version + 1 where account_id = $1', [accountId])
}
