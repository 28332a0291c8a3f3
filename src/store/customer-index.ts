import type { Queryable } from './database.ts'

/**
 * Makes the index of orders by customer when it is missing: before the first computation, or earlier when a customer
 * has to be looked up by their orders. Call it before the transaction writes orders: building waits for writers.
 */
export async function ensureCustomerIndex(client: Queryable): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    "select to_regclass('scontrino.orders_customer') is not null as there",
  )
  if (rows[0]?.there === true) return
  // Two at once would collide on the name, whatever `if not exists` says.
  await client.query('select pg_advisory_xact_lock(2, 0)')
  await client.query('create index if not exists orders_customer on orders (account_id, customer_id)')
}
