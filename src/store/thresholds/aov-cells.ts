import type { AovCell, ThresholdWindow } from '../../core/thresholds/aov-cell.ts'
import type { LedgerAccount } from '../account.ts'
import { IDENTIFIED_AGGREGATES } from '../customers/identified-aggregates.ts'
import type { Queryable } from '../database.ts'

/**
 * Customers with an address who have an AOV over this window, by AOV and number of orders, the lowest AOV first: whoever has
 * none gets no profile and is in no segment, so no threshold is for them.
 */
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
    `select a.${aov} as "aovMinor", count(*) as customers, sum(a.${orders}) as orders,
       sum(a.${revenue})::bigint as "revenueMinor"
     from ${IDENTIFIED_AGGREGATES} and a.${aov} is not null
     group by a.${aov}, a.${orders} order by a.${aov}, a.${orders}`,
    [accountId],
  )
  return rows
}
