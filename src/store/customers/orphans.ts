import type { Queryable } from '../database.ts'
import { removeCustomers } from './remove-customers.ts'

/**
 * Removes those of the temporary table `taken` of whom no order and no refund is left, as when a shop has made its orders
 * anonymous: nothing is known of them but who they are. No tombstone: should they buy, they are customers again.
 */
export async function removeOrphans(client: Queryable, accountId: number): Promise<void> {
  const { rows } = await client.query<{ id: number }>(ORPHANS, [accountId])
  if (rows.length === 0) return
  const ids = rows.map(({ id }) => id)
  await removeCustomers(client, accountId, ids, { action: 'clear' })
}

/** Whoever has a counted order need not be looked at. OFFSET 0 keeps the planner on the indexes by customer. */
const ORPHANS = `
select id from (
  select t.customer_id as id from taken t left join computed c using (customer_id) where c.customer_id is null offset 0
) uncounted
where not exists (select from orders o where o.account_id = $1 and o.customer_id = uncounted.id)
  and not exists (select from refunds r where r.account_id = $1 and r.customer_id = uncounted.id and r.order_external_id = '')
  and exists (select from customers c where c.account_id = $1 and c.customer_id = uncounted.id)`
