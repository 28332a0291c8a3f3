import type { SegmentForecast, SegmentState, SegmentStateStore } from '../core/ledger.ts'
import type { LedgerAccount } from './account.ts'
import type { Database } from './database.ts'
import { segmentSql } from './segment-condition.ts'

/** What the ledger knows of an account's segments. */
export function createSegmentStateStore(db: Database, account: LedgerAccount): SegmentStateStore {
  const { accountId, settings } = account
  return {
    async loadSegmentStates() {
      const { rows } = await db.query<SegmentState>(
        'select key, remote_id as "remoteId", name, definition from segment_states where account_id = $1 order by key',
        [accountId],
      )
      return rows
    },

    async saveSegmentState(state, change) {
      await db.transaction(async (client) => {
        await client.query(
          `insert into segment_states (account_id, key, remote_id, name, definition)
           values ($1, $2, $3, $4, $5)
           on conflict (account_id, key) do update set remote_id = excluded.remote_id, name = excluded.name,
             definition = excluded.definition`,
          [accountId, state.key, state.remoteId, state.name, JSON.stringify(state.definition)],
        )
        await client.query('insert into segment_changes (account_id, key, kind) values ($1, $2, $3)', [
          accountId,
          state.key,
          change,
        ])
      })
    },

    async removeSegmentState(key) {
      await db.transaction(async (client) => {
        await client.query('delete from segment_states where account_id = $1 and key = $2', [accountId, key])
        await client.query("insert into segment_changes (account_id, key, kind) values ($1, $2, 'delete')", [
          accountId,
          key,
        ])
      })
    },

    async countSegmentChanges() {
      const { rows } = await db.query<{ creates: number; updates: number }>(
        `select count(*) filter (where kind = 'create')::integer as creates,
           count(*) filter (where kind = 'update')::integer as updates
         from segment_changes where account_id = $1 and changed_at > now() - interval '1 day'`,
        [accountId],
      )
      return rows[0] ?? { creates: 0, updates: 0 }
    },

    async forecastSegment(spec) {
      const { rows } = await db.query<SegmentForecast>(
        `select count(*)::integer as customers, coalesce(sum(a.order_count), 0)::integer as orders,
           coalesce(sum(a.revenue_minor), 0)::bigint as "revenueMinor"
         from customer_aggregates a
         join customers c on c.account_id = a.account_id and c.customer_id = a.customer_id and c.email is not null
         where a.account_id = $1 and ${segmentSql(spec, settings)}`,
        [accountId],
      )
      return rows[0] ?? { customers: 0, orders: 0, revenueMinor: 0 }
    },
  }
}
