import { describe, expect, it } from 'vitest'
import { createLogoutWatch } from '../../src/http/page/logout-watch.ts'
import {
  type ClosedSessions,
  createOpenSessions,
  createPageSessions,
  SESSION_HOURS,
} from '../../src/http/page/session.ts'

const TOKEN = 'correct-horse-battery-staple'
const STARTED_MS = Date.parse('2026-11-21T08:00:00Z')
const HOUR_MS = 3_600_000

/** What processes share. */
function createLedger(): ClosedSessions {
  const ids = new Set<string>()
  return {
    async closeSession(id) {
      ids.add(id)
    },
    isSessionClosed: async (id) => ids.has(id),
  }
}

describe('a session of the page', () => {
  it('is known by its cookie, also to another replica', () => {
    const { cookie, session } = createPageSessions(TOKEN, createLedger()).open()
    expect(createPageSessions(TOKEN, createLedger()).read(cookie)).toEqual(session)
  })

  it('ends when the token changes', () => {
    const { cookie } = createPageSessions(TOKEN, createLedger()).open()
    expect(createPageSessions(`${TOKEN}s`, createLedger()).read(cookie)).toBeNull()
  })

  it('lasts until its hours are over, and not a moment longer', () => {
    let now = STARTED_MS
    const sessions = createPageSessions(TOKEN, createLedger(), () => now)
    const { cookie } = sessions.open()
    now = STARTED_MS + SESSION_HOURS * HOUR_MS - 1
    expect(sessions.read(cookie)).not.toBeNull()
    now += 1
    expect(sessions.read(cookie)).toBeNull()
  })

  it('cannot be made to last longer by changing the cookie', () => {
    const sessions = createPageSessions(TOKEN, createLedger())
    const [id, expires, signature] = sessions.open().cookie.split('.')
    expect(sessions.read(`${id}.${Number(expires) + HOUR_MS}.${signature}`)).toBeNull()
  })

  it.each([
    '',
    'x',
    'a.b.c',
    `${'a'.repeat(22)}.1.${'b'.repeat(43)}`,
    `${'a'.repeat(22)}.99999999999999.${'-'.repeat(43)}`,
  ])('is not what somebody made up: %s', (cookie) => {
    expect(createPageSessions(TOKEN, createLedger()).read(cookie)).toBeNull()
  })

  it('that was logged out of in one process is over in all of them', async () => {
    const ledger = createLedger()
    const [here, there] = [createPageSessions(TOKEN, ledger), createPageSessions(TOKEN, ledger)]
    const [mine, other] = [here.open().session, here.open().session]
    await here.close(mine)
    expect([await there.isClosed(mine), await there.isClosed(other)]).toEqual([true, false])
  })

  it('is over once it was logged out of, and the others go on', async () => {
    const sessions = createPageSessions(TOKEN, createLedger())
    const [mine, other] = [sessions.open(), sessions.open()]
    await sessions.close(mine.session)
    expect([sessions.read(mine.cookie), sessions.read(other.cookie)]).toEqual([null, other.session])
  })

  it('has a form token of its own', () => {
    const sessions = createPageSessions(TOKEN, createLedger())
    const [mine, other] = [sessions.open().session, sessions.open().session]
    const token = sessions.formTokenOf(mine)
    expect([sessions.isFormTokenOf(mine, token), sessions.isFormTokenOf(other, token)]).toEqual([true, false])
  })

  it.each(['', 'x', 'ä', 'A'.repeat(43), 'A'.repeat(5_000)])('knows no form token %#', (sent) => {
    const sessions = createPageSessions(TOKEN, createLedger())
    expect(sessions.isFormTokenOf(sessions.open().session, sent)).toBe(false)
  })
})

describe('where nobody logs in', () => {
  it('everybody has the one session', () => {
    const { read, only } = createOpenSessions()
    expect([read(undefined), read('anything')]).toEqual([only, only])
  })

  it('a form token of one process is of no use in another', () => {
    const [one, other] = [createOpenSessions(), createOpenSessions()]
    expect(other.isFormTokenOf(other.only, one.formTokenOf(one.only))).toBe(false)
  })
})

describe('a stream that outlives its request', () => {
  it('learns within seconds that its session was logged out in another process', async () => {
    const ledger = createLedger()
    const [here, there] = [createPageSessions(TOKEN, ledger), createPageSessions(TOKEN, ledger)]
    const { session } = here.open()
    let now = STARTED_MS
    const isOut = createLogoutWatch(here, session, () => now)
    await there.close(session)
    expect(isOut()).toBe(false)
    now += 10_000
    isOut()
    await new Promise(setImmediate)
    expect(isOut()).toBe(true)
  })
})
