import { placeOfOrder, type SourceOrder } from '../../core/orders/order.ts'
import type { OrderStore, PageCounts } from '../../core/orders/order-store.ts'
import type { Cursor, OrderPage } from '../../core/orders/page.ts'
import { type LedgerAccount, type LockedAccount, lockAccount, openSource } from '../account.ts'
import { textArray, toStorable } from '../arrays.ts'
import { resolveCustomers } from '../customers/identity.ts'
import type { Database, Queryable } from '../database.ts'
import { resolveDeadLetters, saveDeadLetters } from './dead-letters.ts'
import { markDeleted } from './deleted-orders.ts'
import { toContent } from './order-content.ts'
import { saveCustomerRefunds, saveOrderRefunds } from './refunds.ts'
import { upsertOrders } from './upsert-orders.ts'

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
        await Promise.all([
          page.completesReread === true && resolveUnseen(client, accountId, sourceId, readSince),
          client.query('update sources set cursor = $3 where account_id = $1 and source_id = $2', [
            accountId,
            sourceId,
            JSON.stringify(page.cursor),
          ]),
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
    const { customers, linked } = await resolving
    const [changedOrders] = await Promise.all([
      upsertOrders(
        client,
        { accountId, timezone, fresh: locked.fresh },
        sourceId,
        page.reading,
        content,
        customers.slice(0, orders.length),
      ),
      linked,
    ])
    const read = [...orders.map((order) => order.externalId), ...(page.deleted ?? [])]
    const [changedRefunds, deleted] = await Promise.all([
      saveCustomerRefunds(client, accountId, timezone, sourceId, refunds, customers.slice(orders.length)),
      markDeleted(client, accountId, timezone, sourceId, page.deleted ?? []),
      saveOrderRefunds(client, accountId, sourceId, orders, changedOrders),
      resolveDeadLetters(client, accountId, sourceId, read.map(placeOfOrder)),
      saveDeadLetters(client, accountId, sourceId, page.rejected),
      noteRead(client, sourceId, orders),
    ])
    return {
      orders: orders.length,
      refunds: refunds.length,
      changed: changedOrders.size + changedRefunds + deleted,
      rejected: page.rejected.length,
      skipped: page.skipped,
    }
  }

  /** How far the source has been read, and in which currencies. */
  async function noteRead(client: Queryable, sourceId: number, orders: readonly SourceOrder[]): Promise<void> {
    if (orders.length === 0) return
    await client.query(
      `update sources set newest_order_at = greatest(newest_order_at, $3),
         currencies = array(select distinct unnest(currencies || $4::text[]) order by 1)
       where account_id = $1 and source_id = $2
         and (newest_order_at is distinct from greatest(newest_order_at, $3) or not currencies @> $4)`,
      [
        accountId,
        sourceId,
        newestPlacedAt(orders, Date.now()),
        textArray([...new Set(orders.map(({ currency }) => currency))]),
      ],
    )
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

async function resolveUnseen(client: Queryable, accountId: number, sourceId: number, readSince: Date): Promise<void> {
  await client.query(
    `update dead_letters set resolved_at = now()
     where account_id = $1 and source_id = $2 and kind = 'record' and resolved_at is null and last_seen_at < $3`,
    [accountId, sourceId, readSince],
  )
}

/** A test order says nothing of the shop, and one that is dated ahead nothing of how far it was read. */
function newestPlacedAt(orders: readonly SourceOrder[], nowMs: number): Date | null {
  let newest: Date | null = null
  for (const { test, placedAt } of orders) {
    if (!test && placedAt.getTime() <= nowMs && (newest === null || placedAt > newest)) newest = placedAt
  }
  return newest
}
