import { placeOfOrder, type SourceOrder } from '../../core/orders/order.ts'
import type { OrderStore, PageCounts } from '../../core/orders/order-store.ts'
import type { Cursor, OrderPage } from '../../core/orders/page.ts'
import { type LedgerAccount, type LockedAccount, lockAccount, openSource } from '../account.ts'
import { booleanArray, instantArray, numberArray, textArray, toStorable } from '../arrays.ts'
import { type Resolved, resolveCustomers } from '../customers/identity.ts'
import type { Database, Queryable } from '../database.ts'
import { resolveDeadLetters, saveDeadLetters } from './dead-letters.ts'
import { markDeleted } from './deleted-orders.ts'
import { markComparedSql } from './mark-compared.ts'
import { refundsFingerprint, saveCustomerRefunds, saveOrderRefunds } from './refunds.ts'

/** The ledger's side of pulling, for one account. */
export function createOrderStore(db: Database, account: LedgerAccount): OrderStore {
  const { accountId } = account
  const { timezone } = account.settings
  const sourceIds = new Map<string, number>()

  async function sourceIdOf(key: string): Promise<number> {
    const known = sourceIds.get(key) ?? (await openSource(db, accountId, key))
    sourceIds.set(key, known)
    return known
  }

  return {
    async beginReading(source) {
      const sourceId = await sourceIdOf(source)
      const { rows } = await db.query<{ cursor: Cursor | null; readSince: Date }>(
        'select cursor, now() as "readSince" from sources where account_id = $1 and source_id = $2',
        [accountId, sourceId],
      )
      return rows[0] ?? { cursor: null, readSince: new Date(0) }
    },

    async resetCursor(source) {
      await db.query('update sources set cursor = null where account_id = $1 and key = $2', [accountId, source])
    },

    async saveOrderPage(source, page, readSince) {
      const sourceId = await sourceIdOf(source)
      return db.transaction(async (client) => {
        const counts = await saveRecords(client, await lockAccount(client, accountId), sourceId, page)
        if (page.completesReread === true) await resolveUnseen(client, accountId, sourceId, readSince)
        await client.query('update sources set cursor = $3 where account_id = $1 and source_id = $2', [
          accountId,
          sourceId,
          JSON.stringify(page.cursor),
        ])
        return counts
      })
    },

    async saveFetchedOrders(source, { orders, rejected, missing }) {
      const sourceId = await sourceIdOf(source)
      const records = { orders, refunds: [], rejected, skipped: 0, deleted: missing, reading: 'live' as const }
      return db.transaction(async (client) =>
        saveRecords(client, await lockAccount(client, accountId), sourceId, records),
      )
    },

    async loadAbsent(source, { placedFrom, placedBefore, externalIds }) {
      const { rows } = await db.query<{ id: string; named: boolean }>(
        `select o.external_id as id, o.external_id = any($5::text[]) as named from orders o
         where o.account_id = $1 and o.source_id = $2 and o.placed_at >= $3 and o.placed_at < $4 and o.state <> 'deleted'`,
        [accountId, await sourceIdOf(source), placedFrom, placedBefore, textArray(externalIds.map(toStorable))],
      )
      return { absent: rows.filter((row) => !row.named).map((row) => row.id), stored: rows.length }
    },
  }

  async function saveRecords(
    client: Queryable,
    locked: LockedAccount,
    sourceId: number,
    page: Omit<OrderPage, 'cursor'>,
  ): Promise<PageCounts> {
    const orders = latestPerId(page.orders)
    const refunds = latestPerId(page.refunds)
    const resolving = resolveCustomers(client, { accountId, timezone, locked }, sourceId, [
      ...orders.map((order) => ({ customer: order.customer, at: order.placedAt })),
      ...refunds.map((refund) => ({ customer: refund.customer, at: refund.refundedAt })),
    ])
    // Written while Postgres looks the customers up.
    const content = toContent(orders)
    const customers = await resolving
    const changedOrders = await upsertOrders(
      client,
      locked.fresh,
      sourceId,
      page.reading,
      content,
      customers.slice(0, orders.length),
    )
    await saveOrderRefunds(client, accountId, sourceId, orders, changedOrders)
    const changedRefunds = await saveCustomerRefunds(
      client,
      accountId,
      timezone,
      sourceId,
      refunds,
      customers.slice(orders.length),
    )
    const deleted = await markDeleted(client, accountId, timezone, sourceId, page.deleted ?? [])
    const read = [...orders.map((order) => order.externalId), ...(page.deleted ?? [])]
    await resolveDeadLetters(client, accountId, sourceId, read.map(placeOfOrder))
    await saveDeadLetters(client, accountId, sourceId, page.rejected)
    await noteNewest(client, sourceId, orders)
    return {
      orders: orders.length,
      refunds: refunds.length,
      changed: changedOrders.size + changedRefunds + deleted,
      rejected: page.rejected.length,
      skipped: page.skipped,
    }
  }

  async function noteNewest(client: Queryable, sourceId: number, orders: readonly SourceOrder[]): Promise<void> {
    const newest = newestPlacedAt(orders, Date.now())
    if (newest === null) return
    await client.query(
      `update sources set newest_order_at = $3
       where account_id = $1 and source_id = $2 and (newest_order_at is null or newest_order_at < $3)`,
      [accountId, sourceId, newest],
    )
  }

  /** @returns the external ids that were new or different, and whether each was known before. */
  async function upsertOrders(
    client: Queryable,
    fresh: boolean,
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
}

/** What orders say, besides whose they are: one array for each column, for the parameters $3 to $19 of INCOMING. */
interface OrderContent {
  readonly ids: readonly string[]
  readonly values: readonly string[]
}

function toContent(orders: readonly SourceOrder[]): OrderContent {
  const ids = orders.map((o) => o.externalId)
  return {
    ids,
    values: [
      textArray(ids),
      instantArray(orders.map((o) => o.placedAt)),
      instantArray(orders.map((o) => o.updatedAt)),
      textArray(orders.map((o) => o.currency)),
      numberArray(orders.map((o) => o.totalMinor)),
      numberArray(orders.map((o) => o.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0))),
      textArray(orders.map((o) => refundsFingerprint(o.refunds))),
      numberArray(orders.map((o) => o.subtotalMinor)),
      numberArray(orders.map((o) => o.discountMinor)),
      numberArray(orders.map((o) => o.taxMinor)),
      numberArray(orders.map((o) => o.shippingMinor)),
      numberArray(orders.map((o) => o.tipMinor)),
      numberArray(orders.map((o) => o.dutiesMinor)),
      numberArray(orders.map((o) => o.giftCardMinor)),
      textArray(orders.map((o) => o.state)),
      booleanArray(orders.map((o) => o.test)),
      textArray(orders.map((o) => o.channel)),
    ],
  }
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
        `insert into orders (account_id, source_id, external_id, ${COLUMNS.join(', ')}) ${INCOMING}`,
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

/** One statement cannot touch a row twice: of several versions of a record in one page the newest, then the last, stays. */
function latestPerId<T extends { externalId: string; updatedAt: Date }>(records: readonly T[]): T[] {
  const latest = new Map<string, T>()
  for (const record of records) {
    const externalId = toStorable(record.externalId)
    const other = latest.get(externalId)
    if (other !== undefined && record.updatedAt < other.updatedAt) continue
    latest.set(externalId, externalId === record.externalId ? record : { ...record, externalId })
  }
  return [...latest.values()]
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && 'code' in error.cause && error.cause.code === '23505'
}

async function resolveUnseen(client: Queryable, accountId: number, sourceId: number, readSince: Date): Promise<void> {
  await client.query(
    `update dead_letters set resolved_at = now()
     where account_id = $1 and source_id = $2 and kind = 'record' and resolved_at is null and last_seen_at < $3`,
    [accountId, sourceId, readSince],
  )
}

const COLUMNS = [
  'customer_id',
  'placed_at',
  'updated_at',
  'currency',
  'total_minor',
  'refunded_minor',
  'refunds_fingerprint',
  'subtotal_minor',
  'discount_minor',
  'tax_minor',
  'shipping_minor',
  'tip_minor',
  'duties_minor',
  'gift_card_minor',
  'state',
  'test',
  'addressed',
  'channel',
]
const list = (prefix: string) => COLUMNS.map((column) => `${prefix}.${column}`).join(', ')

// In the select list, twenty arrays are unnested in half the time they take in the `from` list.
const INCOMING = `
  select $1::integer as account_id, $2::integer as source_id, external_id, customer_id,
    to_timestamp(placed_ms / 1000.0) as placed_at, to_timestamp(updated_ms / 1000.0) as updated_at, currency,
    total_minor, refunded_minor, refunds_fingerprint, subtotal_minor, discount_minor, tax_minor, shipping_minor,
    tip_minor, duties_minor, gift_card_minor, state, test, addressed, channel
  from (
    select unnest($3::text[]) as external_id, unnest($4::float8[]) as placed_ms, unnest($5::float8[]) as updated_ms,
      unnest($6::text[]) as currency, unnest($7::bigint[]) as total_minor, unnest($8::bigint[]) as refunded_minor,
      unnest($9::uuid[]) as refunds_fingerprint, unnest($10::bigint[]) as subtotal_minor,
      unnest($11::bigint[]) as discount_minor, unnest($12::bigint[]) as tax_minor,
      unnest($13::bigint[]) as shipping_minor, unnest($14::bigint[]) as tip_minor,
      unnest($15::bigint[]) as duties_minor, unnest($16::bigint[]) as gift_card_minor, unnest($17::text[]) as state,
      unnest($18::boolean[]) as test, unnest($19::text[]) as channel, unnest($20::bigint[]) as customer_id,
      unnest($21::boolean[]) as addressed
  ) page`

/**
 * Stale writes lose, by `updated_at` and by how the page was read, and only different content is written. What changed
 * marks its customer and month, and its former ones, dirty.
 *
 * Not `on conflict`: under the account's lock nobody else inserts, and looking first, then inserting what is new, costs
 * half of speculative insertion. OFFSET 0 keeps the planner, whose statistics lag behind a backfill, on the index.
 */
const UPSERT = `
with incoming as materialized (${INCOMING}),
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

/** A test order says nothing of the shop, and one that is dated ahead nothing of how far it was read. */
function newestPlacedAt(orders: readonly SourceOrder[], nowMs: number): Date | null {
  let newest: Date | null = null
  for (const { test, placedAt } of orders) {
    if (!test && placedAt.getTime() <= nowMs && (newest === null || placedAt > newest)) newest = placedAt
  }
  return newest
}
