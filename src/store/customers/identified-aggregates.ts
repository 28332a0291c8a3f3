/**
 * SQL for the rows of customer_aggregates, as `a`, of the identified customers of account $1. Leaving out the few without an
 * address is several times cheaper than joining everybody who has one.
 */
export const IDENTIFIED_AGGREGATES = `customer_aggregates a
  where a.account_id = $1 and not exists (
    select from customers c where c.account_id = $1 and c.customer_id = a.customer_id and c.email is null)`
