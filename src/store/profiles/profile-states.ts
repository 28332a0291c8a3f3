import { StoreError } from '../../core/errors.ts'
import { ABSENT, type ProfileRefusal } from '../../core/profiles/profile.ts'
import type {
  OpenImport,
  PendingProfile,
  ProfileStateStore,
  RefusedProfile,
} from '../../core/profiles/profile-state-store.ts'
import { type LedgerAccount, lockAccount } from '../account.ts'
import { textArray } from '../arrays.ts'
import type { Database, Queryable } from '../database.ts'
import { NOTHING } from './profile-fingerprint.ts'

/** The ledger's side of pushing, for one account. */
export function createProfileStateStore(db: Database, account: LedgerAccount): ProfileStateStore {
  const { accountId } = account
  const loadProfiles = async (asked: Queryable, where: string, values: unknown[]): Promise<PendingProfile[]> => {
    const { rows } = await asked.query<ProfileRow>(`${SELECT_PROFILES} where p.account_id = $1 and ${where}`, [
      accountId,
      ...values,
    ])
    return rows.map(toPendingProfile)
  }

  return {
    async countPending() {
      return db.transaction(async (client) => {
        // Statistics lag behind a push: the index of the pending ones is always the shorter way.
        await client.query('set local enable_seqscan = off')
        const { rows } = await client.query<{ count: number }>(
          `select count(*) as count from profile_states p where account_id = $1 and ${PENDING}`,
          [accountId],
        )
        return rows[0]?.count ?? 0
      })
    },

    loadPending: (limit) => loadProfiles(db, `${PENDING} order by p.email limit $2`, [limit]),

    async loadImportProfiles(importId) {
      return db.transaction(async (client) => {
        // Nothing may be computed between noting the content and reading it.
        await lockAccount(client, accountId)
        await client.query(TAKE_PRESENT_CONTENT, [accountId, importId])
        return loadProfiles(client, 'p.import_id = $2 order by p.email', [importId])
      })
    },

    async rememberProperties(names) {
      const { rows } = await db.query<{ names: string[] }>(
        `update accounts set pushed_properties = array(
           select distinct name from unnest(pushed_properties || $2::text[]) as name order by name)
         where account_id = $1 returning pushed_properties as names`,
        [accountId, textArray(names)],
      )
      return rows[0]?.names ?? names
    },

    async prepareImport(profiles) {
      return db.transaction(async (client) => {
        const { rows } = await client.query<{ id: number }>(
          `insert into import_jobs (account_id, state) values ($1, 'prepared') returning import_id as id`,
          [accountId],
        )
        const importId = rows[0]?.id ?? 0
        await client.query(
          `update profile_states p set import_id = $2, ${NEXT_IN_FLIGHT}
           from unnest($3::text[], $4::uuid[]) as n (email, desired)
           where p.account_id = $1 and p.email = n.email and p.import_id is null`,
          [accountId, importId, textArray(profiles.map((p) => p.email)), textArray(profiles.map((p) => p.desired))],
        )
        return importId
      })
    },

    async markPosted(importId, remoteId, nextPollAt) {
      const posted = await db.query(
        `update import_jobs set state = 'posted', remote_id = $3, next_poll_at = $4
         where account_id = $1 and import_id = $2 and state = 'prepared'`,
        [accountId, importId, remoteId, nextPollAt],
      )
      if (posted.rowCount === 0) throw new StoreError('another process has posted this import at the same time')
    },

    async markPolled(importId, nextPollAt) {
      await db.query(
        'update import_jobs set polls = polls + 1, next_poll_at = $3 where account_id = $1 and import_id = $2',
        [accountId, importId, nextPollAt],
      )
    },

    async loadOpenImports() {
      const { rows } = await db.query<OpenImport>(
        `select import_id as "importId", remote_id as "remoteId", polls, next_poll_at as "nextPollAt"
         from import_jobs where account_id = $1 and state in ('prepared', 'posted') order by import_id`,
        [accountId],
      )
      return rows
    },

    async refuse(importId, refusals) {
      await db.transaction((client) => noteRefusals(client, accountId, importId, refusals))
    },

    async completeImport(importId, refusals) {
      return db.transaction(async (client) => {
        await noteRefusals(client, accountId, importId, refusals)
        const confirmed = await client.query(
          `update profile_states set confirmed = in_flight, in_flight = null, import_id = null,
             refused = null, refused_code = null, refused_reason = null, refused_at = null
           where account_id = $1 and import_id = $2`,
          [accountId, importId],
        )
        await finishImport(client, accountId, importId, 'complete')
        return confirmed.rowCount ?? 0
      })
    },

    async abandonImport(importId, refusals) {
      await db.transaction(async (client) => {
        await noteRefusals(client, accountId, importId, refusals)
        await client.query(
          `update profile_states set confirmed = '${UNKNOWN}', in_flight = null, import_id = null
           where account_id = $1 and import_id = $2`,
          [accountId, importId],
        )
        await finishImport(client, accountId, importId, 'abandoned')
      })
    },

    async markSending(sent) {
      await db.query(
        `update profile_states p set ${NEXT_IN_FLIGHT}
         from unnest($2::text[], $3::uuid[]) as n (email, desired)
         where p.account_id = $1 and p.email = n.email and p.import_id is null`,
        [accountId, textArray(sent.map((p) => p.email)), textArray(sent.map((p) => p.desired))],
      )
    },

    async confirmProfile(email, desired) {
      await db.query(
        `update profile_states set confirmed = $3, in_flight = null, refused = null, refused_code = null,
           refused_reason = null, refused_at = null
         where account_id = $1 and email = $2`,
        [accountId, email, desired],
      )
    },

    async refuseProfile(email, desired, refusal) {
      await db.query(
        `update profile_states set in_flight = null, refused = $3, refused_code = $4, refused_reason = $5, refused_at = now()
         where account_id = $1 and email = $2`,
        [accountId, email, desired, refusal.code, refusal.reason],
      )
    },

    async loadRefused(limit) {
      const { rows } = await db.query<RefusedProfile>(
        `select email, refused_code as code, refused_reason as reason, refused_at as "refusedAt"
         from profile_states where account_id = $1 and refused is not null and refused = desired and refused_code <> '${ABSENT}'
         order by refused_at desc, email limit $2`,
        [accountId, limit],
      )
      return rows
    },

    async retryRefused(only) {
      const retried = await db.query(
        `update profile_states set refused = null, refused_code = null, refused_reason = null, refused_at = null
         where account_id = $1 and refused is not null
           and ($2::text is null or (refused_code = $2 and refused_at < $3))`,
        [accountId, only?.code ?? null, only?.before ?? null],
      )
      return retried.rowCount ?? 0
    },
  }
}

