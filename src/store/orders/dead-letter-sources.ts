import type { Queryable } from '../database.ts'

/** Keys of the sources that have records as open dead letters, sorted; tasks are not read again. */
export async function loadDeadLetterSources(db: Queryable, accountId: number): Promise<string[]> {
  const { rows } = await db.query<{ key: string }>(
    `select distinct s.key from dead_letters d join sources s using (account_id, source_id)
     where d.account_id = $1 and d.kind = 'record' and d.resolved_at is null order by s.key`,
    [accountId],
  )
  return rows.map(({ key }) => key)
}
