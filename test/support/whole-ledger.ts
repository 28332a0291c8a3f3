import type { Queryable } from '../../src/store/database.ts'

/** Everything in these schemas as text, row by row: to see that something is nowhere. */
export async function readWholeLedger(db: Queryable, schemas: readonly string[] = ['scontrino']): Promise<string> {
  const { rows: tables } = await db.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = any($1) order by 1`,
    [schemas],
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await db.query<{ row: string }>(`select t::text as row from ${name} t`)
    texts.push(...rows.map(({ row }) => `${name} ${row}`))
  }
  return texts.join('\n')
}
