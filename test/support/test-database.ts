import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { migrate } from '../../src/store/database.ts'

/** A database of one test file, migrated and empty. */
export interface TestDatabase {
  readonly url: string
  /** Drops it; rejects, naming the connections, when some were left open. */
  drop(): Promise<void>
}

const TEMPLATE = 'scontrino_template'
const CLOSING_DEADLINE_MS = 2_000

/** A fresh copy of the migrated template: call it in `beforeAll`, and `drop` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = inject('postgresUrl')
  if (serverUrl === undefined)
    throw new Error('tests that use Postgres belong in test/property, integration, e2e or chaos')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await ask(serverUrl, `create database ${name} template ${TEMPLATE}`)
  return {
    url: toDatabaseUrl(serverUrl, name),
    async drop() {
      const open = await openConnections(serverUrl, name)
      await ask(serverUrl, `drop database if exists ${name} with (force)`)
      if (open.length > 0) throw new Error(`connections to the test database were left open: ${open.join(', ')}`)
    },
  }
}

/** Makes the database that test databases are copies of. */
export async function createTemplate(serverUrl: string): Promise<void> {
  await ask(serverUrl, `create database ${TEMPLATE}`)
  await migrate(toDatabaseUrl(serverUrl, TEMPLATE))
}

function toDatabaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

async function ask(url: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}

/** Closing is asynchronous on the server's side, so a connection counts as open only when it stays. */
async function openConnections(serverUrl: string, name: string): Promise<string[]> {
  const deadline = performance.now() + CLOSING_DEADLINE_MS
  const text = `select application_name || ': ' || left(query, 60) as who from pg_stat_activity
    where datname = $1 and backend_type = 'client backend'`
  for (;;) {
    const rows = await ask(serverUrl, text, [name])
    if (rows.length === 0 || performance.now() > deadline) return rows.map((row) => String(row['who']))
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
