import type { ErasureAction, SourceErasure } from '../core/customer-store.ts'
import { numberArray } from './arrays.ts'
import { ensureCustomerIndexes } from './customer-index.ts'
import type { Queryable } from './database.ts'
import { markMonthsOf } from './dirty-months.ts'
import { countPendingErasures } from './pending-erasures.ts'
import { removeCustomers } from './remove-customers.ts'

/**
 * Makes what one source told of people anonymous, inside a transaction that holds the account's lock. Whoever has no
 * order left is removed, as by an erasure, and without a tombstone. Null: nothing was ever read from it.
 */
export async function eraseSource(
  client: Queryable,
  { accountId, timezone, fresh }: { accountId: number; timezone: string; fresh: boolean },
  key: string,
  action: ErasureAction,
): Promise<Omit<SourceErasure, 'erasedAt'> | null> {
  const found = await client.query<{ id: number }>(
    'select source_id as id from sources where account_id = $1 and key = $2',
    [accountId, key],
  )
  const sourceId = found.rows[0]?.id
  if (sourceId === undefined) return null
  await ensureCustomerIndexes(client)
  const { rows } = await client.query<{ id: number }>(CUSTOMERS, [accountId, sourceId, `shop:${sourceId}:`])
  const ids = rows.map(({ id }) => id)
  // Before the first computation every month and everybody is dirty.
  if (!fresh) {
    await markMonthsOf(client, accountId, timezone, ids)
    await client.query(
      `insert into dirty_customers (account_id, customer_id) select $1::integer, unnest($2::bigint[]) on conflict do nothing`,
      [accountId, numberArray(ids)],
    )
  }
  const counted = async (text: string, values: unknown[] = [accountId, sourceId]) =>
    (await client.query(text, values)).rowCount ?? 0
  const anonymous = (table: string) =>
    `update ${table} set customer_id = null, addressed = false where account_id = $1 and source_id = $2 and customer_id is not null`
  const orders = await counted(anonymous('orders'))
  const refunds = await counted(anonymous('refunds'))
  const shopIds = await counted('delete from customer_identities where account_id = $1 and starts_with(identity, $2)', [
    accountId,
    `shop:${sourceId}:`,
  ])
  const left = await client.query<{ id: number }>(WITHOUT_ORDERS, [accountId, numberArray(ids)])
  const removed = await removeCustomers(
    client,
    accountId,
    left.rows.map(({ id }) => id),
    { action },
  )
  await counted('delete from webhook_events where account_id = $1 and source_id = $2')
  await counted('delete from dead_letters where account_id = $1 and source_id = $2')
  await counted(
    'update sources set cursor = null, secret = null, newest_order_at = null where account_id = $1 and source_id = $2',
  )
  return {
    customers: ids.length,
    removed: left.rows.length,
    orders,
    refunds,
    identities: shopIds + removed.identities.length,
    profiles: await countPendingErasures(client, accountId, removed.emails),
  }
}

const CUSTOMERS = `
select customer_id as id from orders where account_id = $1 and source_id = $2 and customer_id is not null
union select customer_id from refunds where account_id = $1 and source_id = $2 and customer_id is not null
union select customer_id from customer_identities where account_id = $1 and starts_with(identity, $3)`

const WITHOUT_ORDERS = `
select id from unnest($2::bigint[]) as known (id)
where not exists (select from orders o where o.account_id = $1 and o.customer_id = known.id)
  and not exists (select from refunds r where r.account_id = $1 and r.customer_id = known.id)`
