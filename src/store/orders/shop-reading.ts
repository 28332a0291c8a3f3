import type { SourceReading } from '../../core/orders/shop-reading.ts'
import type { LedgerAccount } from '../account.ts'
import type { Queryable } from '../database.ts'

/** How far each source has been read: the configured ones, in their order, where the account names them; else all known. */
export async function loadShopReading(
  db: Queryable,
  { accountId, sources: configured }: LedgerAccount,
): Promise<SourceReading[]> {
  const { rows } = await db.query<StoredReading>(READINGS, [accountId])
  const keys = configured ?? rows.map(({ source }) => source)
  return keys.map((key) =>
    toReading(
      key,
      rows.find(({ source }) => source === key),
    ),
  )
}

interface StoredReading {
  readonly source: string
  readonly newestOrderAt: Date | null
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  readonly failureCode: string | null
  readonly failedAt: Date | null
}

function toReading(source: string, row: StoredReading | undefined): SourceReading {
  if (row === undefined) return { source, newestOrderAt: null, lastRead: null, failure: null }
  const { newestOrderAt, startedAt, endedAt, failureCode, failedAt } = row
  return {
    source,
    newestOrderAt,
    lastRead: startedAt === null || endedAt === null ? null : { startedAt, endedAt },
    failure: failureCode === null || failedAt === null ? null : { code: failureCode, at: failedAt },
  }
}

// A run of this job is one reading of one source, tried again or not; the last one that succeeded is never pruned.
const READINGS = `
select s.key as source, s.newest_order_at as "newestOrderAt", done.started_at as "startedAt", done.finished_at as "endedAt",
  failed.error_code as "failureCode", failed.finished_at as "failedAt"
from sources s
left join lateral (
  select started_at, finished_at, run_id from runs r
  where r.account_id = s.account_id and r.job = 'pull-orders' and r.source = s.key and r.state = 'done'
  order by started_at desc, run_id desc limit 1
) done on true
left join lateral (
  select error_code, finished_at from runs r
  where r.account_id = s.account_id and r.job = 'pull-orders' and r.source = s.key and r.state = 'failed'
    and (done.run_id is null or (r.started_at, r.run_id) > (done.started_at, done.run_id))
  order by started_at desc, run_id desc limit 1
) failed on true
where s.account_id = $1 order by s.key`
