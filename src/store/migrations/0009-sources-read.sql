-- When the newest order of a source was placed, as far as it was read: to tell a shop that is quiet from one that is not
-- read, without looking at orders.
alter table sources add column newest_order_at timestamptz;

update sources s set newest_order_at = (
  select max(o.placed_at) from orders o
  where o.account_id = s.account_id and o.source_id = s.source_id and not o.test and o.placed_at <= now()
);
