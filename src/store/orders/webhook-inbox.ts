import type { OpenWebhookEvent, WebhookInbox } from '../../core/orders/webhook-inbox.ts'
import type { LedgerAccount } from '../account.ts'
import { openSource } from '../account.ts'
import { numberArray, textArray } from '../arrays.ts'
import type { Database } from '../database.ts'

/** The inbox of one account, in the ledger: what is received there survives every process. */
export function createWebhookInbox(db: Database, { accountId }: LedgerAccount): WebhookInbox {
  const sourceIds = new Map<string, Promise<number>>()
  const sourceIdOf = (key: string): Promise<number> => {
    const known = sourceIds.get(key) ?? openSource(db, accountId, key)
    sourceIds.set(key, known)
    known.catch(() => sourceIds.delete(key))
    return known
  }
  const loadOpen = async (source: string, which: string, limit: number): Promise<OpenWebhookEvent[]> => {
    const { rows } = await db.query<OpenWebhookEvent>(
      `select event_id as "eventId", order_ids as "orderIds", customers from webhook_events
       where account_id = $1 and done_at is null ${which}
         and source_id = (select source_id from sources where account_id = $1 and key = $2)
       order by event_id limit $3`,
      [accountId, source, limit],
    )
    return rows
  }
  return {
    async receive(source, { key, orderIds, customers }) {
      // The update changes nothing; it makes the statement answer for an event that is there already, too.
      const { rows } = await db.query<{ open: boolean }>(
        `insert into webhook_events as e (account_id, source_id, key, order_ids, customers)
         values ($1, $2, $3, $4, $5)
         on conflict (account_id, source_id, key) do update set key = excluded.key
         returning e.done_at is null as open`,
        [accountId, await sourceIdOf(source), key, textArray(orderIds), JSON.stringify(customers)],
      )
      return rows[0]?.open ?? true
    },

    loadOpen: (source, limit) => loadOpen(source, '', limit),

    loadOpenWithoutOrders: (source, limit) => loadOpen(source, "and order_ids = '{}'", limit),

    async markDone(source, eventIds) {
      const sourceId = await sourceIdOf(source)
      await db.query(
        `update webhook_events set done_at = now(), order_ids = '{}', customers = '[]'
         where account_id = $1 and source_id = $2 and done_at is null and event_id = any($3::bigint[])`,
        [accountId, sourceId, numberArray(eventIds)],
      )
    },
  }
}
