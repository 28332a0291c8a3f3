-- Sources that told of an address or a phone number, so that forgetting a shop takes along what no other shop told. Of a
-- shop's customer id the identity itself says it. Empty: nobody knows any more, as may be for what is older than this column.
alter table customer_identities add column told_by integer[] not null default '{}';

-- Who has records of one source only was told of by that; and shops meet in a customer by an address or phone number alone,
-- so that the only one of somebody was told by all of theirs.
with records as (
  select account_id, customer_id, source_id from orders where customer_id is not null
  union
  select account_id, customer_id, source_id from refunds where customer_id is not null
  union
  select account_id, customer_id, split_part(identity, ':', 2)::integer from customer_identities
  where starts_with(identity, 'shop:')
),
known as (
  select account_id, customer_id, array_agg(source_id) as sources from records group by account_id, customer_id
),
named as (
  select account_id, customer_id, count(*) as names from customer_identities
  where not starts_with(identity, 'shop:') group by account_id, customer_id
)
update customer_identities i set told_by = known.sources
from known join named using (account_id, customer_id)
where i.account_id = known.account_id and i.customer_id = known.customer_id and not starts_with(i.identity, 'shop:')
  and (cardinality(known.sources) = 1 or named.names = 1);

-- Of several addresses from several sources one at least is known: that of the newest order.
with newest as (
  select c.account_id, 'email:' || c.email as identity, min(o.source_id) as source_id
  from customers c
  join orders o on o.account_id = c.account_id and o.customer_id = c.customer_id and o.addressed and o.placed_at = c.email_at
  where c.email is not null
  group by c.account_id, c.email having count(distinct o.source_id) = 1
)
update customer_identities i set told_by = array[newest.source_id]
from newest where i.account_id = newest.account_id and i.identity = newest.identity and i.told_by = '{}';

-- The fingerprint of what a profile should hold covers when that changed, from now on: everybody's is made again.
update accounts set profile_settings = null;
