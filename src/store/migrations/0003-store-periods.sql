-- The store's numbers by week, month and quarter, with what the page shows of them. They are made of the orders alone:
-- whatever stood here is computed again.
drop table store_aggregates;
create table store_aggregates (
  account_id integer not null,
  length text not null check (length in ('week', 'month', 'quarter')),
  -- First day, in the account's time zone.
  period date not null,
  -- 'any': the same by every definition of a new customer.
  definition text not null check (definition in ('any', 'period', 'rank')),
  kind text not null check (kind in ('identified', 'new', 'recurring', 'anonymous')),
  customers integer not null,
  orders integer not null,
  revenue_minor bigint not null,
  aov_minor bigint,
  median_minor bigint,
  -- 95 % interval: of the AOV where kind is identified, of the gap to new customers where it is recurring.
  interval_low_minor bigint,
  interval_high_minor bigint,
  -- How many orders the largest 1 % are, and the AOV without them.
  top_orders integer,
  aov_without_top_minor bigint,
  -- Values of the orders by size: [bin, orders, sum], ascending; the bins are those of src/core/histogram.ts.
  histogram jsonb not null,
  computed_at timestamptz not null default now(),
  check ((definition = 'any') = (kind in ('identified', 'anonymous'))),
  primary key (account_id, length, definition, period, kind)
);

-- Periods to be computed, taken over from dirty_months. Whoever computes one writes a token of their own here first: while it
-- stands, nobody has asked for the period again and nobody else has taken it.
create table dirty_periods (
  account_id integer not null,
  length text not null,
  period date not null,
  taken uuid,
  primary key (account_id, length, period)
);

-- Every month that has an order or a refund in any time zone. Accounts that were never computed mark theirs then.
insert into dirty_months (account_id, month)
select distinct account_id, date_trunc('month', at at time zone 'UTC' + shift)::date
from (
  select account_id, placed_at as at from orders
  union all
  select account_id, refunded_at from refunds where order_external_id = ''
) entries
join accounts using (account_id)
cross join (values (interval '-14 hours'), (interval '0'), (interval '14 hours')) as zones (shift)
where aggregate_settings is not null
on conflict do nothing;
