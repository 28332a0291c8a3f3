import type { StoredThreshold, ThresholdStore } from '../../core/thresholds/threshold.ts'
import type { LedgerAccount } from '../account.ts'
import { thresholdFingerprint } from '../customers/settings-fingerprint.ts'
import type { Queryable } from '../database.ts'
import { loadAovCells } from './aov-cells.ts'
import { loadBandsInForce } from './apply-bands.ts'
import { loadBandHistories } from './band-histories.ts'
import { countHeld } from './count-held.ts'

/** An account's thresholds in force, and the customers they are decided from. */
export function createThresholdStore(db: Queryable, account: LedgerAccount): ThresholdStore {
  const { accountId, settings } = account
  return {
    async loadThresholds() {
      const { rows } = await db.query<StoredThreshold>(
        `select name, time_window as "window", value_minor as "valueMinor", raw_minor as "rawMinor",
           decided_at as "decidedAt", coalesce(looked_at, decided_at) as "lookedAt"
         from thresholds where account_id = $1 and decided_under = $2 order by name, time_window`,
        [accountId, thresholdFingerprint(settings)],
      )
      return rows
    },

    async saveThresholds(thresholds) {
      for (const { name, window, valueMinor, rawMinor, decidedAt } of thresholds) {
        await db.query(
          `insert into thresholds (account_id, name, time_window, value_minor, raw_minor, decided_at, looked_at, decided_under)
           values ($1, $2, $3, $4, $5, $6, $6, $7)
           on conflict (account_id, name, time_window) do update set value_minor = excluded.value_minor,
             raw_minor = excluded.raw_minor, decided_at = excluded.decided_at,
             looked_at = excluded.looked_at, decided_under = excluded.decided_under`,
          [accountId, name, window, valueMinor, rawMinor, decidedAt, thresholdFingerprint(settings)],
        )
      }
    },

    async noteLooks(refs, at) {
      await db.query(
        `update thresholds t set looked_at = $4
         from unnest($2::text[], $3::text[]) as seen(name, time_window)
         where t.account_id = $1 and t.name = seen.name and t.time_window = seen.time_window and t.decided_under = $5`,
        [accountId, refs.map(({ name }) => name), refs.map(({ window }) => window), at, thresholdFingerprint(settings)],
      )
    },

    loadAovCells: (window) => loadAovCells(db, account, window),
    loadBandsInForce: () => loadBandsInForce(db, account),
    countHeld: (rule, now) => countHeld(db, account, rule, now),
    loadBandHistories: (since) => loadBandHistories(db, account, since),
  }
}
