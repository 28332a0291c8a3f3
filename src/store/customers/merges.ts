import { numberArray } from '../arrays.ts'
import type { Queryable } from '../database.ts'
import { markMonthsOf } from '../numbers/dirty-months.ts'
import { ensureCustomerIndexes } from './customer-index.ts'
import { emailOfSql, isEmailSql } from './identity-keys.ts'

/**
 * Moves everything of the customers `from` to the customers `into` (already chosen so that no `into` is itself merged
 * away) and marks both sides and all their months dirty. The address is the caller's to choose.
 */
export async function mergeCustomers(
  client: Queryable,
  { accountId, timezone, fresh }: { accountId: number; timezone: string; fresh: boolean },
  pairs: readonly { from: number; into: number }[],
): Promise<void> {
  await ensureCustomerIndexes(client)
  const values = [accountId, numberArray(pairs.map((p) => p.from)), numberArray(pairs.map((p) => p.into))]
  const pair = 'unnest($2::bigint[], $3::bigint[]) as m (old_id, new_id)'
  await client.query(
    `update profile_states p set customer_id = m.new_id
     from ${pair} join customer_identities i on i.account_id = $1 and i.customer_id = m.old_id
     where p.account_id = $1 and ${isEmailSql('i.identity')} and p.email = ${emailOfSql('i.identity')} and p.customer_id = m.old_id`,
    values,
  )
  // Refunds that name an order carry no customer, and are in no index by one.
  for (const [table, where] of [
    ['customer_identities', ''],
    ['orders', ''],
    ['refunds', "and t.order_external_id = ''"],
  ]) {
    await client.query(
      `update ${table} t set customer_id = m.new_id from ${pair}
       where t.account_id = $1 and t.customer_id = m.old_id ${where}`,
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
  await client.query(
    `delete from customers t using ${pair} where t.account_id = $1 and t.customer_id = m.old_id`,
    values,
  )
  await client.query(
    `insert into dirty_customers (account_id, customer_id) select distinct $1::integer, new_id from ${pair}
     on conflict do nothing`,
    values,
  )
  // Who was new in a month may now be recurring. Before the first computation every month is dirty.
  if (!fresh) {
    const into = pairs.map((pair) => pair.into)
    await markMonthsOf(client, accountId, timezone, into)
  }
}
