import { textArray, toStorable } from '../arrays.ts'
import type { Queryable } from '../database.ts'

/**
 * Marks orders as deleted that the shop has no more: they stay, and leave every sum. @returns how many were not yet.
 * `updated_at` stays too, so that one that comes back unchanged from the shop's trash is taken again.
 */
export async function markDeleted(
  client: Queryable,
  accountId: number,
  timezone: string,
  sourceId: number,
  externalIds: readonly string[],
): Promise<number> {
  if (externalIds.length === 0) return 0
  const { rows } = await client.query<{ count: number }>(
    `with gone as (
       update orders set state = 'deleted'
       where account_id = $1 and source_id = $2 and external_id = any($3::text[]) and state <> 'deleted'
       returning customer_id, placed_at
     ),
     marked_customers as (
       insert into dirty_customers (account_id, customer_id)
       select distinct $1::integer, customer_id from gone where customer_id is not null on conflict do nothing
     ),
     marked_months as (
       insert into dirty_months (account_id, month)
       select distinct $1::integer, date_trunc('month', placed_at at time zone $4)::date from gone on conflict do nothing
     )
     select count(*) as count from gone`,
    [accountId, sourceId, textArray(externalIds.map(toStorable)), timezone],
  )
  return Number(rows[0]?.count ?? 0)
}