/** Never a content's fingerprint. Part of an import that did not happen may have: until the next one nobody knows. */
const UNKNOWN = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** What was sent alone before, and never answered, may have got through: should the next be refused, nobody knows. */
const NEXT_IN_FLIGHT = `in_flight = n.desired, confirmed = case when p.in_flight is null then p.confirmed else '${UNKNOWN}' end`

/** An import that was never known to be posted is posted with the content of now; the first may have got through, also should this one be refused. */
const TAKE_PRESENT_CONTENT = `
update profile_states p set in_flight = p.desired, confirmed = '${UNKNOWN}'
from import_jobs j
where j.account_id = $1 and j.import_id = $2 and j.state = 'prepared'
  and p.account_id = $1 and p.import_id = $2`

const PENDING =
  '(p.desired <> p.confirmed or p.in_flight is not null) and p.import_id is null and p.refused is distinct from p.desired'

/** Each profile's aggregate is looked up by itself: the planner takes most profiles for pending, and would read them all. */
const SELECT_PROFILES = `
select p.email, p.desired, a.order_count as "orderCount", a.revenue_minor as "revenueMinor", a.aov_minor as "aovMinor",
  a.order_count_12m as "orderCount12m", a.revenue_12m_minor as "revenue12mMinor", a.aov_12m_minor as "aov12mMinor",
  a.first_order_at as "firstOrderAt", a.last_order_at as "lastOrderAt",
  a.avg_days_between_orders_tenths as "avgDaysBetweenOrdersTenths", a.recompute_after as "recomputeAfter",
  a.changed_at as "changedAt", a.band,
  a.band_since as "bandSince"
from profile_states p
left join lateral (
  select * from customer_aggregates own where own.account_id = $1 and own.customer_id = p.customer_id offset 0
) a on p.desired <> '${NOTHING}'`

type ProfileRow = { email: string; desired: string; orderCount: number | null } & NonNullable<
  PendingProfile['aggregate']
>

function toPendingProfile({ email, desired, ...aggregate }: ProfileRow): PendingProfile {
  return { email, desired, aggregate: aggregate.orderCount === null ? null : aggregate }
}

async function noteRefusals(
  client: Queryable,
  accountId: number,
  importId: number,
  refusals: readonly (ProfileRefusal & { email: string })[],
): Promise<void> {
  if (refusals.length === 0) return
  await client.query(
    `update profile_states p set refused = p.in_flight, refused_code = n.code, refused_reason = n.reason,
       refused_at = now(), import_id = null, in_flight = null
     from unnest($3::text[], $4::text[], $5::text[]) as n (email, code, reason)
     where p.account_id = $1 and p.import_id = $2 and p.email = n.email`,
    [
      accountId,
      importId,
      textArray(refusals.map((r) => r.email)),
      textArray(refusals.map((r) => r.code)),
      textArray(refusals.map((r) => r.reason)),
    ],
  )
}

async function finishImport(client: Queryable, accountId: number, importId: number, state: 'complete' | 'abandoned') {
  await client.query('update import_jobs set state = $3 where account_id = $1 and import_id = $2', [
    accountId,
    importId,
    state,
  ])
}
