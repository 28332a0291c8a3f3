import { readdir, readFile } from 'node:fs/promises'
import { Client } from 'pg'
import { onTestFinished } from 'vitest'
import { createTestDatabase } from './test-database.ts'

const MIGRATIONS = new URL('../../src/store/migrations/', import.meta.url)

/** A ledger as it was before this migration, filled by `sql`, for the rest of the test. @returns its address. */
export async function openFormerLedger(before: string, sql: string): Promise<string> {
  const database = await createTestDatabase()
  onTestFinished(() => database.drop())
  const client = new Client({ connectionString: database.url })
  await client.connect()
  try {
    await client.query('drop schema scontrino cascade; create schema scontrino; set search_path = scontrino')
    await client.query('create table migrations (name text primary key, applied_at timestamptz not null default now())')
    for (const name of (await readdir(MIGRATIONS)).filter((one) => one < before).sort()) {
      await client.query(await readFile(new URL(name, MIGRATIONS), 'utf8'))
      await client.query('insert into migrations (name) values ($1)', [name])
    }
    await client.query(sql)
  } finally {
    await client.end()
  }
  return database.url
}
