import type { PageSession, PageSessions } from './session.ts'

/** How late a stream may learn that its session was logged out in another process. */
const ASK_EVERY_MS = 10_000

/**
 * Tells, at every look, whether a session was logged out as far as is known by then, and asks anew from time to time: what
 * is open for hours must not outlive its session by more than seconds.
 */
export function createLogoutWatch(
  { isClosed }: Pick<PageSessions, 'isClosed'>,
  session: PageSession | null,
  now: () => number = Date.now,
): () => boolean {
  let isOut = session === null
  let askedAt = now()
  return () => {
    if (session !== null && !isOut && now() - askedAt >= ASK_EVERY_MS) {
      askedAt = now()
      // A ledger that does not answer ends nobody's session: it is asked again.
      isClosed(session).then(
        (closed) => {
          isOut = closed
        },
        () => undefined,
      )
    }
    return isOut
  }
}
