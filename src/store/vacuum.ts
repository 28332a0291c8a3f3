import type { Database } from './database.ts'

/** So few rows are not worth it, whatever part of a table they are. */
const FEWEST_ROWS = 10_000
/** A table of this size that was never analysed was filled before a crash, which takes the counters of rows with it. */
const NEVER_SMALL_BYTES = 1_000_000

/** Dead rows that somebody can still see cannot be removed: an hour later they perhaps can. */
const DUE = `
select quote_ident(s.relname) as table from pg_stat_user_tables s join pg_class c on c.oid = s.relid
where s.schemaname = current_schema()
  and (
    s.n_mod_since_analyze > $1 + 0.1 * s.n_live_tup
    or (c.reltuples < 0 and pg_relation_size(c.oid) > $2)
    or (s.n_dead_tup > $1 + 0.2 * s.n_live_tup
      and coalesce(greatest(s.last_vacuum, s.last_autovacuum), '-infinity') < now() - interval '1 hour')
  )
order by s.relname`

/**
 * Vacuums and analyses the tables of which a good part has changed, as autovacuum does at the same shares: a database that
 * is started for each command and stopped after it never lives to its round, and would plan for ever as if its tables were
 * empty. Where autovacuum keeps up, little is left. Ends early, without an error, when the signal fires.
 */
export async function vacuumWhereDue(db: Database, signal: AbortSignal): Promise<void> {
  const { rows } = await db.query<{ table: string }>(DUE, [FEWEST_ROWS, NEVER_SMALL_BYTES])
  try {
    for (const { table } of rows) {
      if (signal.aborted) return
      // Giving space back to the system would wait for everybody who reads the table; workers in parallel want more shared
      // memory than a container may have.
      const statement = `vacuum (analyze, skip_locked, truncate false, parallel 0) ${table}`
      await db.session((client) => client.query(statement), signal)
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
