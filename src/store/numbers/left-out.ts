import type { LeftOut, PeriodLength, UnratedOrders } from '../../core/numbers/report.ts'
import type { AovPolicy } from '../../core/orders/policy.ts'
import type { LedgerAccount } from '../account.ts'
import type { Queryable } from '../database.ts'
import { baseSql, countedOrdersSql, literal } from '../orders/order-value.ts'
import type { DirtyPeriod } from './dirty-periods.ts'

/** Orders of one period that do not count, for one reason. */
export interface CountedLeftOut extends DirtyPeriod, LeftOut {}

/** Orders that do not count, by the first reason that applies; `where`: a condition on `o`. */
export async function loadLeftOut(db: Queryable, account: LedgerAccount, where: string): Promise<LeftOut[]> {
  const { rows } = await db.query<LeftOut>(
    `select reason, count(*)::integer as orders, sum(total_minor)::bigint as "totalMinor", currency
     from (${leftOutSql(account, where)}) left_out group by reason, currency order by reason, currency`,
    [account.accountId],
  )
  return rows
}

/** The same by week, month and quarter: each period that holds an order of `where`, perhaps not all of it. */
export async function countLeftOut(
  client: Queryable,
  account: LedgerAccount,
  where: string,
): Promise<CountedLeftOut[]> {
  const zone = literal(account.settings.timezone)
  const { rows } = await client.query<CountedLeftOut>(
    `with days as (
       select (placed_at at time zone ${zone})::date as day, reason, currency, count(*) as orders, sum(total_minor) as total
       from (${leftOutSql(account, where)}) left_out group by 1, 2, 3
     )
     select length, date_trunc(length, day)::date as period, reason, currency,
       sum(orders)::integer as orders, sum(total)::bigint as "totalMinor"
     from days cross join unnest(array['week', 'month', 'quarter']) as length group by 1, 2, 3, 4`,
    [account.accountId],
  )
  return rows
}

/** As computed with the store's numbers: of the period that starts on this day, or, null, of all there are. */
export async function loadStoredLeftOut(
  db: Queryable,
  { accountId }: LedgerAccount,
  { by, period }: { by: PeriodLength; period: string | null },
): Promise<LeftOut[]> {
  const { rows } = await db.query<LeftOut>(
    `select reason, sum(orders)::integer as orders, sum(total_minor)::bigint as "totalMinor", currency
     from store_left_out where account_id = $1 and length = $2 and ($3::date is null or period = $3)
     group by reason, currency order by reason, currency`,
    [accountId, by, period],
  )
  return rows
}

/**
 * Orders that would count if there were a rate for their currency at their date, by currency; straight from the orders,
 * which are searched only where some came in another currency than the account's.
 */
export async function loadUnrated(db: Queryable, account: LedgerAccount): Promise<UnratedOrders[]> {
  const { timezone, currency } = account.settings
  const { rows } = await db.query<UnratedOrders>(
    `select currency, count(*)::integer as orders, min((placed_at at time zone ${literal(timezone)})::date)::text as since
     from (${leftOutSql(account, `o.currency <> ${literal(currency)}`)}) left_out
     where exists (select from sources where account_id = $1 and not currencies <@ array[${literal(currency)}])
       and reason = 'other currency' group by currency order by currency`,
    [account.accountId],
  )
  return rows
}

/** SQL for the orders that do not count: placed_at, total_minor, currency and the reason. $1 is the account. */
function leftOutSql({ settings }: LedgerAccount, where: string): string {
  const here = `o.account_id = $1 and ${where}`
  return `select o.placed_at, o.total_minor, o.currency, ${reasonSql(settings.policy)} as reason
    from orders o
    left join (${countedOrdersSql(settings, 'orders o', here)}) counted using (account_id, source_id, external_id)
    where ${here} and counted.value_minor is null`
}

/** In the order in which `valueOrder` asks. */
function reasonSql(policy: AovPolicy): string {
  return `case when o.test then 'test order'
    when o.state in ('draft', 'failed', 'deleted') then o.state
    when o.state = 'cancelled' and ${policy.cancelled === 'exclude'} then 'cancelled'
    when o.state = 'pending' and ${policy.pending === 'exclude'} then 'pending'
    when ${policy.refunds === 'deduct'} and o.refunded_minor > 0 and o.refunded_minor >= o.total_minor then 'fully refunded'
    when ${policy.zeroValueOrders === 'exclude'} and ${baseSql(policy)} = 0 then 'zero value'
    else 'other currency' end`
}
