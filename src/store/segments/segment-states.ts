import type { SegmentState, SegmentStateStore } from '../../core/segments/segment-state-store.ts'
import type { LedgerAccount } from '../account.ts'
import type { Database } from '../database.ts'
import { forecastSegments } from './segment-forecast.ts'
import { createSegmentSightStore } from './segment-sights.ts'

/** What the ledger knows of an account's segments. */
export function createSegmentStateStore(db: Database, account: LedgerAccount): SegmentStateStore {
  const { accountId } = account
  return {
    ...createSegmentSightStore(db, account),

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
          `insert into segment_states (account_id, key, remote_id, name, definition, change)
           values ($1, $2, $3, $4, $5, $6)
           on conflict (account_id, key) do update set remote_id = excluded.remote_id, name = excluded.name,
             definition = excluded.definition, change = excluded.change, changed_at = now(), drifted = false,
             members = null, members_expected = null, counted_at = null, finding = null, misfit_since = null,
             count_due_at = null`,
          [accountId, state.key, state.remoteId, state.name, JSON.stringify(state.definition), change],
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

    forecastSegments: (specs, now) => forecastSegments(db, account, specs, now),
  }
}
