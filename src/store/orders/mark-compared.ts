/**
 * SQL of two common tables that mark what a table `compared` has changed: its customers and months, and its former ones.
 * `instant` names its column that decides the month, `zone` the parameter with the account's time zone; $1 is the account.
 */
export function markComparedSql(instant: 'placed_at' | 'refunded_at', zone: `$${number}`): string {
  return `
marked_customers as (
  insert into dirty_customers (account_id, customer_id)
  select $1, customer_id from compared where customer_id is not null
  union
  select $1, former_customer_id from compared where former_customer_id is not null
  on conflict do nothing
),
marked_months as (
  insert into dirty_months (account_id, month)
  select $1, date_trunc('month', ${instant} at time zone ${zone})::date from compared
  union
  select $1, date_trunc('month', former_${instant} at time zone ${zone})::date from compared where known
  on conflict do nothing
)`
}
