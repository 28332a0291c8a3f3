-- The few customers who had more than one address. Of everybody else a known address is the only one, so that pulling need
-- not look them up.
create index customers_addressed_again on customers (account_id, customer_id) where email_at is not null;
