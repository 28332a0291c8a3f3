import type { LedgerAccount } from '../account.ts'
import type { Queryable } from '../database.ts'
import { aggregateFingerprint } from './settings-fingerprint.ts'

/** Whether anybody waits to be computed: who is new, the distribution and the matrix go by what was. */
export async function hasDirtyCustomers(client: Queryable, { accountId, settings }: LedgerAccount): Promise<boolean> {
  const { rows } = await client.query<{ stale: boolean }>(
    `select exists (select from dirty_customers where account_id = $1) or exists (
       select from customers c join accounts a using (account_id) where a.account_id = $1 and c.customer_id > a.outdated_after)
       or aggregate_settings is distinct from $2 as stale
     from accounts where account_id = $1`,
    [accountId, aggregateFingerprint(settings)],
  )
  return rows[0]?.stale !== false
}
