import type { Distribution, DistributionCell } from '../core/distribution.ts'
import type { LedgerAccount } from './account.ts'
import type { Queryable } from './database.ts'

/** How the lifetime AOV of the identified customers is distributed: one question over their aggregates. */
export async function loadDistribution(db: Queryable, { accountId }: LedgerAccount): Promise<Distribution> {
  const { rows } = await db.query<DistributionCell & Pick<Distribution, 'storeAovMinor' | 'medianMinor'>>(
    DISTRIBUTION,
    [accountId],
  )
  const sum = (of: (cell: DistributionCell) => number) => rows.reduce((total, cell) => total + of(cell), 0)
  return {
    customers: sum(({ customers }) => customers),
    orders: sum(({ orders }) => orders),
    revenueMinor: sum(({ revenueMinor }) => revenueMinor),
    storeAovMinor: rows[0]?.storeAovMinor ?? null,
    medianMinor: rows[0]?.medianMinor ?? null,
    cells: rows.map(({ storeAovMinor: _store, medianMinor: _median, ...cell }) => cell),
  }
}

/** The twin of `toCell` in core: rounded down to three significant digits. */
const DISTRIBUTION = `
with told as materialized (
  select a.aov_minor, a.order_count, a.revenue_minor,
    power(10, greatest(length(abs(a.aov_minor)::text) - 3, 0)::numeric)::bigint as unit
  from customer_aggregates a
  join customers c on c.account_id = a.account_id and c.customer_id = a.customer_id and c.email is not null
  where a.account_id = $1
),
floored as (select *, aov_minor - mod(mod(aov_minor, unit) + unit, unit) as border from told)
select border as "fromMinor", border = aov_minor as "isPoint", count(*)::integer as customers,
  sum(order_count)::integer as orders, sum(revenue_minor)::bigint as "revenueMinor",
  (select half_up(sum(revenue_minor), sum(order_count)) from told) as "storeAovMinor",
  (select floor(percentile_cont(0.5) within group (order by aov_minor) + 0.5)::bigint from told) as "medianMinor"
from floored
group by 1, 2 order by 1, 2 desc`
