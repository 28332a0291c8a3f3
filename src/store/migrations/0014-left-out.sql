-- Orders that do not count, by week, month and quarter, beside the store's numbers and computed with them.
create table store_left_out (
  account_id integer not null,
  length text not null,
  -- First day, in the account's time zone.
  period date not null,
  reason text not null,
  currency text not null,
  orders integer not null,
  -- As charged, in minor units of the currency.
  total_minor bigint not null,
  primary key (account_id, length, period, reason, currency)
);

-- What was computed before knows nothing of them.
insert into dirty_months (account_id, month)
select distinct account_id, date_trunc('month', placed_at at time zone 'UTC' + shift)::date
from orders
join accounts using (account_id)
cross join (values (interval '-14 hours'), (interval '0'), (interval '14 hours')) as zones (shift)
where aggregate_settings is not null
on conflict do nothing;
