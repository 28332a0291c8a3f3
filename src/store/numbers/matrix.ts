import { type Matrix, type MatrixCell, toMatrix } from '../../core/numbers/matrix.ts'
import type { LedgerAccount } from '../account.ts'
import { IDENTIFIED_AGGREGATES } from '../customers/identified-aggregates.ts'
import type { Queryable } from '../database.ts'

/** New and recurring customers below and above the store's AOV: one question over their aggregates. */
export async function loadMatrix(db: Queryable, { accountId }: LedgerAccount): Promise<Matrix> {
  const { rows } = await db.query<Omit<MatrixCell, 'play'> & { thresholdMinor: number }>(MATRIX, [accountId])
  return toMatrix(rows[0]?.thresholdMinor ?? null, rows)
}

const MATRIX = `
with store as materialized (
  select half_up(sum(revenue_minor), sum(order_count)) as threshold from ${IDENTIFIED_AGGREGATES}
),
cells as (
  select order_count > 1 as is_recurring, aov_minor < (select threshold from store) as is_below,
    count(*)::integer as customers, sum(order_count)::integer as orders, sum(revenue_minor)::bigint as revenue
  from ${IDENTIFIED_AGGREGATES}
  group by 1, 2
)
select (select threshold from store) as "thresholdMinor",
  case when is_recurring then 'recurring' else 'new' end as "customerType",
  case when is_below then 'below' else 'above' end as side, customers, orders, revenue as "revenueMinor",
  half_up(revenue, orders) as "aovMinor"
from cells`
