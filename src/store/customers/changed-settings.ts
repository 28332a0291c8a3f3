import type { LedgerAccount } from '../account.ts'
import type { Queryable } from '../database.ts'
import { aggregateFingerprint, profileFingerprint } from './settings-fingerprint.ts'

/**
 * Marks everything that changed settings concern, inside a transaction that holds the account's lock.
 * @returns whether any did.
 */
export async function markChangedSettings(client: Queryable, { accountId, settings }: LedgerAccount): Promise<boolean> {
  const aggregates = aggregateFingerprint(settings)
  const profiles = profileFingerprint(settings)
  const { rows } = await client.query<{ recompute: boolean | null }>(
    `with former as (select account_id, aggregate_settings, profile_settings from accounts where account_id = $1)
     update accounts a set aggregate_settings = $2, profile_settings = $3, outdated_after = 0
     from former f
     where a.account_id = f.account_id
       and (f.aggregate_settings, f.profile_settings) is distinct from ($2::text, $3::text)
     returning f.aggregate_settings is distinct from $2::text as recompute`,
    [accountId, aggregates, profiles],
  )
  const [changed] = rows
  if (changed === undefined) return false
  // After a first backfill the statistics still say the tables are empty, and the index by date knows no order.
  await client.query("select brin_summarize_new_values('orders_placed')")
  await client.query('analyze orders, customers, customer_identities, refunds')
  if (changed.recompute === true) {
    for (const table of ['store_aggregates', 'store_left_out', 'dirty_periods']) {
      await client.query(`delete from ${table} where account_id = $1`, [accountId])
    }
    await client.query(
      `insert into dirty_months (account_id, month)
       select $1, date_trunc('month', placed_at at time zone $2)::date from orders where account_id = $1
       union
       select $1, date_trunc('month', refunded_at at time zone $2)::date from refunds
       where account_id = $1 and order_external_id = ''
       on conflict do nothing`,
      [accountId, settings.timezone],
    )
  }
  return true
}
