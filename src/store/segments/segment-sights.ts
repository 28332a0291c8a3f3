import type {
  SegmentCount,
  SegmentSight,
  SegmentStateStore,
  SizeCircumstances,
} from '../../core/segments/segment-state-store.ts'
import type { LedgerAccount } from '../account.ts'
import { textArray } from '../arrays.ts'
import type { Database } from '../database.ts'
import { NOTHING } from '../profiles/profile-fingerprint.ts'

type SegmentSightStore = Pick<
  SegmentStateStore,
  | 'loadSegmentSights'
  | 'noteDrifted'
  | 'saveSegmentCount'
  | 'outdateSegmentCount'
  | 'postponeSegmentCount'
  | 'loadSizeCircumstances'
>

/** What was last seen of an account's segments: their size, their flows, and whether somebody has changed them. */
export function createSegmentSightStore(db: Database, { accountId }: LedgerAccount): SegmentSightStore {
  return {
    async loadSegmentSights() {
      const { rows } = await db.query<SightRow>(
        `select key, remote_id as "remoteId", name, definition, change, changed_at as "changedAt", drifted, flows,
           members, members_expected as "expectedMembers", counted_at as "at", finding,
           misfit_since as "misfitSince", count_due_at as "countDueAt"
         from segment_states where account_id = $1 order by key`,
        [accountId],
      )
      return rows.map(toSight)
    },

    async noteDrifted(keys) {
      await db.query(
        `update segment_states set drifted = not drifted
         where account_id = $1 and drifted <> (key = any ($2::text[]))`,
        [accountId, textArray(keys)],
      )
    },

    async saveSegmentCount({ key, remoteId, changedAt }, { members, expectedMembers, at, finding, flows, nextAt }) {
      const isMisfit = finding.kind !== 'fits' && members !== null
      await db.query(
        `update segment_states set members = $5, members_expected = $6, counted_at = $7, finding = $8,
           flows = case when $9 then $10::jsonb else flows end,
           misfit_since = case when $11 then coalesce(misfit_since, $7) end, count_due_at = $12
         where account_id = $1 and key = $2 and remote_id = $3 and date_trunc('milliseconds', changed_at) = $4`,
        [
          accountId,
          key,
          remoteId,
          changedAt,
          members,
          expectedMembers,
          at,
          JSON.stringify(finding),
          flows !== undefined,
          flows == null ? null : JSON.stringify(flows),
          isMisfit,
          nextAt,
        ],
      )
    },

    async outdateSegmentCount(key, finding, dueAt) {
      await db.query(
        `update segment_states set finding = $3, count_due_at = least(count_due_at, $4)
         where account_id = $1 and key = $2 and counted_at is not null`,
        [accountId, key, JSON.stringify(finding), dueAt],
      )
    },

    async postponeSegmentCount(key, until) {
      await db.query('update segment_states set count_due_at = $3 where account_id = $1 and key = $2', [
        accountId,
        key,
        until,
      ])
    },

    async loadSizeCircumstances(pushedSince) {
      const { rows } = await db.query<SizeCircumstances>(
        `select coalesce((
             select sum((counts->>'confirmed')::bigint) from runs
             where account_id = $1 and job = 'push-profiles' and started_at > $2::timestamptz - interval '1 day'
               and finished_at > $2), 0)::bigint as "justPushed",
           (select count(*) from profile_states
             where account_id = $1 and (desired <> confirmed or in_flight is not null) and desired = $3
               and import_id is null and refused is distinct from desired)::integer as "toBeCleared",
           (select pushed_properties from accounts where account_id = $1) as "pushedProperties"`,
        [accountId, pushedSince, NOTHING],
      )
      return rows[0] ?? { justPushed: 0, toBeCleared: 0, pushedProperties: [] }
    },
  }
}

type SightRow = Omit<SegmentSight, 'count'> & {
  readonly members: number | null
  readonly expectedMembers: number | null
  readonly at: Date | null
  readonly finding: SegmentCount['finding'] | null
}

function toSight({ members, expectedMembers, at, finding, ...sight }: SightRow): SegmentSight {
  const isCounted = expectedMembers !== null && at !== null && finding !== null
  return { ...sight, count: isCounted ? { members, expectedMembers, at, finding } : null }
}
