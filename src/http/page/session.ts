import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

/** Somebody who has logged in. */
export interface PageSession {
  readonly id: string
  readonly expiresAt: Date
}

/** Where processes tell one another which sessions were logged out. */
export interface ClosedSessions {
  closeSession(id: string, expiresAt: Date): Promise<void>
  isSessionClosed(id: string): Promise<boolean>
}

/**
 * The cookie says who and until when, signed with a key that comes from the token. So any replica knows a session, a restart
 * ends none, and another token ends them all; only what was logged out before its time has to be written down.
 */
export interface PageSessions {
  /** @returns the content of the cookie. */
  open(): { readonly cookie: string; readonly session: PageSession }
  /** Null: none, a forged one, one that has expired or was logged out of here. Asks nobody. */
  read(cookie: string | undefined): PageSession | null
  /** Whether the session was logged out in whichever process; asks the ledger. */
  isClosed(session: PageSession): Promise<boolean>
  /** This process refuses the session from now on, the others as soon as the promise resolves. */
  close(session: PageSession): Promise<void>
  /** What every form of the session carries, so that no other page can send it. */
  formTokenOf(session: PageSession): string
  /** Whether a form came with its session's token; compared in constant time. */
  isFormTokenOf(session: PageSession, sent: string): boolean
}

/** A working day. */
export const SESSION_HOURS = 12

const COOKIE = /^([\w-]{22})\.(\d{1,15})\.([\w-]{43})$/

/** Sessions under a token. `now` in milliseconds, for tests. */
export function createPageSessions(
  token: string,
  elsewhere: ClosedSessions,
  now: () => number = Date.now,
): PageSessions {
  const key = Buffer.from(hkdfSync('sha256', token, '', 'scontrino page session', 32))
  const sign = (text: string) => createHmac('sha256', key).update(text).digest()
  const closed = new Map<string, Date>()

  const forgetExpired = () => {
    for (const [id, expiresAt] of closed) if (expiresAt.getTime() <= now()) closed.delete(id)
  }
  const formToken = ({ id }: PageSession) => sign(`form ${id}`)
  return {
    open() {
      const id = randomBytes(16).toString('base64url')
      const expiresAtMs = now() + SESSION_HOURS * 3_600_000
      const signature = sign(`session ${id} ${expiresAtMs}`).toString('base64url')
      return { cookie: `${id}.${expiresAtMs}.${signature}`, session: { id, expiresAt: new Date(expiresAtMs) } }
    },
    read(cookie) {
      const [, id, expires, signature] = COOKIE.exec(cookie ?? '') ?? []
      if (id === undefined || expires === undefined || signature === undefined) return null
      if (!timingSafeEqual(Buffer.from(signature, 'base64url'), sign(`session ${id} ${expires}`))) return null
      return Number(expires) <= now() || closed.has(id) ? null : { id, expiresAt: new Date(Number(expires)) }
    },
    isClosed: async ({ id }) => closed.has(id) || elsewhere.isSessionClosed(id),
    async close({ id, expiresAt }) {
      forgetExpired()
      closed.set(id, expiresAt)
      await elsewhere.closeSession(id, expiresAt)
    },
    formTokenOf: (session) => formToken(session).toString('base64url'),
    isFormTokenOf(session, sent) {
      const given = Buffer.from(sent, 'base64url')
      const expected = formToken(session)
      return given.length === expected.length && timingSafeEqual(given, expected)
    },
  }
}

const NEVER_CLOSED: ClosedSessions = { closeSession: async () => undefined, isSessionClosed: async () => false }

/** Where no token is configured nobody logs in: one session that is always there, for its form token. */
export function createOpenSessions(): PageSessions & { readonly only: PageSession } {
  const only: PageSession = { id: 'loopback', expiresAt: new Date(8.64e15) }
  const sessions = createPageSessions(randomBytes(32).toString('base64url'), NEVER_CLOSED)
  return { ...sessions, read: () => only, only }
}
