import { BugError } from '../src/core/errors.ts'
import { openDatabase } from '../src/store/database.ts'
import { startEmbeddedPostgres } from '../src/store/postgres-server/embedded-postgres.ts'
import type { Rig } from './rig.ts'

/** What a first sync leaves in the ledger, as far as it grows with the shop. */
const TABLES = ['customers', 'customer_identities', 'orders', 'refunds', 'customer_aggregates', 'profile_states']

/**
 * How long Postgres takes on one connection to write the rows that a rig's sync has left, in milliseconds: each table in bulk,
 * out of the ledger itself and into an empty copy that has its primary key and no other index; then every profile as sent
 * and as confirmed. No file is read here, and nothing parsed, looked up, computed or sent.
 */
export async function measureLedgerFloor({ env }: Pick<Rig, 'env'>): Promise<number> {
  const { signal } = new AbortController()
  const dataDir = env['SCONTRINO_DATA_DIR']
  if (dataDir === undefined) throw new BugError('the rig’s SCONTRINO_DATA_DIR is not set')
  const server = await startEmbeddedPostgres({ dataDir, signal, log: () => undefined })
  const db = openDatabase(server.url, { maxConnections: 1 })
  try {
    for (const table of TABLES) await db.query(emptyCopySql(table))
    const startedAt = performance.now()
    for (const table of TABLES) await db.query(`insert into floor_${table} select * from ${table}`)
    await db.query('update floor_profile_states set in_flight = desired, import_id = 1')
    await db.query('update floor_profile_states set confirmed = in_flight, in_flight = null, import_id = null')
    return performance.now() - startedAt
  } finally {
    await db.close()
    await server.release()
  }
}

/** A statement of its own, since what is filled by the transaction that made it need not be logged. */
function emptyCopySql(table: string): string {
  return `do $$ begin
    execute 'create table floor_${table} (like ${table} including defaults)';
    execute 'alter table floor_${table} add ' || (
      select pg_get_constraintdef(oid) from pg_constraint where conrelid = '${table}'::regclass and contype = 'p');
  end $$`
}
