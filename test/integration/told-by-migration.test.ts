import { readdir, readFile } from 'node:fs/promises'
import { Client } from 'pg'
import { expect, it, onTestFinished } from 'vitest'
import { migrate, openDatabase } from '../../src/store/database.ts'
import { createTestDatabase } from '../support/test-database.ts'

const MIGRATIONS = new URL('../../src/store/migrations/', import.meta.url)
const OWN = '0011-told-by.sql'

it('a ledger learns which shop told an address as far as its records say', async () => {
  const database = await createTestDatabase()
  onTestFinished(() => database.drop())
  const client = new Client({ connectionString: database.url })
  await client.connect()
  try {
    await client.query('drop schema scontrino cascade; create schema scontrino; set search_path = scontrino')
    await client.query('create table migrations (name text primary key, applied_at timestamptz not null default now())')
    for (const name of (await readdir(MIGRATIONS)).filter((one) => one < OWN).sort()) {
      await client.query(await readFile(new URL(name, MIGRATIONS), 'utf8'))
      await client.query('insert into migrations (name) values ($1)', [name])
    }
    await client.query(`
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
        as orders (source, customer, at)`)
  } finally {
    await client.end()
  }
  await migrate(database.url)
  const db = openDatabase(database.url)
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
