import type { SecretStore } from '../../core/orders/secret-store.ts'
import { type LedgerAccount, openSource } from '../account.ts'
import type { Database } from '../database.ts'

/** The secret of one source, beside its cursor; all processes share it. */
export function createSourceSecret(db: Database, { accountId }: LedgerAccount, source: string): SecretStore {
  return {
    async load() {
      const { rows } = await db.query<{ secret: string | null }>(
        'select secret from sources where account_id = $1 and key = $2',
        [accountId, source],
      )
      return rows[0]?.secret ?? null
    },
    async save(sealed) {
      const sourceId = await openSource(db, accountId, source)
      await db.query('update sources set secret = $3 where account_id = $1 and source_id = $2', [
        accountId,
        sourceId,
        sealed,
      ])
    },
  }
}
