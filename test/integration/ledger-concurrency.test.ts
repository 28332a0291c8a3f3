import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SourceOrder } from '../../src/core/orders/order.ts'
import { type LedgerAccount, openAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { type Database, migrate, openDatabase } from '../../src/store/database.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import {
  computeAll,
  computeStoreNumbers,
  openTestLedger,
  SETTINGS,
  type TestLedger,
  toOrder,
  toPage,
} from '../support/ledger.ts'
import { NOW } from '../support/ledger-arbitraries.ts'
import { dumpRecords, loadAggregates, loadPeriods } from '../support/stored-ledger.ts'
import { createTestDatabase } from '../support/test-database.ts'

let ledger: TestLedger
const pools: Database[] = []
beforeAll(async () => {
  ledger = await openTestLedger()
  // Whoever waits this long waits for something it should not wait for.
  await ledger.db.query(`alter database ${new URL(ledger.url).pathname.slice(1)} set lock_timeout = '20s'`)
  for (let index = 0; index < 3; index += 1) pools.push(openDatabase(ledger.url, { maxConnections: 3 }))
})
afterAll(async () => {
  for (const pool of pools) await pool.close()
  await ledger.close()
})

function poolOf(index: number): Database {
  return pools[index % pools.length] ?? ledger.db
}

/** Pages in which customers share addresses and shop ids across sources, so that pulls create and merge the same people. */
function pagesOf(source: string, pages: number): SourceOrder[][] {
  return Array.from({ length: pages }, (_, page) =>
    Array.from({ length: 12 }, (_, row) => {
      const nth = page * 12 + row
      const email = `c${(nth * 7) % 23}@shop.test`
      return toOrder({
        externalId: `${source}-${nth}`,
        placedAt: new Date(Date.parse('2026-01-01T00:00:00Z') + nth * 40_000_000),
        totalMinor: 100 + nth,
        customer: nth % 3 === 0 ? { email, externalId: `${nth % 9}` } : { email },
      })
    }),
  )
}

async function pull(db: Database, account: LedgerAccount, source: string, pages: number): Promise<void> {
  const store = createOrderStore(db, account)
  for (const [index, orders] of pagesOf(source, pages).entries()) {
    await store.saveOrderPage(source, toPage(orders, [], { page: index }), new Date(0))
  }
}

async function everythingOf(account: LedgerAccount): Promise<unknown> {
  await computeStoreNumbers(ledger.db, account)
  return {
    ...(await dumpRecords(ledger.db, account)),
    aggregates: await loadAggregates(ledger.db, account),
    months: [await loadPeriods(ledger.db, account, 'period'), await loadPeriods(ledger.db, account, 'rank')],
  }
}

describe('migrations', () => {
  it('run once, however many processes start at the same time', async () => {
    const database = await createTestDatabase()
    const db = openDatabase(database.url)
    await db.query('drop schema scontrino cascade')
    await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)])
    await migrate(database.url)
    const { rows } = await db.query(
      'select count(*) = count(distinct name) as once, count(*) > 0 as some from migrations',
    )
    await db.close()
    await database.drop()
    expect(rows).toEqual([{ once: true, some: true }])
  })

  it('of a newer version are refused by an older one', async () => {
    const database = await createTestDatabase()
    const db = openDatabase(database.url)
    await db.query(`insert into migrations (name) values ('9999-of-tomorrow.sql')`)
    await db.close()
    await expect(migrate(database.url)).rejects.toMatchObject({ code: 'E_STORE' })
    await database.drop()
  })
})

