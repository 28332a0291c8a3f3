import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { vacuumWhereDue } from '../../src/store/vacuum.ts'
import { openTestLedger, type TestLedger } from '../support/ledger.ts'

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

/** Fills tables without autovacuum with so many rows each, and removes them. */
async function fillAndEmpty(rows: Readonly<Record<'dirty_customers' | 'dirty_months', number>>): Promise<void> {
  await ledger.db.session(async (client) => {
    for (const [table, count] of Object.entries(rows)) {
      const value = table === 'dirty_months' ? `date '2000-01-01' + i` : 'i'
      await client.query(`alter table ${table} set (autovacuum_enabled = false)`)
      await client.query(`insert into ${table} select 1, ${value} from generate_series(1, ${count}) as i`)
      await client.query(`delete from ${table}`)
    }
    await client.query('select pg_stat_force_next_flush()')
  })
}

async function standing(table: string): Promise<{ dead: number; vacuumed: boolean; analysed: boolean } | undefined> {
  const { rows } = await ledger.db.query<{ dead: number; vacuumed: boolean; analysed: boolean }>(
    `select n_dead_tup as dead, last_vacuum is not null as vacuumed, last_analyze is not null as analysed
     from pg_stat_user_tables where schemaname = current_schema() and relname = $1`,
    [table],
  )
  return rows[0]
}

test('vacuuming ends when it is to stop, with nothing vacuumed', async () => {
  await fillAndEmpty({ dirty_customers: 20_000, dirty_months: 0 })
  // As slow as a table of many gigabytes would be: minutes.
  const name = (await ledger.db.query<{ name: string }>('select current_database() as name')).rows[0]?.name
  await ledger.db.query(`alter database "${name}" set vacuum_cost_delay = 100`)
  await ledger.db.query(`alter database "${name}" set vacuum_cost_limit = 1`)
  const slow = openDatabase(ledger.url)
  const stop = new AbortController()
  try {
    const vacuuming = vacuumWhereDue(slow, stop.signal)
    await vi.waitUntil(async () => {
      const { rows } = await ledger.db.query(
        `select from pg_stat_activity where datname = current_database() and query like 'vacuum%' and state = 'active'`,
      )
      return rows.length > 0
    })
    stop.abort()
    await vacuuming
    await vacuumWhereDue(slow, stop.signal)
    expect(await standing('dirty_customers')).toMatchObject({ dead: 20_000, vacuumed: false })
  } finally {
    await ledger.db.query(`alter database "${name}" reset all`)
    await slow.close()
  }
})

test('tables that have changed a lot are vacuumed and analysed, the others left alone', async () => {
  await fillAndEmpty({ dirty_customers: 20_000, dirty_months: 200 })

  await vacuumWhereDue(ledger.db, new AbortController().signal)

  expect(await standing('dirty_customers')).toEqual({ dead: 0, vacuumed: true, analysed: true })
  expect(await standing('dirty_months')).toEqual({ dead: 200, vacuumed: false, analysed: false })
})
