import type { AggregateStore } from '../../core/customers/aggregate-store.ts'
import { WINDOW_MS } from '../../core/customers/aggregates.ts'
import type { BandRule } from '../../core/thresholds/band.ts'
import { toBandRule } from '../../core/thresholds/following.ts'
import { type LedgerAccount, lockAccount } from '../account.ts'
import type { Database, Queryable } from '../database.ts'
import { desiredSql, NOTHING } from '../profiles/profile-fingerprint.ts'
import { applyBands, loadBandsInForce } from '../thresholds/apply-bands.ts'
import { markChangedSettings } from './changed-settings.ts'
import {
  computedSql,
  DELETE_AGGREGATES,
  FOR_COMPUTING,
  MARK_MOVED_CUSTOMERS,
  upsertSql,
} from './computed-aggregates.ts'
import { ensureCustomerIndexes } from './customer-index.ts'
import { emailOfSql, isEmailSql } from './identity-keys.ts'
import { removeOrphans } from './orphans.ts'
import { takeDirty } from './take-dirty.ts'

/** The ledger's side of computing, for one account. */
export function createAggregateStore(db: Database, account: LedgerAccount): AggregateStore {
  const { accountId, settings } = account
  const hasFollowingBands = (settings.following?.bands ?? null) !== null

  return {
    async markOutdated(now) {
      return db.transaction(async (client) => {
        await lockAccount(client, accountId)
        await ensureCustomerIndexes(client)
        await client.query(
          `insert into dirty_customers (account_id, customer_id)
           select account_id, customer_id from customer_aggregates where account_id = $1 and recompute_after <= $2
           on conflict do nothing`,
          [accountId, now],
        )
        const everything = await markChangedSettings(client, account)
        // Borders that follow the shop are known only once it is computed.
        if (!hasFollowingBands) await reband(client, toBandRule(settings), now)
        return everything
      })
    },

    async applyBands(rule, now) {
      return db.transaction(async (client) => {
        await lockAccount(client, accountId)
        return reband(client, rule, now)
      })
    },

    async computeCustomers(now, limit) {
      return db.transaction(async (client) => {
        await lockAccount(client, accountId)
        const taken = await takeDirty(client, accountId, limit)
        if (taken === 0) return { taken, changed: 0 }
        await client.query(FOR_COMPUTING)
        await client.query(`create temporary table computed on commit drop as ${computedSql(settings)}`, [
          accountId,
          new Date(now.getTime() - WINDOW_MS),
        ])
        await client.query('analyze computed')
        await client.query(MARK_MOVED_CUSTOMERS, [accountId, settings.timezone])
        const bands = (await loadBandsInForce(client, account))?.rule ?? null
        const written = await client.query(upsertSql(bands, settings), [accountId, now])
        const removed = await client.query(DELETE_AGGREGATES, [accountId])
        await client.query(desireSql('taken'), [accountId])
        await client.query(CLEAR_OTHER_ADDRESSES, [accountId, NOTHING])
        await removeOrphans(client, accountId)
        return { taken, changed: (written.rowCount ?? 0) + (removed.rowCount ?? 0) }
      })
    },

    async countDirtyCustomers() {
      const { rows } = await db.query<{ count: number }>(
        `select (select count(*) from dirty_customers where account_id = $1)
           + (select count(*) from customers c join accounts a using (account_id)
              where c.account_id = $1 and c.customer_id > a.outdated_after) as count`,
        [accountId],
      )
      return rows[0]?.count ?? 0
    },
  }

  async function reband(client: Queryable, rule: BandRule | null, now: Date): Promise<number> {
    const moved = await applyBands(client, account, rule, now)
    if (moved > 0) await client.query(desireSql('rebanded'), [accountId])
    return moved
  }

  /** What the profile under each customer's address should hold. */
  function desireSql(taken: 'taken' | 'rebanded'): string {
    return `
    insert into profile_states as p (account_id, email, customer_id, desired)
    select $1, c.email, c.customer_id, ${desiredSql(settings)}
    from ${taken} t
    join customers c on c.account_id = $1 and c.customer_id = t.customer_id and c.email is not null
    join customer_aggregates a on a.account_id = $1 and a.customer_id = t.customer_id
    order by c.email
    on conflict (account_id, email) do update set desired = excluded.desired, customer_id = excluded.customer_id
    where (p.desired, p.customer_id) is distinct from (excluded.desired, excluded.customer_id)`
  }
}

/** Profiles under a former address, and of customers without a counted order, should hold nothing of ours. */
const CLEAR_OTHER_ADDRESSES = `
with other as materialized (
  select t.customer_id, ${emailOfSql('i.identity')} as email
  from taken t
  join customers c on c.account_id = $1 and c.customer_id = t.customer_id
  join customer_identities i on i.account_id = $1 and i.customer_id = t.customer_id
  left join customer_aggregates a on a.account_id = $1 and a.customer_id = t.customer_id
  where ${isEmailSql('i.identity')} and (a.customer_id is null or ${emailOfSql('i.identity')} is distinct from c.email)
)
update profile_states p set desired = $2
from other
where p.account_id = $1 and p.email = other.email and p.customer_id = other.customer_id and p.desired <> $2`