describe('two accounts', () => {
  it('with the same customers do not touch each other', async () => {
    const [one, other] = [await ledger.openAccount(), await ledger.openAccount({ currency: 'GBP' })]
    await pull(ledger.db, one, 'web', 3)
    await computeAll(createAggregateStore(ledger.db, one), NOW)
    const before = await everythingOf(one)
    await pull(ledger.db, other, 'web', 5)
    await computeAll(createAggregateStore(ledger.db, other), NOW)
    await pull(ledger.db, other, 'till', 5)
    expect(await everythingOf(one)).toEqual(before)
    expect(await loadAggregates(ledger.db, other)).toEqual({})
  })

  it('compute for the first time at the same moment', async () => {
    const database = await createTestDatabase()
    const dbs = Array.from({ length: 4 }, () => openDatabase(database.url, { maxConnections: 2 }))
    const accounts = await Promise.all(
      dbs.map(async (db, index) => {
        const account = await openAccount(db, { ...SETTINGS, key: `account-${index}` })
        await pull(db, account, 'web', 2)
        return { db, account }
      }),
    )
    await Promise.all(accounts.map(({ db, account }) => computeAll(createAggregateStore(db, account), NOW)))
    const counts = await Promise.all(
      accounts.map(async ({ db, account }) => Object.keys(await loadAggregates(db, account)).length),
    )
    for (const db of dbs) await db.close()
    await database.drop()
    expect(new Set(counts).size).toBe(1)
  })

  it('do not wait for each other’s pulls to compute', async () => {
    const account = await ledger.openAccount()
    await pull(ledger.db, account, 'web', 1)
    const aggregates = createAggregateStore(poolOf(1), account)
    await computeAll(aggregates, NOW)
    let computed = false
    await ledger.db.transaction(async (client) => {
      // What a page that is being saved holds.
      await client.query('lock table orders, refunds, customers in row exclusive mode')
      await computeAll(aggregates, NOW)
      computed = true
    })
    expect(computed).toBe(true)
  })
})

describe('two processes', () => {
  it('that pull different sources at the same time end as one after the other', async () => {
    const [together, apart] = [await ledger.openAccount(), await ledger.openAccount()]
    await Promise.all([
      pull(poolOf(0), together, 'web', 8),
      pull(poolOf(1), together, 'till', 8),
      pull(poolOf(2), together, 'market', 8),
    ])
    for (const source of ['web', 'till', 'market']) await pull(ledger.db, apart, source, 8)
    for (const account of [together, apart]) await computeAll(createAggregateStore(ledger.db, account), NOW)
    expect(await everythingOf(together)).toEqual(await everythingOf(apart))
  })

  it('that compute while others pull lose no mark', async () => {
    const [busy, quiet] = [await ledger.openAccount(), await ledger.openAccount()]
    let pulling = true
    const compute = async () => {
      const aggregates = createAggregateStore(poolOf(2), busy)
      while (pulling) {
        await aggregates.markOutdated(NOW)
        await aggregates.computeCustomers(NOW, 5)
        await computeStoreNumbers(poolOf(3), busy)
      }
    }
    const pulls = Promise.all([pull(poolOf(0), busy, 'web', 12), pull(poolOf(1), busy, 'till', 12)]).finally(() => {
      pulling = false
    })
    await Promise.all([pulls, compute(), compute()])
    await computeAll(createAggregateStore(ledger.db, busy), NOW, 5)
    for (const source of ['web', 'till']) await pull(ledger.db, quiet, source, 12)
    await computeAll(createAggregateStore(ledger.db, quiet), NOW)
    expect(await everythingOf(busy)).toEqual(await everythingOf(quiet))
  })

  it('that compute everything anew reach customers who come in meanwhile', async () => {
    const account = await ledger.openAccount()
    const aggregates = createAggregateStore(poolOf(1), account)
    await pull(ledger.db, account, 'web', 2)
    await aggregates.markOutdated(NOW)
    const taken: number[] = []
    for (let page = 0; page < 4; page += 1) {
      taken.push((await aggregates.computeCustomers(NOW, 5)).taken)
      const orders = Array.from({ length: 3 }, (_, row) =>
        toOrder({ externalId: `late-${page}-${row}`, customer: { email: `late-${page}-${row}@shop.test` } }),
      )
      await createOrderStore(poolOf(page), account).saveOrderPage('till', toPage(orders), new Date(0))
    }
    for (let step = 0; step < 20 && (await aggregates.countDirtyCustomers()) > 0; step += 1) {
      await aggregates.computeCustomers(NOW, 5)
    }
    const stored = Object.keys(await loadAggregates(ledger.db, account))
    expect(stored.filter((email) => email.startsWith('late'))).toHaveLength(12)
    expect(await aggregates.countDirtyCustomers()).toBe(0)
    expect(taken).toEqual([5, 5, 5, 5])
  })
})
