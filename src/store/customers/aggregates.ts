import type { AccountSettings } from '../../core/account.ts'
import type { AggregateStore } from '../../core/customers/aggregate-store.ts'
import { WINDOW_MS } from '../../core/customers/aggregates.ts'
import type { BandRule } from '../../core/thresholds/band.ts'
import { toBandRule } from '../../core/thresholds/following.ts'
import { type LedgerAccount, lockAccount } from '../account.ts'
import type { Database, Queryable } from '../database.ts'
import { countedOrdersSql, unlinkedRefundsSql } from '../orders/order-value.ts'
import { desiredSql, NOTHING, showsOtherSql } from '../profiles/profile-fingerprint.ts'
import { applyBands, loadBandsInForce } from '../thresholds/apply-bands.ts'
import { nextBandSql } from '../thresholds/band.ts'
import { ensureCustomerIndexes } from './customer-index.ts'
import { emailOfSql, isEmailSql } from './identity-keys.ts'
import { removeOrphans } from './orphans.ts'
import { aggregateFingerprint, profileFingerprint } from './settings-fingerprint.ts'

/** The ledger's side of computing, for one account. */
export function createAggregateStore(db: Database, account: LedgerAccount): AggregateStore {
  const { accountId, settings } = account
  const hasFollowingBands = (settings.following?.bands ?? null) !== null

  return {
    async markOutdated(now) {
      return db.transaction(async (client) => {
        await lockAccount(client, accountId)
        await ensureCustomerIndexes(client)
        await client.query(
          `insert into dirty_customers (account_id, customer_id)
           select account_id, customer_id from customer_aggregates where account_id = $1 and recompute_after <= $2
           on conflict do nothing`,
          [accountId, now],
        )
        const everything = await markChangedSettings(client)
        // Borders that follow the shop are known only once it is computed.
        if (!hasFollowingBands) await reband(client, toBandRule(settings), now)
        return everything
      })
    },

    async applyBands(rule, now) {
      return db.transaction(async (client) => {
        await lockAccount(client, accountId)
        return reband(client, rule, now)
      })
    },

    async computeCustomers(now, limit) {
      return db.transaction(async (client) => {
        await lockAccount(client, accountId)
        const taken = await takeDirty(client, limit)
        if (taken === 0) return { taken, changed: 0 }
        await client.query(FOR_COMPUTING)
        await client.query(`create temporary table computed on commit drop as ${computedSql()}`, [
          accountId,
          new Date(now.getTime() - WINDOW_MS),
        ])
        await client.query('analyze computed')
        await client.query(MARK_MOVED_CUSTOMERS, [accountId, settings.timezone])
        const bands = (await loadBandsInForce(client, account))?.rule ?? null
        const written = await client.query(upsertSql(bands, settings), [accountId, now])
        const removed = await client.query(DELETE_AGGREGATES, [accountId])
        await client.query(desireSql('taken'), [accountId])
        await client.query(CLEAR_OTHER_ADDRESSES, [accountId, NOTHING])
        await removeOrphans(client, accountId)
        return { taken, changed: (written.rowCount ?? 0) + (removed.rowCount ?? 0) }
      })
    },

    async countDirtyCustomers() {
      const { rows } = await db.query<{ count: number }>(
        `select (select count(*) from dirty_customers where account_id = $1)
           + (select count(*) from customers c join accounts a using (account_id)
              where c.account_id = $1 and c.customer_id > a.outdated_after) as count`,
        [accountId],
      )
      return rows[0]?.count ?? 0
    },
  }

  async function markChangedSettings(client: Queryable): Promise<boolean> {
    const aggregates = aggregateFingerprint(settings)
    const profiles = profileFingerprint(settings)
    const { rows } = await client.query<{ recompute: boolean | null }>(
      `with former as (select account_id, aggregate_settings, profile_settings from accounts where account_id = $1)
       update accounts a set aggregate_settings = $2, profile_settings = $3, outdated_after = 0
       from former f
       where a.account_id = f.account_id
         and (f.aggregate_settings, f.profile_settings) is distinct from ($2::text, $3::text)
       returning f.aggregate_settings is distinct from $2::text as recompute`,
      [accountId, aggregates, profiles],
    )
    const [changed] = rows
    if (changed === undefined) return false
    // After a first backfill the statistics still say the tables are empty, and the index by date knows no order.
    await client.query("select brin_summarize_new_values('orders_placed')")
    await client.query('analyze orders, customers, customer_identities, refunds')
    if (changed.recompute === true) {
      for (const table of ['store_aggregates', 'dirty_periods']) {
        await client.query(`delete from ${table} where account_id = $1`, [accountId])
      }
      await client.query(
        `insert into dirty_months (account_id, month)
         select $1, date_trunc('month', placed_at at time zone $2)::date from orders where account_id = $1
         union
         select $1, date_trunc('month', refunded_at at time zone $2)::date from refunds
         where account_id = $1 and order_external_id = ''
         on conflict do nothing`,
        [accountId, settings.timezone],
      )
    }
    return true
  }

  /** Fills the temporary table `taken`: the next customers in order while all are outdated, else marked ones. */
  async function takeDirty(client: Queryable, limit: number): Promise<number> {
    await client.query(
      `create temporary table taken on commit drop as
       select c.customer_id from customers c join accounts a using (account_id)
       where c.account_id = $1 and c.customer_id > a.outdated_after order by c.customer_id limit $2`,
      [accountId, limit],
    )
    const { rows } = await client.query<{ count: number }>(
      `with next as (select count(*) as count, max(customer_id) as last from taken),
       moved as (
         update accounts set outdated_after = case when next.count < $2 then null else next.last end
         from next where account_id = $1 and outdated_after is not null
       ),
       unmarked as (
         delete from dirty_customers d using taken t where d.account_id = $1 and d.customer_id = t.customer_id
       )
       select count from next`,
      [accountId, limit],
    )
    const outdated = rows[0]?.count ?? 0
    if (outdated > 0) {
      await client.query('analyze taken')
      return outdated
    }
    const marked = await client.query(
      `with gone as (
         delete from dirty_customers where account_id = $1 and customer_id in (
           select customer_id from dirty_customers where account_id = $1 order by customer_id limit $2)
         returning customer_id
       )
       insert into taken select customer_id from gone`,
      [accountId, limit],
    )
    await client.query('analyze taken')
    return marked.rowCount ?? 0
  }

  /** One row per taken customer with a counted order; $1 account, $2 start of the twelve months' window (exclusive). */
  function computedSql(): string {
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

  async function reband(client: Queryable, rule: BandRule | null, now: Date): Promise<number> {
    const moved = await applyBands(client, account, rule, now)
    if (moved > 0) await client.query(desireSql('rebanded'), [accountId])
    return moved
  }

  /** What the profile under each customer's address should hold. */
  function desireSql(taken: 'taken' | 'rebanded'): string {
    return `
    insert into profile_states as p (account_id, email, customer_id, desired)
    select $1, c.email, c.customer_id, ${desiredSql(settings)}
    from ${taken} t
    join customers c on c.account_id = $1 and c.customer_id = t.customer_id and c.email is not null
    join customer_aggregates a on a.account_id = $1 and a.customer_id = t.customer_id
    order by c.email
    on conflict (account_id, email) do update set desired = excluded.desired, customer_id = excluded.customer_id
    where (p.desired, p.customer_id) is distinct from (excluded.desired, excluded.customer_id)`
  }
}

/**
 * Sorts of a whole ledger spill to disk at the default of 4 MB; and at the default cost of looking up a row, made for
 * turning disks, a thousand customers are looked for by reading all of them.
 */
const FOR_COMPUTING = "set local work_mem = '64MB'; set local random_page_cost = 1.1"

const COLUMNS = `order_count, revenue_minor, aov_minor, order_count_12m, revenue_12m_minor, aov_12m_minor,
  first_order_at, last_order_at, avg_days_between_orders_tenths, recompute_after`
const CONTENT = COLUMNS.split(',').map((column) => column.trim())

/**
 * $1 account, $2 now. Bands are in line with `bands`, the rule that those of all other customers are in line with.
 * `changed_at` moves only with what is pushed: it is `aov_updated_at` on the profile, and segments ask about it.
 */
function upsertSql(bands: BandRule | null, settings: AccountSettings): string {
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
const DELETE_AGGREGATES = `
delete from customer_aggregates a using taken t
where a.account_id = $1 and a.customer_id = t.customer_id
  and not exists (select from computed c where c.customer_id = t.customer_id)`

/**
 * When a customer's first order moves, all months with orders of theirs may tell new from recurring differently; any
 * order of theirs may do so to the months of their refunds that name none.
 */
const MARK_MOVED_CUSTOMERS = `
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

/** Profiles under a former address, and of customers without a counted order, should hold nothing of ours. */
const CLEAR_OTHER_ADDRESSES = `
with other as materialized (
  select t.customer_id, ${emailOfSql('i.identity')} as email
  from taken t
  join customers c on c.account_id = $1 and c.customer_id = t.customer_id
  join customer_identities i on i.account_id = $1 and i.customer_id = t.customer_id
  left join customer_aggregates a on a.account_id = $1 and a.customer_id = t.customer_id
  where ${isEmailSql('i.identity')} and (a.customer_id is null or ${emailOfSql('i.identity')} is distinct from c.email)
)
update profile_states p set desired = $2
from other
where p.account_id = $1 and p.email = other.email and p.customer_id = other.customer_id and p.desired <> $2`
