import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { openTestLedger, type TestLedger, toOrder, toPage } from '../support/ledger.ts'

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

test('a page of customers of whom none has an address is saved', async () => {
  const account = await ledger.openAccount()
  const orders = ['7', '8'].map((externalId) => toOrder({ externalId, customer: { externalId } }))
  await createOrderStore(ledger.db, account).saveOrderPage('web', toPage(orders), new Date(0))
  const { rows } = await ledger.db.query(
    'select o.external_id as "order", c.email from orders o join customers c using (account_id, customer_id) where account_id = $1 order by 1',
    [account.accountId],
  )
  expect(rows).toEqual([
    { order: '7', email: null },
    { order: '8', email: null },
  ])
})
