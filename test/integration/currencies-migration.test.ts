import { expect, it } from 'vitest'
import { migrate, openDatabase } from '../../src/store/database.ts'
import { openFormerLedger } from '../support/former-ledger.ts'

it('a ledger learns in which currencies its sources have sold', async () => {
  const url = await openFormerLedger(
    '0017-currencies.sql',
    `
    insert into accounts (key) values ('old');
    insert into sources (account_id, key) values (1, 'web'), (1, 'till'), (1, 'unread');
    insert into orders (account_id, source_id, placed_at, updated_at, total_minor, test, addressed, state, currency, external_id)
    select 1, source, '2026-03-01', '2026-03-01', 1000, false, false, 'placed', currency, number
    from (values (1, 'EUR', '1'), (1, 'CHF', '2'), (1, 'EUR', '3'), (2, 'GBP', '4')) as orders (source, currency, number)`,
  )
  await migrate(url)
  const db = openDatabase(url)
  try {
    const { rows } = await db.query('select key, currencies from sources order by source_id')
    expect(rows).toEqual([
      { key: 'web', currencies: ['CHF', 'EUR'] },
      { key: 'till', currencies: ['GBP'] },
      { key: 'unread', currencies: [] },
    ])
  } finally {
    await db.close()
  }
})
