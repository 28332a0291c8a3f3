import type { PauseStore } from '../../core/runs/pause-store.ts'
import type { LedgerAccount } from '../account.ts'
import type { Database } from '../database.ts'

/** Connectors of an account whose key was refused. */
export function createPauseStore(db: Database, { accountId }: LedgerAccount): PauseStore {
  return {
    async loadPause(connector, keyFingerprint) {
      const { rows } = await db.query<{ reason: string; pausedAt: Date }>(
        `select reason, paused_at as "pausedAt" from paused_connectors
         where account_id = $1 and connector = $2 and key_fingerprint = $3`,
        [accountId, connector, keyFingerprint],
      )
      return rows[0] ?? null
    },

    async pause(connector, keyFingerprint, reason) {
      await db.query(
        `insert into paused_connectors (account_id, connector, key_fingerprint, reason) values ($1, $2, $3, $4)
         on conflict (account_id, connector) do update
           set key_fingerprint = excluded.key_fingerprint, reason = excluded.reason, paused_at = now()`,
        [accountId, connector, keyFingerprint, reason],
      )
    },

    async resume(connector) {
      await db.query('delete from paused_connectors where account_id = $1 and connector = $2', [accountId, connector])
    },

    async loadPauses() {
      const { rows } = await db.query<{ connector: string; reason: string; pausedAt: Date }>(
        `select connector, reason, paused_at as "pausedAt" from paused_connectors where account_id = $1 order by connector`,
        [accountId],
      )
      return rows
    },
  }
}
