import { numberArray } from '../arrays.ts'
import type { Queryable } from '../database.ts'
import { emailOfSql, isEmailSql, isShopIdSql } from './identity-keys.ts'

/** Customers who have anything of a source: records, its customer ids, or an address or phone number that it told. */
export async function findCustomersOf(client: Queryable, accountId: number, sourceId: number): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>(
    `select customer_id as id from orders where account_id = $1 and source_id = $2 and customer_id is not null
     union select customer_id from refunds where account_id = $1 and source_id = $2 and customer_id is not null
     union select customer_id from customer_identities
     where account_id = $1 and ($2 = any(told_by) or starts_with(identity, $3))`,
    [accountId, sourceId, `shop:${sourceId}:`],
  )
  return rows.map(({ id }) => id)
}

/**
 * Removes what these customers are recognised by and no other source told, inside a transaction that holds the account's
 * lock. Of what nobody knows who told it, it is not known that another did: that goes, too. Who loses the address of their
 * profile gets one that is left. @returns what was removed.
 */
export async function removeIdentitiesOf(
  client: Queryable,
  accountId: number,
  sourceId: number,
  customerIds: readonly number[],
): Promise<string[]> {
  const { rows } = await client.query<{ key: string }>(
    `delete from customer_identities
     where account_id = $1 and customer_id = any($2::bigint[])
       and (starts_with(identity, $4) or not ${isShopIdSql('identity')} and told_by <@ array[$3::integer])
     returning identity as key`,
    [accountId, numberArray(customerIds), sourceId, `shop:${sourceId}:`],
  )
  await client.query(
    `update customer_identities set told_by = array_remove(told_by, $2::integer) where account_id = $1 and $2 = any(told_by)`,
    [accountId, sourceId],
  )
  await client.query(READDRESS, [accountId, numberArray(customerIds)])
  return rows.map(({ key }) => key)
}

/** Which of several was heard last is known of the former address only: whatever is heard next decides. */
const READDRESS = `
with gone as (
  select c.customer_id, array_agg(${emailOfSql('i.identity')} order by i.identity) filter (where i.identity is not null) as emails
  from customers c
  left join customer_identities i
    on i.account_id = $1 and i.customer_id = c.customer_id and ${isEmailSql('i.identity')}
  where c.account_id = $1 and c.customer_id = any($2::bigint[]) and c.email is not null
  group by c.customer_id, c.email
  having not coalesce(bool_or(${emailOfSql('i.identity')} = c.email), false)
)
update customers c
set email = gone.emails[cardinality(gone.emails)],
  email_at = case when cardinality(gone.emails) > 1 then to_timestamp(0) end
from gone where c.account_id = $1 and c.customer_id = gone.customer_id`
