import type { Uncomputed } from '../../core/numbers/overview.ts'
import { type LedgerAccount, lockAccount } from '../account.ts'
import { aggregateFingerprint } from '../customers/settings-fingerprint.ts'
import type { Database, Queryable } from '../database.ts'

/** A week, month or quarter of which the numbers are to be computed. */
export interface DirtyPeriod {
  readonly length: 'week' | 'month' | 'quarter'
  /** First day. */
  readonly period: string
}

/** SQL condition: a period of account $1 waits to be computed. */
export const HAS_DIRTY_PERIODS = `(exists (select from dirty_months where account_id = $1)
  or exists (select from dirty_periods where account_id = $1))`

/** The periods of one length whose stored numbers are not what the orders say; all where they were computed by other settings. */
export async function loadUncomputed(
  client: Queryable,
  { accountId, settings }: LedgerAccount,
  length: DirtyPeriod['length'],
): Promise<Uncomputed> {
  const { rows } = await client.query<{ other: boolean; periods: string[] }>(
    `select aggregate_settings is distinct from $3 as other, array(
       select period::text from dirty_periods where account_id = $1 and length = $2
       union
       select (${PERIODS_OF_MONTH})::text from dirty_months, lateral (select month::timestamp as at) as marked
       where account_id = $1 and month between '1900-01-01' and '2199-12-01'
       order by 1) as periods
     from accounts where account_id = $1`,
    [accountId, length, aggregateFingerprint(settings)],
  )
  const [state] = rows
  return state === undefined || state.other ? 'all' : state.periods
}

/** SQL for the periods of length $2 that the month at `at` touches. */
const PERIODS_OF_MONTH = `generate_series(date_trunc($2, at), at + interval '1 month' - interval '1 day',
  case $2 when 'week' then interval '7 days' else interval '3 months' end)::date`

/**
 * The periods of one length in which somebody bought who waits to be computed, so that who is new in them may be told by
 * what was known before; all while everybody waits.
 */
export async function loadWaiting(
  client: Queryable,
  { accountId, settings }: LedgerAccount,
  length: DirtyPeriod['length'],
): Promise<Uncomputed> {
  const { rows } = await client.query<{ all: boolean; periods: string[] }>(
    `select aggregate_settings is distinct from $3 or exists (
         select from customers c where c.account_id = $1 and c.customer_id > a.outdated_after) as all,
       array(
         select date_trunc($2, o.placed_at at time zone $4)::date::text
         from dirty_customers d join orders o using (account_id, customer_id) where d.account_id = $1
         union
         select date_trunc($2, r.refunded_at at time zone $4)::date::text
         from dirty_customers d join refunds r using (account_id, customer_id)
         where d.account_id = $1 and r.order_external_id = ''
         order by 1) as periods
     from accounts a where account_id = $1`,
    [accountId, length, aggregateFingerprint(settings), settings.timezone],
  )
  const [state] = rows
  return state === undefined || state.all ? 'all' : state.periods
}

/**
 * Takes the dirty periods that start in the newest quarter that has some, before the quarter `before`: writes `token` on
 * them. Months that were marked since are turned into periods first, under the account's lock: a pull that saw a mark
 * standing has then ended, and whoever looks at the orders after this sees what it was for.
 */
export async function takeNewestQuarter(
  db: Database,
  accountId: number,
  { token, before }: { token: string; before: string | null },
): Promise<{ quarter: string; periods: DirtyPeriod[] } | null> {
  return db.transaction(async (client) => {
    await lockAccount(client, accountId)
    await client.query(TURN_MONTHS_INTO_PERIODS, [accountId])
    const { rows } = await client.query<DirtyPeriod & { quarter: string }>(
      `update dirty_periods set taken = $2
       where account_id = $1 and date_trunc('quarter', period::timestamp) = (
         select date_trunc('quarter', max(period)::timestamp) from dirty_periods
         where account_id = $1 and period < coalesce($3::date, 'infinity'))
       returning length, period, date_trunc('quarter', period::timestamp)::date as quarter`,
      [accountId, token, before],
    )
    const [first] = rows
    return first === undefined
      ? null
      : { quarter: first.quarter, periods: rows.map(({ length, period }) => ({ length, period })) }
  })
}

/**
 * A week belongs to every month it touches. What is marked anew is no longer taken. No shop was open in the year 1 or will
 * be in 9999: that is how some programs write that they know no date, and no calendar in core goes as far.
 */
const TURN_MONTHS_INTO_PERIODS = `
with marked as (delete from dirty_months where account_id = $1 returning month::timestamp as month),
gone as (select month from marked where month between '1900-01-01' and '2199-12-01')
insert into dirty_periods (account_id, length, period)
select $1::integer, 'month', month::date from gone
union
select $1::integer, 'quarter', date_trunc('quarter', month)::date from gone
union
select $1::integer, 'week', week::date
from gone,
  generate_series(date_trunc('week', month), month + interval '1 month' - interval '1 day', interval '7 days') as week
on conflict (account_id, length, period) do update set taken = null`

/**
 * Those of the taken periods whose customers are all computed, as this transaction sees it. A period is told by its
 * customers' first orders: told before them, the new customers of a pull would be somebody without a first order.
 */
export async function readyPeriods(
  client: Queryable,
  { accountId, token, timezone }: { accountId: number; token: string; timezone: string },
): Promise<DirtyPeriod[]> {
  const { rows } = await client.query<DirtyPeriod>(
    `with waiting as (
       select (o.placed_at at time zone $3)::date as day
       from dirty_customers d join orders o using (account_id, customer_id) where d.account_id = $1
       union
       select (r.refunded_at at time zone $3)::date
       from dirty_customers d join refunds r using (account_id, customer_id)
       where d.account_id = $1 and r.order_external_id = ''
     )
     select length, period from dirty_periods p
     where account_id = $1 and taken = $2
       and not exists (
         select from customers c join accounts a using (account_id)
         where c.account_id = $1 and c.customer_id > a.outdated_after)
       and not exists (
         select from waiting w where w.day >= p.period and w.day < p.period + case length
           when 'week' then interval '7 days' when 'month' then interval '1 month' else interval '3 months' end)
     order by length, period`,
    [accountId, token, timezone],
  )
  return rows
}

/** Takes off the marks of these periods that still carry the token. @returns those that did: only they may be stored. */
export async function releasePeriods(
  client: Queryable,
  accountId: number,
  token: string,
  periods: readonly DirtyPeriod[],
): Promise<DirtyPeriod[]> {
  const { rows } = await client.query<DirtyPeriod>(
    `delete from dirty_periods d using jsonb_to_recordset($3) as p (length text, period date)
     where d.account_id = $1 and d.taken = $2 and d.length = p.length and d.period = p.period
     returning d.length, d.period`,
    [accountId, token, JSON.stringify(periods)],
  )
  return rows
}
