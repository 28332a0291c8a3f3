import type { ErasureAction, PendingErasure, PendingErasureStore } from '../../core/customers/customer-store.ts'
import type { RefusedProfile } from '../../core/profiles/profile-state-store.ts'
import type { LedgerAccount } from '../account.ts'
import { textArray } from '../arrays.ts'
import type { Database, Queryable } from '../database.ts'
import { NOTHING } from '../profiles/profile-fingerprint.ts'

/**
 * Notes what is to become of the profiles of these addresses. Clearing concerns those that a push may have filled, even
 * one that runs at this moment; deleting concerns all. What is in an import stays there with it, to hold nothing of
 * ours: rows of an import are counted.
 */
export async function expectErasures(
  client: Queryable,
  accountId: number,
  emails: readonly string[],
  action: ErasureAction,
): Promise<void> {
  const values = [accountId, textArray(emails)]
  await client.query(
    `insert into pending_erasures as e (account_id, email, action)
     select $1, email, $3 from unnest($2::text[]) as asked (email)
     where $3 = 'delete' or exists (select from profile_states p where p.account_id = $1 and p.email = asked.email)
     on conflict (account_id, email) do update set action = excluded.action where excluded.action = 'delete'`,
    [...values, action],
  )
  await client.query(
    `update profile_states set desired = '${NOTHING}'
     where account_id = $1 and email = any($2::text[]) and import_id is not null`,
    values,
  )
  await client.query(
    `delete from profile_states where account_id = $1 and email = any($2::text[]) and import_id is null`,
    values,
  )
}

/** How many profiles of these addresses are still to be cleared and deleted. */
export async function countPendingErasures(
  client: Queryable,
  accountId: number,
  emails: readonly string[],
): Promise<{ clear: number; delete: number }> {
  const { rows } = await client.query<{ clear: number; delete: number }>(
    `select count(*) filter (where action = 'clear') as clear, count(*) filter (where action = 'delete') as delete
     from pending_erasures where account_id = $1 and email = any($2::text[])`,
    [accountId, textArray(emails)],
  )
  return rows[0] ?? { clear: 0, delete: 0 }
}

/** The ledger's side of clearing and deleting profiles of forgotten people, for one account. */
export function createPendingErasureStore(db: Database, { accountId }: LedgerAccount): PendingErasureStore {
  return {
    async loadPendingErasures(after, limit) {
      // Who bought again after being left without an order has a profile that is ours to fill; behind a tombstone nobody does.
      await db.query(
        `delete from pending_erasures e using profile_states p
         where e.account_id = $1 and p.account_id = $1 and p.email = e.email and p.desired <> $2`,
        [accountId, NOTHING],
      )
      const { rows } = await db.query<PendingErasure>(
        'select email, action from pending_erasures where account_id = $1 and email > $2 order by email limit $3',
        [accountId, after, limit],
      )
      return rows
    },

    async confirmErasure({ email, action }) {
      await db.transaction(async (client) => {
        // Left over from an import that was under way.
        await client.query(
          'delete from profile_states where account_id = $1 and email = $2 and import_id is null and desired = $3',
          [accountId, email, NOTHING],
        )
        // Not when it has been asked for more meanwhile.
        await client.query('delete from pending_erasures where account_id = $1 and email = $2 and action = $3', [
          accountId,
          email,
          action,
        ])
      })
    },

    async refuseErasure(email, { code, reason }) {
      await db.query(
        `update pending_erasures set refused_code = $3, refused_reason = $4, refused_at = now()
         where account_id = $1 and email = $2`,
        [accountId, email, code, reason],
      )
    },

    async loadRefusedErasures(limit) {
      const { rows } = await db.query<RefusedProfile>(
        `select email, refused_code as code, refused_reason as reason, refused_at as "refusedAt"
         from pending_erasures where account_id = $1 and refused_at is not null order by refused_at desc, email limit $2`,
        [accountId, limit],
      )
      return rows
    },
  }
}
