import type { Database } from './database.ts'

/** So few rows are not worth it, whatever part of a table they are. */
const FEWEST = 10_000

/**
 * Vacuums and analyses the tables of which a good part has changed, as autovacuum does at the same shares: a database that
 * is started for each command and stopped after it never lives to its round, and would plan for ever as if its tables were
 * empty. Where autovacuum runs, there is nothing left to do.
 */
export async function vacuumWhereDue(db: Database): Promise<void> {
  const { rows } = await db.query<{ table: string }>(
    `select quote_ident(relname) as table from pg_stat_user_tables
     where schemaname = current_schema()
       and (n_dead_tup > $1 + 0.2 * n_live_tup or n_mod_since_analyze > $1 + 0.1 * n_live_tup)
     order by relname`,
    [FEWEST],
  )
  // Giving space back to the system would wait for everybody who reads the table.
  for (const { table } of rows) await db.query(`vacuum (analyze, skip_locked, truncate false) ${table}`)
}
