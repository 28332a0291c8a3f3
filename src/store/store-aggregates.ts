import type { AccountSettings } from '../core/account.ts'
import { startOfDate } from '../core/instant.ts'
import { countedOrdersSql, literal, unlinkedRefundsSql } from './order-value.ts'

const DAY_MS = 86_400_000

/** Which part of the ledger a report reads. SQL conditions on `o.placed_at` / `r.refunded_at`, and the period of an instant. */
interface Range {
  readonly orders: string
  readonly refunds: string
  readonly period: (instant: string) => string
}

/**
 * SQL of a common table `told`: the range's counted orders and unlinked refunds with their period and the kind of their
 * customer by each definition. $1 is the account.
 *
 * By `period` a customer is recurring whose first counted order lies in an earlier period; by `rank` an order is new that
 * was placed when its customer's first was. A refund that names no order goes where its customer stood at that moment;
 * without a counted order before it that is: new.
 */
export function toldSql(settings: AccountSettings, range: Range): string {
  const earlier = `o.account_id = $1 and o.customer_id = e.customer_id
    and o.placed_at > a.first_order_at and o.placed_at <= e.at`
  return `
  entries as (
    select true as is_order, customer_id, placed_at as at, value_minor
    from (${countedOrdersSql(settings, 'orders o', `o.account_id = $1 and ${range.orders}`)}) orders
    union all
    select false, customer_id, refunded_at, value_minor
    from (${unlinkedRefundsSql(settings, 'refunds r', `r.account_id = $1 and ${range.refunds}`)}) refunds
  ),
  told as materialized (
    select ${range.period('e.at')} as period, e.is_order, e.value_minor,
      case when c.email is not null then e.customer_id end as customer_id,
      case when c.email is null then 'anonymous'
        when ${range.period('a.first_order_at')} < ${range.period('e.at')} then 'recurring' else 'new' end as kind_by_period,
      case when c.email is null then 'anonymous'
        when e.is_order then case when e.at <= a.first_order_at then 'new' else 'recurring' end
        when exists (${countedOrdersSql(settings, 'orders o', earlier)}) then 'recurring'
        else 'new' end as kind_by_rank
    from entries e
    left join customers c on c.account_id = $1 and c.customer_id = e.customer_id
    left join customer_aggregates a on a.account_id = $1 and a.customer_id = e.customer_id
  )`
}

/**
 * SQL for an instant around one of the months that begin on these dates, neighbours in one range: written as ranges, the
 * planner knows how many orders to expect. A day too wide on both sides: where clocks go back at midnight a day starts
 * twice.
 */
function aroundSql(months: readonly string[], timezone: string, instant: string): string {
  const ranges: { from: number; to: number }[] = []
  for (const month of [...months].sort()) {
    const start = startOfDate(month, timezone).getTime()
    const range = { from: start - DAY_MS, to: start + 33 * DAY_MS }
    const last = ranges.at(-1)
    if (last !== undefined && range.from <= last.to) last.to = range.to
    else ranges.push(range)
  }
  const text = (ms: number) => `${literal(new Date(ms).toISOString())}::timestamptz`
  return `(${ranges.map(({ from, to }) => `${instant} >= ${text(from)} and ${instant} < ${text(to)}`).join(' or ')})`
}

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

/** SQL that stores the aggregates of these months, which are also $2 (date[]), of account $1, by both definitions. */
export function monthAggregatesSql(settings: AccountSettings, months: readonly string[]): string {
  const zone = literal(settings.timezone)
  const month = (instant: string) => `date_trunc('month', ${instant} at time zone ${zone})::date`
  const around = (instant: string) => aroundSql(months, settings.timezone, instant)
  const wanted = 'period = any ($2::date[])'
  return `
  with ${toldSql(settings, { orders: around('o.placed_at'), refunds: around('r.refunded_at'), period: month })}
  insert into store_aggregates
    (account_id, month, definition, kind, customers, orders, revenue_minor, aov_minor, median_minor)
  select $1::integer, period, 'period', kind, customers, orders, revenue_minor, aov_minor, median_minor
  from (${numbersSql('period', 'kind_by_period', wanted)}) by_period
  union all
  select $1::integer, period, 'rank', kind, customers, orders, revenue_minor, aov_minor, median_minor
  from (${numbersSql('period', 'kind_by_rank', wanted)}) by_rank`
}
