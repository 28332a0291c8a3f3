import { type Matrix, type MatrixCell, toMatrix } from '../core/matrix.ts'
import type { LedgerAccount } from './account.ts'
import type { Queryable } from './database.ts'

/** New and recurring customers below and above the store's AOV: one question over their aggregates. */
export async function loadMatrix(db: Queryable, { accountId }: LedgerAccount): Promise<Matrix> {
  const { rows } = await db.query<Omit<MatrixCell, 'play'> & { thresholdMinor: number }>(MATRIX, [accountId])
  return toMatrix(rows[0]?.thresholdMinor ?? null, rows)
}

const MATRIX = `
with told as materialized (
  select a.aov_minor, a.order_count, a.revenue_minor
  from customer_aggregates a
  join customers c on c.account_id = a.account_id and c.customer_id = a.customer_id and c.email is not null
  where a.account_id = $1
),
store as (select half_up(sum(revenue_minor), sum(order_count)) as threshold from told)
select threshold as "thresholdMinor", case when order_count > 1 then 'recurring' else 'new' end as "customerType",
  case when aov_minor < threshold then 'below' else 'above' end as side, count(*)::integer as customers,
  sum(order_count)::integer as orders, sum(revenue_minor)::bigint as "revenueMinor",
  half_up(sum(revenue_minor), sum(order_count)) as "aovMinor"
from told cross join store
group by 1, 2, 3`
