import type { Queryable } from '../database.ts'

/**
 * Makes the indexes of orders and identities by customer when they are missing: before the first computation, or earlier
 * when a customer has to be looked up by what is theirs. Call it before the transaction writes to those tables: building
 * waits for writers.
 */
export async function ensureCustomerIndexes(client: Queryable): Promise<void> {
  if (await hasIndexes(client)) return
  // Two at once would collide on the name, whatever `if not exists` says.
  await client.query('select pg_advisory_xact_lock(2, 0)')
  // Made by who held the lock before: `if not exists` would still lock both tables against writers, and while another
  // account's first computation analyses them in the other order, the two would wait for one another.
  if (await hasIndexes(client)) return
  // The customer first: with stale statistics the planner would look up identities by the account alone.
  await client.query(
    'create index if not exists customer_identities_customer on customer_identities (customer_id, account_id)',
  )
  await client.query('create index if not exists orders_customer on orders (account_id, customer_id)')
}

/** Asked of the table itself: `to_regclass` looks into a cache that need not know yet what another has just committed. */
async function hasIndexes(client: Queryable): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(
    `select exists (
       select from pg_class where relname = 'orders_customer' and relnamespace = 'scontrino'::regnamespace) as there`,
  )
  return rows[0]?.there === true
}
