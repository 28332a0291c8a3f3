import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { vacuumWhereDue } from '../../src/store/vacuum.ts'
import { openTestLedger, type TestLedger } from '../support/ledger.ts'
import { until } from '../support/until.ts'

let ledger: TestLedger
beforeEach(async () => {
  ledger = await openTestLedger()
  await ledger.db.query('alter table dirty_customers set (autovacuum_enabled = false)')
})
afterEach(() => ledger.close())

/** Runs statements on one connection, and has what each changed counted before the next. */
async function change(...statements: string[]): Promise<void> {
  await ledger.db.session(async (client) => {
    for (const statement of statements) {
      await client.query(statement)
      await client.query('select pg_stat_force_next_flush()')
    }
  })
}

const fill = (rows: number) => `insert into dirty_customers select 1, i from generate_series(1, ${rows}) as i`
const EMPTY = 'delete from dirty_customers'
const vacuumNow = () => vacuumWhereDue(ledger.db, new AbortController().signal)

async function standing(): Promise<{ dead: number; vacuums: number; analyses: number } | undefined> {
  const { rows } = await ledger.db.query<{ dead: number; vacuums: number; analyses: number }>(
    `select n_dead_tup as dead, vacuum_count as vacuums, analyze_count as analyses
     from pg_stat_user_tables where schemaname = current_schema() and relname = 'dirty_customers'`,
  )
  return rows[0]
}

describe('a table', () => {
  it('that has changed a lot is vacuumed and analysed', async () => {
    await change(fill(20_000), EMPTY)
    await vacuumNow()
    expect(await standing()).toEqual({ dead: 0, vacuums: 1, analyses: 1 })
  })

  it('that has changed a little is left alone', async () => {
    await change(fill(2_000), EMPTY)
    await vacuumNow()
    expect(await standing()).toEqual({ dead: 2_000, vacuums: 0, analyses: 0 })
  })

  it('of dead rows is vacuumed though it was analysed, and not again within the hour', async () => {
    await change(fill(20_000), EMPTY, 'analyze dirty_customers')
    await vacuumNow()
    expect(await standing()).toEqual({ dead: 0, vacuums: 1, analyses: 2 })
    await change(fill(20_000), EMPTY, 'analyze dirty_customers')
    await vacuumNow()
    expect(await standing()).toEqual({ dead: 20_000, vacuums: 1, analyses: 3 })
  })

  it('that was filled before a crash took its counters is analysed', async () => {
    await change(fill(40_000))
    await change('select pg_stat_reset()')
    await vacuumNow()
    expect(await standing()).toMatchObject({ vacuums: 1, analyses: 1 })
  })

  it('is left at once when the process is to stop', async () => {
    await change(fill(20_000), EMPTY)
    const { rows } = await ledger.db.query<{ name: string }>('select quote_ident(current_database()) as name')
    // As slow as a table of many gigabytes would be: minutes.
    await ledger.db.query(`alter database ${rows[0]?.name} set vacuum_cost_delay = 100`)
    await ledger.db.query(`alter database ${rows[0]?.name} set vacuum_cost_limit = 1`)
    const slow = openDatabase(ledger.url)
    const stop = new AbortController()
    const vacuuming = vacuumWhereDue(slow, stop.signal)
    try {
      await until('the vacuum runs', async () => (await running()) > 0)
    } finally {
      stop.abort()
      await vacuuming
      await slow.close()
    }
    await until('the server has noticed', async () => (await running()) === 0)
    expect(await standing()).toMatchObject({ dead: 20_000, vacuums: 0 })
  })
})

async function running(): Promise<number> {
  const { rows } = await ledger.db.query(
    `select from pg_stat_activity where datname = current_database() and query like 'vacuum%' and state = 'active'`,
  )
  return rows.length
}
