import type { OrderPage } from '../../core/orders/page.ts'
import { booleanArray, numberArray } from '../arrays.ts'
import type { Resolved } from '../customers/identity.ts'
import type { Queryable } from '../database.ts'
import { markComparedSql } from './mark-compared.ts'
import { COLUMNS, INCOMING_SQL, type OrderContent } from './order-content.ts'

/**
 * Writes orders inside a transaction that holds the account's lock. @returns the external ids that were new or different,
 * and whether each was known before.
 */
export async function upsertOrders(
  client: Queryable,
  { accountId, timezone, fresh }: { accountId: number; timezone: string; fresh: boolean },
  sourceId: number,
  reading: OrderPage['reading'],
  content: OrderContent,
  customers: readonly Resolved[],
): Promise<Map<string, boolean>> {
  if (customers.length === 0) return new Map()
  const values = [
    accountId,
    sourceId,
    ...content.values,
    numberArray(customers.map(({ customerId }) => customerId)),
    booleanArray(customers.map(({ addressed }) => addressed)),
  ]
  if (fresh && (await insertAll(client, values))) return new Map(content.ids.map((id) => [id, false]))
  const { rows } = await client.query<{ id: string; known: boolean }>(UPSERT, [...values, timezone, reading ?? null])
  return new Map(rows.map(({ id, known }) => [id, known]))
}

/**
 * The first backfill's way: a plain insert, without looking for stored orders and without marks, since before the first
 * computation everything is dirty. @returns false, having done nothing, when one of the orders is stored already.
 */
async function insertAll(client: Queryable, values: unknown[]): Promise<boolean> {
  try {
    await Promise.all([
      client.query('savepoint fresh'),
      client.query(
        `insert into orders (account_id, source_id, external_id, ${COLUMNS.join(', ')}) ${INCOMING_SQL}`,
        values,
      ),
      client.query('release savepoint fresh'),
    ])
    return true
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    await client.query('rollback to savepoint fresh')
    return false
  }
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && 'code' in error.cause && error.cause.code === '23505'
}

const list = (prefix: string) => COLUMNS.map((column) => `${prefix}.${column}`).join(', ')

/**
 * Stale writes lose, by `updated_at` and by how the page was read, and only different content is written. What changed
 * marks its customer and month, and its former ones, dirty.
 *
 * Not `on conflict`: under the account's lock nobody else inserts, and looking first, then inserting what is new, costs
 * half of speculative insertion. OFFSET 0 keeps the planner, whose statistics lag behind a backfill, on the index.
 */
const UPSERT = `
with incoming as materialized (${INCOMING_SQL}),
compared as materialized (
  select n.*, stored.external_id is not null as known, stored.place,
    stored.customer_id as former_customer_id, stored.placed_at as former_placed_at
  from incoming n left join lateral (
    select o.ctid as place, o.* from orders o where o.account_id = $1 and o.source_id = $2 and o.external_id = n.external_id offset 0
  ) stored on true
  where stored.external_id is null
    or ((n.updated_at > stored.updated_at or $23 = 'live'
        or (n.updated_at = stored.updated_at and ($23 is distinct from 'export' or stored.state <> 'deleted')))
      and (${list('n')}) is distinct from (${list('stored')}))
),
inserted as (
  insert into orders (account_id, source_id, external_id, ${COLUMNS.join(', ')})
  select account_id, source_id, external_id, ${COLUMNS.join(', ')} from compared where not known
),
updated as (
  update orders o set ${COLUMNS.map((column) => `${column} = n.${column}`).join(', ')}
  from compared n
  where n.known and o.account_id = $1 and o.ctid = n.place
),
${markComparedSql('placed_at', '$22')}
select external_id as id, known from compared`
