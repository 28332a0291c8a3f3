import type { AccountSettings } from '../../core/account.ts'
import { countedOrdersSql, unlinkedRefundsSql } from '../orders/order-value.ts'

/** Which part of the ledger is read: SQL conditions on `o.placed_at` and on `r.refunded_at`. */
interface Range {
  readonly orders: string
  readonly refunds: string
}

/**
 * SQL of a common table `told`: the range's counted orders and unlinked refunds with their instant, their customer (null:
 * anonymous), that customer's first counted order and what they are by rank. $1 is the account.
 *
 * By `rank` an order is new that was placed when its customer's first was. A refund that names no order goes where its
 * customer stood at that moment; without a counted order before it that is: new. The first order of somebody who was not
 * computed yet is looked for among their orders.
 */
export function toldSql(settings: AccountSettings, range: Range): string {
  const first = 'coalesce(a.first_order_at, f.first_at)'
  const earlier = `o.account_id = $1 and o.customer_id = e.customer_id
    and o.placed_at > ${first} and o.placed_at <= e.at`
  return `
  entries as (
    select true as is_order, customer_id, placed_at as at, value_minor
    from (${countedOrdersSql(settings, 'orders o', `o.account_id = $1 and ${range.orders}`)}) orders
    union all
    select false, customer_id, refunded_at, value_minor
    from (${unlinkedRefundsSql(settings, 'refunds r', `r.account_id = $1 and ${range.refunds}`)}) refunds
  ),
  uncomputed as materialized (
    select distinct e.customer_id from entries e
    where e.customer_id is not null
      and not exists (select from customer_aggregates a where a.account_id = $1 and a.customer_id = e.customer_id)
  ),
  firsts as materialized (
    select customer_id, min(placed_at) as first_at
    from (${countedOrdersSql(settings, 'uncomputed u join orders o on o.customer_id = u.customer_id', 'o.account_id = $1')}) orders
    group by customer_id
  ),
  told as materialized (
    select e.at, ${first} as first_at, e.is_order, e.value_minor,
      case when c.email is not null then e.customer_id end as customer_id,
      case when c.email is null then 'anonymous'
        when e.is_order then case when e.at <= ${first} then 'new' else 'recurring' end
        when exists (${countedOrdersSql(settings, 'orders o', earlier)}) then 'recurring'
        else 'new' end as kind_by_rank
    from entries e
    left join customers c on c.account_id = $1 and c.customer_id = e.customer_id
    left join customer_aggregates a on a.account_id = $1 and a.customer_id = e.customer_id
    left join firsts f on f.customer_id = e.customer_id
  )`
}

/** SQL for the kind by `period`: recurring is who has their first counted order in an earlier period. */
export function kindByPeriodSql(firstPeriod: string, period: string): string {
  return `case when customer_id is null then 'anonymous' when ${firstPeriod} < ${period} then 'recurring' else 'new' end`
}

/** SQL for the kind that is the same by every definition. */
export const KIND_BY_ANY = "case when customer_id is null then 'anonymous' else 'identified' end"

/**
 * SQL of the numbers over `told`, one row per value of the two grouping expressions, which come out as period and kind.
 * `where` narrows the entries.
 */
export function numbersSql(period: string, kind: string, where = 'true'): string {
  return `select ${period} as period, ${kind} as kind, count(distinct customer_id) filter (where is_order)::integer as customers,
    count(*) filter (where is_order)::integer as orders, sum(value_minor)::bigint as revenue_minor,
    half_up(sum(value_minor), nullif(count(*) filter (where is_order), 0)) as aov_minor,
    floor(percentile_cont(0.5) within group (order by value_minor) filter (where is_order) + 0.5)::bigint as median_minor
  from told where ${where} group by 1, 2`
}
