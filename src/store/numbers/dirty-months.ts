import { numberArray } from '../arrays.ts'
import type { Queryable } from '../database.ts'

/** Marks every month in which these customers have an order, or a refund that names none. */
export async function markMonthsOf(
  client: Queryable,
  accountId: number,
  timezone: string,
  customerIds: readonly number[],
): Promise<void> {
  if (customerIds.length === 0) return
  await client.query(
    `insert into dirty_months (account_id, month)
     select $1::integer, date_trunc('month', o.placed_at at time zone $3)::date
     from unnest($2::bigint[]) as c (id) join orders o on o.account_id = $1 and o.customer_id = c.id
     union
     select $1::integer, date_trunc('month', r.refunded_at at time zone $3)::date
     from unnest($2::bigint[]) as c (id)
     join refunds r on r.account_id = $1 and r.customer_id = c.id and r.order_external_id = ''
     on conflict do nothing`,
    [accountId, numberArray(customerIds), timezone],
  )
}
