import type { ErasureAction, SourceErasure } from '../../core/customers/customer-store.ts'
import { numberArray } from '../arrays.ts'
import type { Queryable } from '../database.ts'
import { markMonthsOf } from '../numbers/dirty-months.ts'
import { ensureCustomerIndexes } from './customer-index.ts'
import { emailOf } from './identity-keys.ts'
import { countPendingErasures, expectErasures } from './pending-erasures.ts'
import { removeCustomers } from './remove-customers.ts'
import { findCustomersOf, removeIdentitiesOf } from './source-identities.ts'

/**
 * Makes what one source told of people anonymous, inside a transaction that holds the account's lock. Whoever has no
 * order left is removed, as by an erasure, and without a tombstone; the others lose what no other source told. What the
 * shop asks of a person stays. Null: nothing was ever read from it.
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
  const ids = await findCustomersOf(client, accountId, sourceId)
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
  const dropped = await removeIdentitiesOf(client, accountId, sourceId, ids)
  const emails = dropped.flatMap((key) => emailOf([key]) ?? [])
  await expectErasures(client, accountId, emails, action)
  const left = await client.query<{ id: number }>(WITHOUT_ORDERS, [accountId, numberArray(ids)])
  const removed = await removeCustomers(
    client,
    accountId,
    left.rows.map(({ id }) => id),
    { action },
  )
  // What a shop has said of customers and nobody has followed yet must not get lost.
  await counted(
    `delete from webhook_events where account_id = $1 and source_id = $2 and (done_at is not null or customers = '[]')`,
  )
  await counted(`delete from dead_letters where account_id = $1 and source_id = $2 and not (${IS_OPEN_TASK})`)
  const tasks = await client.query<{ count: number }>(
    `select count(*) as count from dead_letters where account_id = $1 and source_id = $2 and ${IS_OPEN_TASK}`,
    [accountId, sourceId],
  )
  await counted(
    'update sources set cursor = null, secret = null, newest_order_at = null where account_id = $1 and source_id = $2',
  )
  return {
    customers: ids.length,
    removed: left.rows.length,
    orders,
    refunds,
    identities: dropped.length + removed.identities.length,
    profiles: await countPendingErasures(client, accountId, [...emails, ...removed.emails]),
    tasks: tasks.rows[0]?.count ?? 0,
  }
}

const IS_OPEN_TASK = "kind = 'task' and resolved_at is null"

const WITHOUT_ORDERS = `
select id from unnest($2::bigint[]) as known (id)
where not exists (select from orders o where o.account_id = $1 and o.customer_id = known.id)
  and not exists (select from refunds r where r.account_id = $1 and r.customer_id = known.id and r.order_external_id = '')`
