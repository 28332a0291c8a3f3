import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeDirty } from '../../src/store/customers/take-dirty.ts'
import type { Queryable } from '../../src/store/database.ts'
import { openTestLedger, type TestLedger } from '../support/ledger.ts'

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

const MARKED = 3_000

describe.each([
  ['marked', 'null'],
  ['outdated', '0'],
])('%s customers', (_, outdatedAfter) => {
  it('are taken without a join, though the marks were counted when there were none', async () => {
    const { accountId } = await ledger.openAccount()
    await ledger.db.query(`update accounts set outdated_after = ${outdatedAfter} where account_id = $1`, [accountId])
    await ledger.db.query('truncate dirty_customers')
    await ledger.db.query('vacuum analyze dirty_customers')
    const { rows } = await ledger.db.query<{ id: number }>(
      'insert into customers (account_id) select $1 from generate_series(1, $2::integer) returning customer_id as id',
      [accountId, MARKED],
    )
    await ledger.db.query(
      'insert into dirty_customers select account_id, customer_id from customers where account_id = $1',
      [accountId],
    )
    const plans: string[] = []
    const taken = await ledger.db.transaction(async (client) => {
      const explained: Queryable['query'] = async (text, values) => {
        if (text.includes('dirty_customers')) {
          const plan = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values)
          plans.push(plan.rows.map((row) => row['QUERY PLAN']).join('\n'))
        }
        return client.query(text, values)
      }
      return takeDirty({ query: explained }, accountId, MARKED)
    })
    expect(taken).toBe(rows.length)
    expect(plans.join('\n')).toMatch(/Delete on dirty_customers/)
    expect(plans.join('\n')).not.toMatch(/Join|Nested Loop\n.*dirty_customers/)
    expect((await ledger.db.query('select from dirty_customers')).rows).toHaveLength(0)
  })
})
