import type { AccountSettings } from '../../core/account.ts'
import { WINDOW_MS } from '../../core/customers/aggregates.ts'
import type { BandRule } from '../../core/thresholds/band.ts'
import { countedOrdersSql, unlinkedRefundsSql } from '../orders/order-value.ts'
import { showsOtherSql } from '../profiles/profile-fingerprint.ts'
import { nextBandSql } from '../thresholds/band.ts'

/** One row per taken customer with a counted order; $1 account, $2 start of the twelve months' window (exclusive). */
export function computedSql(settings: AccountSettings): string {
  return `
  with counted as (
    ${countedOrdersSql(settings, 'taken t join orders o on o.customer_id = t.customer_id', 'o.account_id = $1')}
  ),
  taken_back as (
    ${unlinkedRefundsSql(settings, 'taken t join refunds r on r.customer_id = t.customer_id', 'r.account_id = $1')}
  ),
  orders_of as (
    select customer_id, count(*) as orders, sum(value_minor) as value,
      count(*) filter (where placed_at > $2) as recent_orders,
      sum(value_minor) filter (where placed_at > $2) as recent_value,
      min(placed_at) filter (where placed_at > $2) as oldest_recent,
      min(placed_at) as first_at, max(placed_at) as last_at
    from counted group by customer_id
  ),
  refunds_of as (
    select customer_id, sum(value_minor) as value, sum(value_minor) filter (where refunded_at > $2) as recent_value,
      min(refunded_at) filter (where refunded_at > $2) as oldest_recent
    from taken_back group by customer_id
  )
  select o.customer_id, o.orders, o.first_at, o.last_at, o.recent_orders,
    (o.value + coalesce(r.value, 0))::bigint as revenue,
    (coalesce(o.recent_value, 0) + coalesce(r.recent_value, 0))::bigint as recent_revenue,
    least(o.oldest_recent, r.oldest_recent) + interval '${WINDOW_MS} milliseconds' as recompute_after
  from orders_of o left join refunds_of r using (customer_id)`
}

/**
 * Sorts of a whole ledger spill to disk at the default of 4 MB; and at the default cost of looking up a row, made for
 * turning disks, a thousand customers are looked for by reading all of them.
 */
export const FOR_COMPUTING = "set local work_mem = '64MB'; set local random_page_cost = 1.1"

const COLUMNS = `order_count, revenue_minor, aov_minor, order_count_12m, revenue_12m_minor, aov_12m_minor,
  first_order_at, last_order_at, avg_days_between_orders_tenths, recompute_after`
const CONTENT = COLUMNS.split(',').map((column) => column.trim())

/**
 * $1 account, $2 now. Bands are in line with `bands`, the rule that those of all other customers are in line with.
 * `changed_at` moves only with what is pushed: it is `aov_updated_at` on the profile, and segments ask about it.
 */
export function upsertSql(bands: BandRule | null, settings: AccountSettings): string {
  const { currency } = settings
  const next = nextBandSql(bands, { aovMinor: 'excluded.aov_minor', held: 'a', now: '$2', currency })
  const first = nextBandSql(bands, { aovMinor: AOV, held: null, now: '$2', currency })
  const isShown = showsOtherSql(settings, { row: 'a', band: 'a.band' }, { row: 'excluded', band: next.band })
  return `
insert into customer_aggregates as a (account_id, customer_id, ${COLUMNS}, changed_at, band, band_since)
select $1, customer_id, orders, revenue, ${AOV}, recent_orders, recent_revenue,
  half_up(recent_revenue, nullif(recent_orders, 0)), first_at, last_at,
  half_up((extract(epoch from last_at - first_at) * 1000)::numeric * 10, nullif(86400000 * (orders - 1), 0)),
  recompute_after, $2::timestamptz, ${first.band}, ${first.since}
from computed
on conflict (account_id, customer_id) do update
  set ${CONTENT.map((column) => `${column} = excluded.${column}`).join(', ')},
    changed_at = case when ${isShown} then excluded.changed_at else a.changed_at end,
    band = ${next.band}, band_since = ${next.since}, band_due_at = ${next.dueAt}
  where (${CONTENT.map((column) => `a.${column}`).join(', ')}, a.band, a.band_due_at)
    is distinct from (${CONTENT.map((column) => `excluded.${column}`).join(', ')}, ${next.band}, ${next.dueAt})`
}

const AOV = 'half_up(revenue, orders)'

/** A customer none of whose orders counts has no AOV and no row. */
export const DELETE_AGGREGATES = `
delete from customer_aggregates a using taken t
where a.account_id = $1 and a.customer_id = t.customer_id
  and not exists (select from computed c where c.customer_id = t.customer_id)`

/**
 * When a customer's first order moves, all months with orders of theirs may tell new from recurring differently; any
 * order of theirs may do so to the months of their refunds that name none.
 */
export const MARK_MOVED_CUSTOMERS = `
insert into dirty_months (account_id, month)
select $1::integer, date_trunc('month', o.placed_at at time zone $2)::date
from taken t
join customer_aggregates a on a.account_id = $1 and a.customer_id = t.customer_id
left join computed c on c.customer_id = t.customer_id
join orders o on o.account_id = $1 and o.customer_id = t.customer_id
where a.first_order_at is distinct from c.first_at
union
select $1::integer, date_trunc('month', r.refunded_at at time zone $2)::date
from taken t
join refunds r on r.account_id = $1 and r.customer_id = t.customer_id and r.order_external_id = ''
on conflict do nothing`
