import { numberArray } from './arrays.ts'
import { removeIdentities } from './customer-identities.ts'
import type { Queryable } from './database.ts'
import { emailOf } from './identity-keys.ts'
import { expectErasures } from './pending-erasures.ts'

/**
 * Removes those of the temporary table `taken` of whom no order and no refund is left, as when a shop has made its orders
 * anonymous: nothing is known of them but who they are. No tombstone: should they buy, they are customers again.
 */
export async function removeOrphans(client: Queryable, accountId: number): Promise<void> {
  const { rows } = await client.query<{ id: number }>(ORPHANS, [accountId])
  if (rows.length === 0) return
  const ids = rows.map(({ id }) => id)
  const identities = await removeIdentities(client, accountId, ids)
  const emails = identities.flatMap((identity) => emailOf([identity]) ?? [])
  await expectErasures(client, accountId, emails, 'clear')
  for (const table of ['dirty_customers', 'customers']) {
    await client.query(`delete from ${table} where account_id = $1 and customer_id = any($2::bigint[])`, [
      accountId,
      numberArray(ids),
    ])
  }
}

/** Whoever has a counted order need not be looked at. OFFSET 0 keeps the planner on the indexes by customer. */
const ORPHANS = `
select id from (
  select t.customer_id as id from taken t left join computed c using (customer_id) where c.customer_id is null offset 0
) uncounted
where not exists (select from orders o where o.account_id = $1 and o.customer_id = uncounted.id)
  and not exists (select from refunds r where r.account_id = $1 and r.customer_id = uncounted.id)
  and exists (select from customers c where c.account_id = $1 and c.customer_id = uncounted.id)`
