import { createHash } from 'node:crypto'
import type { Database, Queryable } from './database.ts'

/**
 * Runs `work` while no other process holds `name`; null when one does. The lock is the database session's: a killed
 * process gives it back with its connection. `lost` fires when the connection breaks, since another may then begin.
 */
export async function withLock<T>(
  db: Database,
  name: string,
  work: (lost: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const key = keyOf(name)
  return db.session(async (session, lost) => {
    const { rows } = await session.query<{ locked: boolean }>('select pg_try_advisory_lock($1::bigint) as locked', [
      key,
    ])
    if (rows[0]?.locked !== true) return null
    try {
      return await work(lost)
    } finally {
      // A session that broke has given its lock back by itself.
      await session.query('select pg_advisory_unlock($1::bigint)', [key]).catch(() => undefined)
    }
  })
}

/** Whether some process holds `name` at this moment. Only looks: who tried the lock would keep others from it meanwhile. */
export async function isLocked(db: Queryable, name: string): Promise<boolean> {
  // Postgres shows a lock's 64 bits as two halves.
  const { rows } = await db.query<{ held: boolean }>(
    `select exists (
       select from pg_locks
       where locktype = 'advisory' and objsubid = 1 and granted
         and database = (select oid from pg_database where datname = current_database())
         and classid = (($1::bigint >> 32) & 4294967295)::oid and objid = ($1::bigint & 4294967295)::oid
     ) as held`,
    [keyOf(name)],
  )
  return rows[0]?.held === true
}

function keyOf(name: string): string {
  return createHash('sha256').update(name).digest().readBigInt64BE(0).toString()
}
