import type { AovCell, ThresholdWindow } from '../core/aov-cell.ts'
import type { LedgerAccount } from './account.ts'
import type { Queryable } from './database.ts'

/** Customers of the account who have an AOV over this window, by AOV and number of orders, the lowest AOV first. */
export async function loadAovCells(
  db: Queryable,
  { accountId }: LedgerAccount,
  window: ThresholdWindow,
): Promise<AovCell[]> {
  const [aov, orders, revenue] =
    window === '12m'
      ? ['aov_12m_minor', 'order_count_12m', 'revenue_12m_minor']
      : ['aov_minor', 'order_count', 'revenue_minor']
  const { rows } = await db.query<AovCell>(
    `select ${aov} as "aovMinor", count(*) as customers, sum(${orders}) as orders,
       sum(${revenue})::bigint as "revenueMinor"
     from customer_aggregates where account_id = $1 and ${aov} is not null
     group by ${aov}, ${orders} order by ${aov}, ${orders}`,
    [accountId],
  )
  return rows
}
