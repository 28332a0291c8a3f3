-- Thresholds by name that are in force: they move rarely, so the last decision is kept. Minor units.
create table thresholds (
  account_id integer not null references accounts,
  -- store_aov, store_median, p1 … p99
  name text not null,
  time_window text not null check (time_window in ('lifetime', '12m')),
  value_minor bigint not null,
  -- What it was rounded from.
  raw_minor bigint not null,
  decided_at timestamptz not null,
  -- Fingerprint of the currency and policy it was decided under: under others it means another amount.
  decided_under text not null,
  primary key (account_id, name, time_window)
);

-- The band a customer is in: state, since a customer near a border may stay where they are.
alter table customer_aggregates
  add column band text check (band in ('low', 'mid', 'high')),
  add column band_since timestamptz,
  -- When the minimum stay of somebody ends who stands in another band already.
  add column band_due_at timestamptz;
create index customer_aggregates_band_due on customer_aggregates (account_id, band_due_at)
  where band_due_at is not null;

-- The rule that all bands were last brought in line with; null: there are none.
alter table accounts add column band_rule text;
