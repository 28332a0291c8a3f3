import { createHash } from 'node:crypto'
import type { Database } from './database.ts'

/**
 * Runs `work` while no other process holds `name`; null when one does. The lock is the database session's: a killed
 * process gives it back with its connection. `lost` fires when the connection breaks, since another may then begin.
 */
export async function withLock<T>(
  db: Database,
  name: string,
  work: (lost: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const key = createHash('sha256').update(name).digest().readBigInt64BE(0).toString()
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
