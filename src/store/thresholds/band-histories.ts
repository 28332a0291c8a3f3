import type { BandHistory } from '../../core/thresholds/band-wavering.ts'
import type { LedgerAccount } from '../account.ts'
import type { Queryable } from '../database.ts'
import { countedOrdersSql, unlinkedRefundsSql } from '../orders/order-value.ts'

interface Row {
  readonly customerId: number
  readonly orders: number
  readonly revenueMinor: number
  readonly at: Date
  readonly isOrder: boolean
  readonly valueMinor: number
}

/**
 * What customers with an address and two or more counted orders since an instant had bought before, and everything since:
 * nobody else can have changed band at the destination and come back. As their orders stand today.
 */
export async function loadBandHistories(
  db: Queryable,
  { accountId, settings }: LedgerAccount,
  since: Date,
): Promise<BandHistory[]> {
  const { rows } = await db.query<Row>(
    `with counted as materialized (
       ${countedOrdersSql(settings, 'orders o', 'o.account_id = $1 and o.placed_at > $2 and o.customer_id is not null')}
     ),
     buyers as materialized (
       select customer_id from counted join customers c using (customer_id)
       where c.account_id = $1 and c.email is not null group by customer_id having count(*) > 1
     ),
     events as (
       select customer_id, placed_at as at, true as is_order, value_minor from counted join buyers using (customer_id)
       union all
       select customer_id, refunded_at, false, value_minor
       from (${unlinkedRefundsSql(settings, 'buyers b join refunds r on r.customer_id = b.customer_id', 'r.account_id = $1 and r.refunded_at > $2')}) taken_back
     )
     select e.customer_id as "customerId", e.at, e.is_order as "isOrder", e.value_minor::bigint as "valueMinor",
       (a.order_count - count(*) filter (where is_order) over one)::bigint as orders,
       (a.revenue_minor - sum(e.value_minor) over one)::bigint as "revenueMinor"
     from events e join customer_aggregates a on a.account_id = $1 and a.customer_id = e.customer_id
     window one as (partition by e.customer_id)
     order by e.customer_id, e.at, e.value_minor desc, e.is_order desc`,
    [accountId, since],
  )
  const histories = new Map<number, Row[]>()
  for (const row of rows) {
    const own = histories.get(row.customerId)
    if (own === undefined) histories.set(row.customerId, [row])
    else own.push(row)
  }
  return [...histories.values()].flatMap(toHistory)
}

/** Orders that were saved and not computed yet are more than the aggregates know: such a customer is left out. */
function toHistory(rows: readonly Row[]): BandHistory[] {
  const [first] = rows
  if (first === undefined || first.orders < 0) return []
  const since = rows.map(({ at, isOrder, valueMinor }) => ({ at, orders: isOrder ? 1 : 0, valueMinor }))
  return [{ orders: first.orders, revenueMinor: first.revenueMinor, since }]
}
