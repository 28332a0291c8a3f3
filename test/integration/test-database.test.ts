import { Client } from 'pg'
import { describe, expect, it } from 'vitest'
import { createTestDatabase } from '../support/test-database.ts'

describe('createTestDatabase', () => {
  it('gives a migrated database of its own', async () => {
    const database = await createTestDatabase()
    const client = new Client({ connectionString: database.url })
    await client.connect()
    const { rows } = await client.query('select count(*)::int as n from scontrino.migrations')
    await client.end()
    await database.drop()
    expect(rows[0]?.n).toBeGreaterThan(0)
  })

  it('refuses to hide a connection that was left open', async () => {
    const database = await createTestDatabase()
    const client = new Client({ connectionString: database.url, application_name: 'forgetful' })
    client.on('error', () => undefined)
    await client.connect()
    await expect(database.drop()).rejects.toThrow('forgetful')
    await client.end()
  })
})
