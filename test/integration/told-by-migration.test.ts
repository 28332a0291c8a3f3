import { expect, it } from 'vitest'
import { migrate, openDatabase } from '../../src/store/database.ts'
import { openFormerLedger } from '../support/former-ledger.ts'

it('a ledger learns which shop told an address as far as its records say', async () => {
  const url = await openFormerLedger(
    '0011-told-by.sql',
    `
    insert into accounts (key, aggregate_settings, profile_settings) values ('old', 'computed', 'computed');
    insert into customers (account_id, customer_id, email, email_at) values
      (1, 1, 'two-addresses@shop.test', '2026-03-01'), (1, 2, 'one-address@shop.test', null), (1, 3, 'newest@shop.test', '2026-03-01');
    insert into customer_identities (account_id, identity, customer_id) values
      (1, 'email:two-addresses@shop.test', 1), (1, 'email:of-one-shop@shop.test', 1),
      (1, 'email:one-address@shop.test', 2), (1, 'shop:2:B', 2),
      (1, 'email:newest@shop.test', 3), (1, 'email:nobody-knows@shop.test', 3), (1, 'shop:1:C', 3);
    insert into orders (account_id, source_id, customer_id, placed_at, updated_at, total_minor, test, addressed, state, currency, external_id)
    select 1, source, customer, at::timestamptz, at::timestamptz, 1000, false, true, 'placed', 'EUR', customer || at
    from (values (1, 1, '2026-03-01'), (1, 1, '2026-02-01'), (1, 2, '2026-03-01'), (1, 3, '2026-02-01'), (2, 3, '2026-03-01'))
      as orders (source, customer, at)`,
  )
  await migrate(url)
  const db = openDatabase(url)
  try {
    const { rows } = await db.query<{ identity: string; sources: number[] }>(
      'select identity, array(select unnest(told_by) order by 1) as sources from customer_identities',
    )
    expect(Object.fromEntries(rows.map(({ identity, sources }) => [identity, sources]))).toEqual({
      'email:two-addresses@shop.test': [1],
      'email:of-one-shop@shop.test': [1],
      'email:one-address@shop.test': [1, 2],
      'email:newest@shop.test': [2],
      'email:nobody-knows@shop.test': [],
      'shop:2:B': [],
      'shop:1:C': [],
    })
    expect((await db.query('select profile_settings from accounts')).rows).toEqual([{ profile_settings: null }])
  } finally {
    await db.close()
  }
})
