import { expect, it } from 'vitest'
import { migrate, openDatabase } from '../../src/store/database.ts'
import { openFormerLedger } from '../support/former-ledger.ts'

it('a ledger with months of its own has every month computed again, by whatever clock', async () => {
  const url = await openFormerLedger(
    '0003-store-periods.sql',
    `
    insert into accounts (key, aggregate_settings) values ('old', 'computed'), ('new', null);
    insert into store_aggregates values (1, '2026-01-01', 'period', 'new', 1, 1, 1000, 1000, 1000);
    insert into orders (account_id, source_id, placed_at, updated_at, total_minor, test, addressed, state, currency, external_id)
    select account_id, 1, at::timestamptz, at::timestamptz, 1000, false, false, 'placed', 'EUR', at
    from accounts cross join (values ('2026-01-15T12:00:00Z'), ('2026-03-31T20:00:00Z')) as orders (at)`,
  )
  await migrate(url)
  const db = openDatabase(url)
  try {
    const { rows } = await db.query<{ key: string; month: string }>(
      'select key, month from dirty_months join accounts using (account_id) order by month',
    )
    // The evening of 31 March is April farther east.
    expect(rows).toEqual(['2026-01-01', '2026-03-01', '2026-04-01'].map((month) => ({ key: 'old', month })))
    expect((await db.query('select from store_aggregates')).rows).toEqual([])
  } finally {
    await db.close()
  }
})
