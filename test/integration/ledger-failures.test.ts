import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StoreError } from '../../src/core/errors.ts'
import type { OrderPage } from '../../src/core/orders/page.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import type { Database } from '../../src/store/database.ts'
import { loadDeadLetters } from '../../src/store/orders/dead-letters.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { openTestLedger, type TestLedger, toOrder, toPage } from '../support/ledger.ts'
import { dumpRecords } from '../support/stored-ledger.ts'

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

/** The same database; an administrator ends the connection of its first transaction before the given statement. */
function terminatedBefore(db: Database, statement: RegExp): Database {
  let ended = false
  return {
    ...db,
    transaction: (work) =>
      db.transaction((client) =>
        work({
          query: async (text, values) => {
            if (!ended && statement.test(text)) {
              ended = true
              const { rows } = await client.query<{ id: number }>('select pg_backend_pid() as id')
              await ledger.db.query('select pg_terminate_backend($1)', [rows[0]?.id])
            }
            return client.query(text, values)
          },
        }),
      ),
  }
}

const page = toPage(
  [1, 2, 3].map((id) =>
    toOrder({
      externalId: `${id}`,
      customer: { email: `c${id}@shop.test` },
      refunds: [{ externalId: 'r', refundedAt: new Date('2026-03-02T00:00:00Z'), amountMinor: 10 }],
    }),
  ),
)

describe('a connection that is ended in the middle of a page', () => {
  for (const statement of [/customer_identities/, /insert into orders/, /insert into refunds/, /update sources/]) {
    it(`before ${statement.source} is a passing failure, after which the page can be saved`, async () => {
      const account = await ledger.openAccount()
      const store = createOrderStore(terminatedBefore(ledger.db, statement), account)
      const empty = await dumpRecords(ledger.db, account)
      await expect(store.saveOrderPage('shop', page, new Date(0))).rejects.toBeInstanceOf(StoreError)
      expect(await dumpRecords(ledger.db, account)).toEqual(empty)
      expect(await store.saveOrderPage('shop', page, new Date(0))).toMatchObject({ orders: 3, changed: 3 })
      expect((await dumpRecords(ledger.db, account)).orders).toHaveLength(3)
    })
  }
})

describe('a fresh account', () => {
  it('saves a page of which nobody has an address', async () => {
    const account = await ledger.openAccount()
    const orders = ['1', '2'].map((id) => toOrder({ externalId: id, customer: { externalId: id } }))
    await createOrderStore(ledger.db, account).saveOrderPage('shop', toPage(orders), new Date(0))
    const { rows } = await ledger.db.query<{ count: number }>(
      'select count(distinct customer_id) as count from orders where account_id = $1',
      [account.accountId],
    )
    expect(rows[0]?.count).toBe(2)
  })

  it('saves a page of orders with their refunds, refunds that name none, and merging customers', async () => {
    const [fresh, used] = [await ledger.openAccount(), await ledger.openAccount()]
    await ledger.db.query(`update accounts set aggregate_settings = 'some' where account_id = $1`, [used.accountId])
    const both = (externalId: string, email: string, shopId: string) =>
      toOrder({ externalId, customer: { email, externalId: shopId }, refunds: page.orders[0]?.refunds ?? [] })
    const pages: OrderPage[] = [
      toPage([both('1', 'a@shop.test', '1'), both('2', 'b@shop.test', '2')]),
      // Two known customers meet; 2 was read before, so that this page cannot be a plain insert.
      toPage(
        [
          both('3', 'a@shop.test', '2'),
          { ...both('2', 'b@shop.test', '2'), totalMinor: 2_000 },
          both('4', 'd@shop.test', '4'),
        ],
        [
          {
            externalId: '1',
            refundedAt: new Date('2026-03-05T00:00:00Z'),
            updatedAt: new Date('2026-03-05T00:00:00Z'),
            currency: 'EUR',
            amountMinor: 5,
            customer: { email: 'd@shop.test' },
          },
        ],
      ),
    ]
    for (const account of [fresh, used]) {
      const store = createOrderStore(ledger.db, account)
      for (const one of pages) await store.saveOrderPage('shop', one, new Date(0))
    }
    expect(await dumpRecords(ledger.db, fresh)).toEqual(await dumpRecords(ledger.db, used))
    expect((await dumpRecords(ledger.db, fresh)).refunds).toHaveLength(5)
  })
})

describe('dead letters', () => {
  const rejected = (...places: string[]) => ({
    ...toPage([]),
    rejected: places.map((place) => ({ place, reason: 'expected a date' })),
  })
  const open = async (account: LedgerAccount) =>
    (await loadDeadLetters(ledger.db, account.accountId, 10)).map(({ place }) => place)

  it('that do not come again are resolved by a complete reading', async () => {
    const account = await ledger.openAccount()
    const store = createOrderStore(ledger.db, account)
    await store.saveOrderPage('shop', rejected('row 1', 'row 2'), new Date(0))
    const { readSince } = await store.beginReading('shop')
    await store.saveOrderPage('shop', rejected('row 2'), readSince)
    expect(await open(account)).toEqual(['row 1', 'row 2'])
    await store.saveOrderPage('shop', { ...rejected(), completesReread: true }, readSince)
    expect(await open(account)).toEqual(['row 2'])
  })

  it('come in the order of their places, with numbers as numbers', async () => {
    const account = await ledger.openAccount()
    const store = createOrderStore(ledger.db, account)
    const places = ['a.csv:2', 'a.csv:10', 'a.csv:100 to 200', 'b.csv:1', 'b.csv:09']
    await store.saveOrderPage('shop', rejected(...places.toReversed()), new Date(0))
    expect(await open(account)).toEqual(places)
  })

  it('of another source stay open', async () => {
    const account = await ledger.openAccount()
    const store = createOrderStore(ledger.db, account)
    await store.saveOrderPage('shop', rejected('row 1'), new Date(0))
    const { readSince } = await store.beginReading('till')
    await store.saveOrderPage('till', { ...rejected(), completesReread: true }, readSince)
    expect(await open(account)).toEqual(['row 1'])
  })
})
