import { afterAll, beforeAll, expect, test } from 'vitest'
import { vacuumWhereDue } from '../../src/store/vacuum.ts'
import { openTestLedger, type TestLedger } from '../support/ledger.ts'

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

async function standing(table: string): Promise<{ dead: number; vacuumed: boolean; analysed: boolean } | undefined> {
  const { rows } = await ledger.db.query<{ dead: number; vacuumed: boolean; analysed: boolean }>(
    `select n_dead_tup as dead, last_vacuum is not null as vacuumed, last_analyze is not null as analysed
     from pg_stat_user_tables where schemaname = current_schema() and relname = $1`,
    [table],
  )
  return rows[0]
}

test('tables that have changed a lot are vacuumed and analysed, the others left alone', async () => {
  await ledger.db.session(async (client) => {
    for (const table of ['dirty_customers', 'dirty_months']) {
      await client.query(`alter table ${table} set (autovacuum_enabled = false)`)
    }
    await client.query('insert into dirty_customers select 1, i from generate_series(1, 20000) as i')
    await client.query(`insert into dirty_months select 1, date '2000-01-01' + i from generate_series(1, 200) as i`)
    await client.query('delete from dirty_customers')
    await client.query('delete from dirty_months')
    await client.query('select pg_stat_force_next_flush()')
  })
  expect(await standing('dirty_customers')).toMatchObject({ dead: 20_000, vacuumed: false })

  await vacuumWhereDue(ledger.db)

  expect(await standing('dirty_customers')).toEqual({ dead: 0, vacuumed: true, analysed: true })
  expect(await standing('dirty_months')).toEqual({ dead: 200, vacuumed: false, analysed: false })
})
