import type { Queryable } from './database.ts'

/** Notes that a session of the page was logged out, until it would have expired anyway; forgets those that have. */
export async function closeSession(db: Queryable, id: string, expiresAt: Date): Promise<void> {
  await db.query('delete from closed_sessions where expires_at < now()')
  await db.query('insert into closed_sessions (session_id, expires_at) values ($1, $2) on conflict do nothing', [
    id,
    expiresAt,
  ])
}

/** Whether a session was logged out, in whichever process. */
export async function isSessionClosed(db: Queryable, id: string): Promise<boolean> {
  const { rows } = await db.query<{ closed: boolean }>(
    'select exists (select from closed_sessions where session_id = $1) as closed',
    [id],
  )
  return rows[0]?.closed === true
}
