import type { Queryable } from '../database.ts'

/** Notes what a shop asks of a person; the same place is the same task. */
export async function saveTask(
  client: Queryable,
  accountId: number,
  sourceId: number,
  { place, what }: { readonly place: string; readonly what: string },
): Promise<void> {
  await client.query(
    `insert into dead_letters as d (account_id, source_id, place, reason, kind) values ($1, $2, $3, $4, 'task')
     on conflict (account_id, source_id, place, field) do update
       set kind = 'task', reason = excluded.reason, last_seen_at = clock_timestamp(), resolved_at = null,
         first_seen_at = case when d.resolved_at is null then d.first_seen_at else clock_timestamp() end`,
    [accountId, sourceId, place, what],
  )
}

/** Closes an open task. @returns whether there was one of this number. */
export async function closeTask(client: Queryable, accountId: number, number: number): Promise<boolean> {
  const { rowCount } = await client.query(
    `update dead_letters set resolved_at = now()
     where account_id = $1 and number = $2 and kind = 'task' and resolved_at is null`,
    [accountId, number],
  )
  return rowCount === 1
}
