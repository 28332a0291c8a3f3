import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureCustomerIndexes } from '../../src/store/customers/customer-index.ts'
import { openTestLedger, type TestLedger } from '../support/ledger.ts'
import { until } from '../support/until.ts'

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

const LOCKS_ON_TABLES = `
select relation::regclass::text as table from pg_locks
where pid = pg_backend_pid() and mode = 'ShareLock' and relation in ('orders'::regclass, 'customer_identities'::regclass)`

describe('the indexes by customer', () => {
  it('lock no table for who waited while another account made them, so that the two cannot wait for one another', async () => {
    await ledger.db.query('drop index if exists orders_customer, customer_identities_customer')
    const first = Promise.withResolvers<void>()
    const made = Promise.withResolvers<void>()
    const making = ledger.db.transaction(async (client) => {
      await ensureCustomerIndexes(client)
      made.resolve()
      await first.promise
    })
    await made.promise
    const waiting = ledger.db.transaction(async (client) => {
      await ensureCustomerIndexes(client)
      return (await client.query(LOCKS_ON_TABLES)).rows
    })
    await until('the other waits', async () => {
      const { rows } = await ledger.db.query(
        `select from pg_locks where locktype = 'advisory' and not granted
           and database = (select oid from pg_database where datname = current_database())`,
      )
      return rows.length > 0
    })
    first.resolve()
    await making
    expect(await waiting).toEqual([])
  })
})
