-- So that nobody who waits for a row of it makes the index wait for them.
lock table customers in share row exclusive mode;

-- A merge into somebody without an address forgot when the one of several was heard. The newest record tells.
with several as (
  select account_id, customer_id from customers c
  join customer_identities i using (account_id, customer_id)
  where c.email_at is null and c.email is not null and starts_with(i.identity, 'email:')
  group by account_id, customer_id having count(*) > 1
),
heard as (
  select account_id, customer_id, max(at) as at from (
    select o.account_id, o.customer_id, o.placed_at as at from orders o join several using (account_id, customer_id)
    where o.addressed
    union all
    select r.account_id, r.customer_id, r.refunded_at from refunds r join several using (account_id, customer_id)
    where r.order_external_id = '' and r.addressed
  ) records group by account_id, customer_id
)
update customers c set email_at = coalesce(heard.at, to_timestamp(0))
from several left join heard using (account_id, customer_id)
where c.account_id = several.account_id and c.customer_id = several.customer_id;

-- The few customers who had more than one address. Of everybody else a known address is the only one, so that pulling need
-- not look them up.
create index customers_addressed_again on customers (account_id, customer_id) where email_at is not null;
