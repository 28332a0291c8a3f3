import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProfileStateStore } from '../../src/store/profiles/profile-states.ts'
import { openTestLedger, type TestLedger } from '../support/ledger.ts'

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

describe('loading pending profiles', () => {
  it('reads the index of the pending ones, not the hundred thousand others', async () => {
    const { accountId, settings } = await ledger.openAccount()
    await ledger.db.query(
      `insert into profile_states (account_id, email, customer_id, desired, confirmed)
       select $1, 'c' || n || '@shop.test', n, md5(n::text)::uuid,
         case when n % 10000 = 0 then '00000000-0000-0000-0000-000000000000' else md5(n::text)::uuid end
       from generate_series(1, 100000) n`,
      [accountId],
    )
    await ledger.db.query('analyze profile_states')
    const asked: { text: string; values: unknown[] }[] = []
    const states = createProfileStateStore(
      {
        ...ledger.db,
        query: (text, values = []) => {
          asked.push({ text, values })
          return ledger.db.query(text, values)
        },
      },
      { accountId, settings },
    )
    expect(await states.loadPending(10_000)).toHaveLength(10)
    for (const { text, values } of asked) {
      const { rows } = await ledger.db.query(`explain ${text}`, values)
      expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('profile_states_pending')
    }
    expect(asked).toHaveLength(1)
  })
})
