import type { Queryable } from './database.ts'

/**
 * Makes the indexes of orders and identities by customer when they are missing: before the first computation, or earlier
 * when a customer has to be looked up by what is theirs. Call it before the transaction writes to those tables: building
 * waits for writers.
 */
export async function ensureCustomerIndexes(client: Queryable): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    "select to_regclass('scontrino.orders_customer') is not null as there",
  )
  if (rows[0]?.there === true) return
  // Two at once would collide on the name, whatever `if not exists` says.
  await client.query('select pg_advisory_xact_lock(2, 0)')
  // The customer first: with stale statistics the planner would look up identities by the account alone.
  await client.query(
    'create index if not exists customer_identities_customer on customer_identities (customer_id, account_id)',
  )
  await client.query('create index if not exists orders_customer on orders (account_id, customer_id)')
}
