import { afterAll, beforeAll, expect, it } from 'vitest'
import { closeSession, isSessionClosed } from '../../src/store/closed-sessions.ts'
import { openTestLedger, type TestLedger } from '../support/ledger.ts'

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

const HOUR_MS = 3_600_000

it('a session that was logged out is known as such, twice too, and no other is', async () => {
  const expiresAt = new Date(Date.now() + HOUR_MS)
  await closeSession(ledger.db, 'mine', expiresAt)
  await closeSession(ledger.db, 'mine', expiresAt)
  expect([await isSessionClosed(ledger.db, 'mine'), await isSessionClosed(ledger.db, 'other')]).toEqual([true, false])
})

it('a session is forgotten once its cookie has expired', async () => {
  await closeSession(ledger.db, 'old', new Date(Date.now() - HOUR_MS))
  await closeSession(ledger.db, 'new', new Date(Date.now() + HOUR_MS))
  expect([await isSessionClosed(ledger.db, 'old'), await isSessionClosed(ledger.db, 'new')]).toEqual([false, true])
})
