import type { CustomerAggregate } from '../../src/core/customers/aggregate-store.ts'
import type { OverviewRequest } from '../../src/core/numbers/overview.ts'
import type { NewDefinition, PeriodLength, StoreAggregate } from '../../src/core/numbers/report.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import type { Queryable } from '../../src/store/database.ts'

/** Aggregates by address. */
export async function loadAggregates(
  db: Queryable,
  { accountId }: LedgerAccount,
): Promise<Record<string, CustomerAggregate>> {
  const { rows } = await db.query<CustomerAggregate & { email: string }>(
    `select c.email, a.order_count as "orderCount", a.revenue_minor as "revenueMinor", a.aov_minor as "aovMinor",
       a.order_count_12m as "orderCount12m", a.revenue_12m_minor as "revenue12mMinor", a.aov_12m_minor as "aov12mMinor",
       a.first_order_at as "firstOrderAt", a.last_order_at as "lastOrderAt",
       a.avg_days_between_orders_tenths as "avgDaysBetweenOrdersTenths", a.recompute_after as "recomputeAfter"
     from customer_aggregates a join customers c using (account_id, customer_id)
     where account_id = $1 and c.email is not null`,
    [accountId],
  )
  return Object.fromEntries(rows.map(({ email, ...aggregate }) => [email, aggregate]))
}

/** The stored periods in the order in which reports give them. */
export async function loadPeriods(
  db: Queryable,
  { accountId }: LedgerAccount,
  definition: NewDefinition,
  length: PeriodLength = 'month',
): Promise<StoreAggregate[]> {
  const { rows } = await db.query<StoreAggregate>(
    `select period, kind, customers, orders, revenue_minor as "revenueMinor", aov_minor as "aovMinor",
       median_minor as "medianMinor"
     from store_aggregates
     where account_id = $1 and length = $3 and definition in ('any', $2) and kind <> 'identified'
     order by period, array_position(array['new', 'recurring'], kind)`,
    [accountId, definition, length],
  )
  return rows
}

/** The stored histograms, `[bin, orders, sum]`, in any order. */
export async function loadHistograms(
  db: Queryable,
  { accountId }: LedgerAccount,
  { by, definition }: OverviewRequest,
): Promise<{ period: string; kind: string; histogram: unknown }[]> {
  const { rows } = await db.query<{ period: string; kind: string; histogram: unknown }>(
    `select period, kind, histogram from store_aggregates
     where account_id = $1 and length = $2 and definition in ('any', $3)`,
    [accountId, by, definition],
  )
  return rows
}

/** What pulling has stored, comparable between accounts: customers by their address instead of ids. */
export async function dumpRecords(
  db: Queryable,
  { accountId }: LedgerAccount,
): Promise<Record<'orders' | 'refunds' | 'cursors' | 'deadLetters', unknown[]>> {
  const ask = async (text: string) => (await db.query(text, [accountId])).rows
  return {
    orders: await ask(
      `select s.key as source, o.external_id, c.email, placed_at, updated_at, total_minor, refunded_minor, subtotal_minor,
         discount_minor, tax_minor, shipping_minor, tip_minor, duties_minor, gift_card_minor, test, state, currency, channel
       from orders o join sources s using (account_id, source_id) left join customers c using (account_id, customer_id)
       where o.account_id = $1 order by s.key, o.external_id`,
    ),
    refunds: await ask(
      `select s.key as source, r.order_external_id, r.external_id, c.email, refunded_at, updated_at, amount_minor, currency
       from refunds r join sources s using (account_id, source_id) left join customers c using (account_id, customer_id)
       where r.account_id = $1 order by s.key, r.order_external_id, r.external_id`,
    ),
    cursors: await ask('select key, cursor from sources where account_id = $1 and cursor is not null order by key'),
    deadLetters: await ask('select place, field, reason from dead_letters where account_id = $1 order by place, field'),
  }
}
