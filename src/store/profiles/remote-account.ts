import type { RemoteAccountStore } from '../../core/profiles/remote-account-store.ts'
import type { LedgerAccount } from '../account.ts'
import type { Database } from '../database.ts'
import { NOTHING } from './profile-fingerprint.ts'

/** Which account of the destination an account's states speak of. */
export function createRemoteAccountStore(db: Database, { accountId }: LedgerAccount): RemoteAccountStore {
  return {
    async loadRemoteAccount() {
      const { rows } = await db.query<{ id: string; keyFingerprint: string; checkedAt: Date }>(
        `select remote_account_id as id, remote_key_fingerprint as "keyFingerprint",
           remote_checked_at as "checkedAt"
         from accounts where account_id = $1 and remote_account_id is not null`,
        [accountId],
      )
      return rows[0] ?? null
    },

    async saveRemoteAccount({ id, keyFingerprint, checkedAt }) {
      await db.query(
        `update accounts set remote_account_id = $2, remote_key_fingerprint = $3, remote_checked_at = $4
         where account_id = $1`,
        [accountId, id, keyFingerprint, checkedAt],
      )
    },

    async forgetRemoteStates() {
      await db.transaction(async (client) => {
        await client.query(
          `update profile_states set confirmed = $2, in_flight = null, import_id = null,
             refused = null, refused_code = null, refused_reason = null, refused_at = null
           where account_id = $1`,
          [accountId, NOTHING],
        )
        await client.query(
          `update import_jobs set state = 'abandoned'
           where account_id = $1 and state in ('prepared', 'posted')`,
          [accountId],
        )
        for (const table of ['segment_states', 'segment_changes']) {
          await client.query(`delete from ${table} where account_id = $1`, [accountId])
        }
      })
    },
  }
}
