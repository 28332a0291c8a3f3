import { expect, it } from 'vitest'
import { migrate, openDatabase } from '../../src/store/database.ts'
import { openFormerLedger } from '../support/former-ledger.ts'

it('a ledger learns when the one of several addresses was heard, where a merge had forgotten it', async () => {
  const url = await openFormerLedger(
    '0016-addressed-again.sql',
    `
    insert into accounts (key) values ('old');
    insert into customers (account_id, customer_id, email, email_at) values
      (1, 1, 'new@shop.test', null), (1, 2, 'only@shop.test', null), (1, 3, 'known@shop.test', '2026-05-01'), (1, 4, 'b@shop.test', null);
    insert into customer_identities (account_id, identity, customer_id) values
      (1, 'email:new@shop.test', 1), (1, 'email:old@shop.test', 1), (1, 'shop:1:A', 1),
      (1, 'email:only@shop.test', 2), (1, 'shop:1:B', 2),
      (1, 'email:known@shop.test', 3), (1, 'email:former@shop.test', 3),
      (1, 'email:a@shop.test', 4), (1, 'email:b@shop.test', 4);
    insert into orders (account_id, source_id, customer_id, placed_at, updated_at, total_minor, test, addressed, state, currency, external_id)
    select 1, 1, customer, at::timestamptz, at::timestamptz, 1000, false, addressed, 'placed', 'EUR', customer || at
    from (values (1, '2026-01-01', true), (1, '2026-02-01', true), (1, '2026-03-01', false), (2, '2026-01-01', true))
      as orders (customer, at, addressed);
    insert into refunds (account_id, source_id, order_external_id, external_id, customer_id, refunded_at, updated_at, amount_minor, currency, addressed)
    values (1, 1, '', 'r', 1, '2026-02-02', '2026-02-02', 5, 'EUR', true)`,
  )
  await migrate(url)
  const db = openDatabase(url)
  try {
    const { rows } = await db.query<{ id: number; at: string | null }>(
      `select customer_id as id, to_char(email_at at time zone 'UTC', 'YYYY-MM-DD') as at from customers order by 1`,
    )
    expect(rows.map(({ at }) => at)).toEqual(['2026-02-02', null, '2026-05-01', '1970-01-01'])
  } finally {
    await db.close()
  }
})
