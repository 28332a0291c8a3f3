import type { RejectedRecord } from '../../core/orders/order.ts'
import type { DeadLetter } from '../../core/runs/dead-letter.ts'
import { textArray } from '../arrays.ts'
import type { Queryable } from '../database.ts'

/** Notes records that could not be read; the same place is the same dead letter. */
export async function saveDeadLetters(
  client: Queryable,
  accountId: number,
  sourceId: number,
  rejected: readonly RejectedRecord[],
): Promise<void> {
  if (rejected.length === 0) return
  const last = new Map(rejected.map((record) => [`${record.place}\n${record.field ?? ''}`, record]))
  const records = [...last.values()]
  await client.query(
    `insert into dead_letters as d (account_id, source_id, place, field, reason)
     select $1, $2, * from unnest($3::text[], $4::text[], $5::text[])
     on conflict (account_id, source_id, place, field) do update
       set kind = 'record', reason = excluded.reason, last_seen_at = clock_timestamp(), resolved_at = null,
         first_seen_at = case when d.resolved_at is null then d.first_seen_at else clock_timestamp() end`,
    [
      accountId,
      sourceId,
      textArray(records.map((record) => record.place)),
      textArray(records.map((record) => record.field ?? '')),
      textArray(records.map((record) => record.reason)),
    ],
  )
}

/** What stood at these places has been read well since, or is gone. */
export async function resolveDeadLetters(
  client: Queryable,
  accountId: number,
  sourceId: number,
  places: readonly string[],
): Promise<void> {
  if (places.length === 0) return
  await client.query(
    `update dead_letters set resolved_at = now()
     where account_id = $1 and source_id = $2 and kind = 'record' and resolved_at is null and place = any($3::text[])`,
    [accountId, sourceId, textArray(places)],
  )
}

/** Numbers in a text at full length, so that `orders.csv:2` stands before `orders.csv:10`. */
const BY_PLACE = String.raw`regexp_replace(
  regexp_replace(d.place, '\d+', repeat('0', 15) || '\&', 'g'), '\d*(\d{16})', '\1', 'g')`

/** What is still open: tasks, then dead letters, `limit` of each by source and place. */
export async function loadDeadLetters(db: Queryable, accountId: number, limit: number): Promise<DeadLetter[]> {
  const { rows } = await db.query<DeadLetter>(
    `select number, kind, source, place, field, reason, first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt"
     from (
       select d.*, s.key as source,
         row_number() over (partition by d.kind order by s.key, ${BY_PLACE}, d.place, d.field) as position
       from dead_letters d join sources s using (account_id, source_id)
       where d.account_id = $1 and d.resolved_at is null
     ) open
     where position <= $2 order by kind desc, position`,
    [accountId, limit],
  )
  return rows
}

/** How many records are dead letters; tasks are none. */
export async function countDeadLetters(db: Queryable, accountId: number): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*) as count from dead_letters where account_id = $1 and kind = 'record' and resolved_at is null`,
    [accountId],
  )
  return rows[0]?.count ?? 0
}
