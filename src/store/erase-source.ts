import type { SourceErasure } from '../core/customer-store.ts'
import { numberArray } from './arrays.ts'
import { ensureCustomerIndexes } from './customer-index.ts'
import type { Queryable } from './database.ts'
import { markMonthsOf } from './dirty-months.ts'

/**
 * Makes what one source told of people anonymous, inside a transaction that holds the account's lock. Whoever has no
 * order left is removed by the next computation, as after a shop's own doing; without tombstones. Null: nothing was
 * ever read from it.
 */
export async function eraseSource(
  client: Queryable,
  { accountId, timezone, fresh }: { accountId: number; timezone: string; fresh: boolean },
  key: string,
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
  const identities = await counted(
    'delete from customer_identities where account_id = $1 and starts_with(identity, $2)',
    [accountId, `shop:${sourceId}:`],
  )
  await counted('delete from webhook_events where account_id = $1 and source_id = $2')
  await counted('delete from dead_letters where account_id = $1 and source_id = $2')
  await counted('update sources set cursor = null, secret = null where account_id = $1 and source_id = $2')
  return { customers: ids.length, orders, refunds, identities }
}

const CUSTOMERS = `
select customer_id as id from orders where account_id = $1 and source_id = $2 and customer_id is not null
union select customer_id from refunds where account_id = $1 and source_id = $2 and customer_id is not null
union select customer_id from customer_identities where account_id = $1 and starts_with(identity, $3)`
