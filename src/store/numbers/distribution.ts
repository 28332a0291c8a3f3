import { divideHalfUp } from '../../core/money.ts'
import type { Distribution, DistributionCell } from '../../core/numbers/distribution.ts'
import type { LedgerAccount } from '../account.ts'
import { IDENTIFIED_AGGREGATES } from '../customers/identified-aggregates.ts'
import type { Queryable } from '../database.ts'

/** How the lifetime AOV of the identified customers is distributed: one question over their aggregates. */
export async function loadDistribution(db: Queryable, { accountId }: LedgerAccount): Promise<Distribution> {
  const { rows } = await db.query<DistributionCell & { medianMinor: number }>(DISTRIBUTION, [accountId])
  const sum = (of: (cell: DistributionCell) => number) => rows.reduce((total, cell) => total + of(cell), 0)
  const [orders, revenueMinor] = [sum((cell) => cell.orders), sum((cell) => cell.revenueMinor)]
  return {
    customers: sum(({ customers }) => customers),
    orders,
    revenueMinor,
    storeAovMinor: orders === 0 ? null : Number(divideHalfUp(BigInt(revenueMinor), BigInt(orders))),
    medianMinor: rows[0]?.medianMinor ?? null,
    cells: rows.map(({ medianMinor: _, ...cell }) => cell),
  }
}

/** The cell is the twin of `toCell` in core: rounded down to three significant digits. */
const DISTRIBUTION = `
with amounts as materialized (
  select aov_minor as amount, count(*) as customers, sum(order_count) as orders, sum(revenue_minor) as revenue
  from ${IDENTIFIED_AGGREGATES}
  group by 1
),
ranked as (select amount, sum(customers) over (order by amount) as up_to, sum(customers) over () as customers from amounts),
median as (
  select floor((min(amount) filter (where up_to >= div(customers + 1, 2))
    + min(amount) filter (where up_to >= div(customers + 2, 2))) / 2.0 + 0.5)::bigint as amount
  from ranked
),
floored as (
  select *, power(10::numeric, greatest(length(abs(amount)::text) - 3, 0))::bigint as unit from amounts
)
select floored.amount - mod(mod(floored.amount, unit) + unit, unit) as "fromMinor", mod(floored.amount, unit) = 0 as "isPoint",
  sum(customers)::integer as customers, sum(orders)::integer as orders, sum(revenue)::bigint as "revenueMinor",
  median.amount as "medianMinor"
from floored cross join median
group by 1, 2, median.amount order by 1, 2 desc`
