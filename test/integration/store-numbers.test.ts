import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AbortedError } from '../../src/core/errors.ts'
import type { SourceOrder } from '../../src/core/orders/order.ts'
import { POLICIES } from '../../src/core/orders/policy.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import type { Database } from '../../src/store/database.ts'
import { loadLeftOut, loadStoredLeftOut, loadUnrated } from '../../src/store/numbers/left-out.ts'
import { createStoreNumbersStore } from '../../src/store/numbers/store-numbers.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { crashingDatabase } from '../support/crashing-database.ts'
import { computeAll, computeStoreNumbers, openTestLedger, type TestLedger, toOrder, toPage } from '../support/ledger.ts'
import { NOW } from '../support/ledger-arbitraries.ts'
import { loadPeriods } from '../support/stored-ledger.ts'

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

/** Orders by day and customer. */
async function sell(account: LedgerAccount, sales: Readonly<Record<string, string>>): Promise<void> {
  const orders = Object.entries(sales).map(([day, who]) =>
    toOrder({ externalId: day, placedAt: new Date(`${day}T12:00:00Z`), customer: { email: `${who}@shop.test` } }),
  )
  await createOrderStore(ledger.db, account).saveOrderPage('shop', toPage(orders), new Date(0))
}
const compute = (account: LedgerAccount) => computeAll(createAggregateStore(ledger.db, account), NOW)
const isStale = async (account: LedgerAccount) =>
  (await createStoreNumbersStore(ledger.db, account).loadOverview({ by: 'month', definition: 'period' }, NOW)).isStale
const computedOf = async (account: LedgerAccount, by: 'week' | 'month' | 'quarter' = 'month') => {
  const store = createStoreNumbersStore(ledger.db, account)
  const { periods } = await store.loadOverview({ by, definition: 'period' }, NOW)
  return periods.flatMap(({ period, identified, isComputed }) => (identified.orders > 0 ? [[period, isComputed]] : []))
}
const monthsOf = async (account: LedgerAccount) =>
  (await loadPeriods(ledger.db, account, 'period')).map(({ period, kind, orders }) => `${period} ${kind} ${orders}`)

/** The database, with something happening before its n-th transaction. */
function interrupted(db: Database, before: number, happen: () => Promise<void>): Database {
  let transactions = 0
  return {
    ...db,
    async transaction(work) {
      transactions += 1
      if (transactions === before) await happen()
      return db.transaction(work)
    },
  }
}

describe('the store’s numbers', () => {
  it('are stale until they are computed', async () => {
    const account = await ledger.openAccount()
    await sell(account, { '2026-03-01': 'ann' })
    expect(await isStale(account)).toBe(true)
    await compute(account)
    expect(await isStale(account)).toBe(true)
    await computeStoreNumbers(ledger.db, account)
    expect(await isStale(account)).toBe(false)
  })

  it.each(['0001-01-01T00:00:00Z', '9999-12-31T23:30:00Z'])(
    'are computed although an order is dated %s, which stands for no date',
    async (at) => {
      const account = await ledger.openAccount()
      await sell(account, { '2026-03-01': 'ann' })
      const undated = toOrder({ externalId: 'undated', placedAt: new Date(at), customer: { email: 'bob@shop.test' } })
      await createOrderStore(ledger.db, account).saveOrderPage('shop', toPage([undated]), new Date(0))
      await compute(account)
      await computeStoreNumbers(ledger.db, account)
      expect(await monthsOf(account)).toEqual(['2026-03-01 new 1'])
      expect(await isStale(account)).toBe(false)
    },
  )

  it('say when they were computed last', async () => {
    const account = await ledger.openAccount()
    const store = createStoreNumbersStore(ledger.db, account)
    const request = { by: 'week', definition: 'rank' } as const
    expect(await store.loadOverview(request, NOW)).toMatchObject({ computedAt: null, periods: [] })
    await sell(account, { '2026-03-01': 'ann' })
    await compute(account)
    await computeStoreNumbers(ledger.db, account)
    const { computedAt } = await store.loadOverview(request, NOW)
    expect(Math.abs((computedAt?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
  })

  it('are those of a whole week, also when it lies in two months', async () => {
    const account = await ledger.openAccount()
    await sell(account, { '2026-03-31': 'ann', '2026-04-01': 'bob' })
    await compute(account)
    await computeStoreNumbers(ledger.db, account)
    expect(await loadPeriods(ledger.db, account, 'period', 'week')).toMatchObject([{ period: '2026-03-30', orders: 2 }])
    // Only April is marked.
    await sell(account, { '2026-04-02': 'cyd' })
    await compute(account)
    await computeStoreNumbers(ledger.db, account)
    expect(await loadPeriods(ledger.db, account, 'period', 'week')).toMatchObject([{ period: '2026-03-30', orders: 3 }])
  })

  it('go when a period loses its last order', async () => {
    const account = await ledger.openAccount()
    await sell(account, { '2026-03-01': 'ann' })
    await compute(account)
    await computeStoreNumbers(ledger.db, account)
    const gone = toOrder({
      externalId: '2026-03-01',
      updatedAt: NOW,
      state: 'cancelled',
      customer: { email: 'ann@shop.test' },
    })
    await createOrderStore(ledger.db, account).saveOrderPage('shop', toPage([gone]), new Date(0))
    await compute(account)
    await computeStoreNumbers(ledger.db, account)
    expect([await monthsOf(account), await isStale(account)]).toEqual([[], false])
  })

  it('wait for customers that are still to be computed, and only where these bought', async () => {
    const account = await ledger.openAccount()
    await sell(account, { '2026-01-10': 'ann', '2026-02-10': 'ann' })
    await compute(account)
    await sell(account, { '2026-02-11': 'bob' })
    await computeStoreNumbers(ledger.db, account)
    expect([await monthsOf(account), await isStale(account)]).toEqual([['2026-01-01 new 1'], true])
    await compute(account)
    await computeStoreNumbers(ledger.db, account)
    expect([await monthsOf(account), await isStale(account)]).toEqual([
      ['2026-01-01 new 1', '2026-02-01 new 1', '2026-02-01 recurring 1'],
      false,
    ])
  })

  it('wait while everybody is to be computed', async () => {
    const account = await ledger.openAccount()
    await sell(account, { '2026-01-10': 'ann', '2026-02-10': 'bob' })
    const aggregates = createAggregateStore(ledger.db, account)
    await aggregates.markOutdated(NOW)
    await aggregates.computeCustomers(NOW, 1)
    await computeStoreNumbers(ledger.db, account)
    expect(await monthsOf(account)).toEqual([])
    await compute(account)
    await computeStoreNumbers(ledger.db, account)
    expect(await monthsOf(account)).toHaveLength(2)
  })

  // Taking the marks, counting and storing are its three transactions.
  for (const before of [2, 3]) {
    it(`stay dirty when something happens before transaction ${before}`, async () => {
      const account = await ledger.openAccount()
      await sell(account, { '2026-01-10': 'ann', '2026-02-10': 'ann' })
      await compute(account)
      await computeStoreNumbers(
        interrupted(ledger.db, before, async () => {
          await sell(account, { '2026-02-12': 'bob' })
          await compute(account)
        }),
        account,
      )
      expect(await isStale(account)).toBe(true)
      await computeStoreNumbers(ledger.db, account)
      expect([await monthsOf(account), await isStale(account)]).toEqual([
        ['2026-01-01 new 1', '2026-02-01 new 1', '2026-02-01 recurring 1'],
        false,
      ])
    })
  }

  it('are not stored by one whom another has overtaken', async () => {
    const account = await ledger.openAccount()
    await sell(account, { '2026-01-10': 'ann' })
    await compute(account)
    await computeStoreNumbers(
      interrupted(ledger.db, 3, async () => {
        await sell(account, { '2026-01-12': 'bob' })
        await compute(account)
        await computeStoreNumbers(ledger.db, account)
      }),
      account,
    )
    expect([await monthsOf(account), await isStale(account)]).toEqual([['2026-01-01 new 2'], false])
  })

  it('end the same wherever a computation breaks', async () => {
    for (let statements = 0; statements < 14; statements += 1) {
      const account = await ledger.openAccount()
      await sell(account, { '2026-01-10': 'ann', '2026-02-10': 'ann' })
      await compute(account)
      await computeStoreNumbers(crashingDatabase(ledger.db, statements), account).catch(() => undefined)
      await compute(account)
      await computeStoreNumbers(ledger.db, account)
      expect([await monthsOf(account), await isStale(account)]).toEqual([
        ['2026-01-01 new 1', '2026-02-01 recurring 1'],
        false,
      ])
    }
  })

  it('stay dirty in a quarter that was stopped, and in no other', async () => {
    const account = await ledger.openAccount()
    await sell(account, { '2025-11-10': 'ann', '2026-02-10': 'ann' })
    await compute(account)
    const store = createStoreNumbersStore(ledger.db, account)
    const newest = await store.computeQuarter(null, new AbortController().signal)
    await expect(store.computeQuarter(newest?.quarter ?? null, AbortSignal.abort())).rejects.toThrow(AbortedError)
    expect([await monthsOf(account), await isStale(account)]).toEqual([['2026-02-01 recurring 1'], true])
    await computeStoreNumbers(ledger.db, account)
    expect([await monthsOf(account), await isStale(account)]).toEqual([
      ['2025-11-01 new 1', '2026-02-01 recurring 1'],
      false,
    ])
  })

  it.each([
    [
      'week',
      [
        ['2026-01-05', true],
        ['2026-03-30', false],
        ['2026-04-27', false],
      ],
    ],
    [
      'month',
      [
        ['2026-01-01', true],
        ['2026-03-01', true],
        ['2026-04-01', false],
      ],
    ],
    [
      'quarter',
      [
        ['2026-01-01', true],
        ['2026-04-01', false],
      ],
    ],
  ] as const)('of a %s are told to be old where something came in, and nowhere else', async (by, expected) => {
    const account = await ledger.openAccount()
    await sell(account, { '2026-01-10': 'ann', '2026-03-31': 'bob', '2026-04-29': 'cyd' })
    await compute(account)
    await computeStoreNumbers(ledger.db, account)
    await sell(account, { '2026-04-02': 'dan' })
    await compute(account)
    expect(await computedOf(account, by)).toEqual(expected)
    await computeStoreNumbers(ledger.db, account)
    expect((await computedOf(account, by)).map(([, isComputed]) => isComputed)).not.toContain(false)
  })

  it('are all told to be old under other settings, and the others while one quarter after another is computed', async () => {
    const account = await ledger.openAccount()
    await sell(account, { '2025-11-10': 'ann', '2026-02-10': 'ann' })
    await compute(account)
    await computeStoreNumbers(ledger.db, account)
    const other: LedgerAccount = { ...account, settings: { ...account.settings, policy: POLICIES.shopify } }
    expect(await computedOf(other)).toEqual([
      ['2025-11-01', false],
      ['2026-02-01', false],
    ])
    await compute(other)
    const store = createStoreNumbersStore(ledger.db, other)
    await store.computeQuarter(null, new AbortController().signal)
    const { periods } = await store.loadOverview({ by: 'month', definition: 'period' }, NOW)
    expect(periods.slice(0, 4).map(({ period, isFirst, isComputed }) => [period, isFirst, isComputed])).toEqual([
      ['2025-11-01', true, false],
      ['2025-12-01', false, true],
      ['2026-01-01', false, true],
      ['2026-02-01', false, true],
    ])
  })

  it('stand beside what was left out of each period, which follows the orders', async () => {
    const account = await ledger.openAccount()
    const save = (orders: readonly SourceOrder[]) =>
      createOrderStore(ledger.db, account).saveOrderPage('shop', toPage(orders), new Date(0))
    const customer = { email: 'ann@shop.test' }
    const order = (externalId: string, day: string, more: Partial<SourceOrder> = {}) =>
      toOrder({ externalId, placedAt: new Date(`${day}T12:00:00Z`), customer, ...more })
    const leftOut = (by: 'week' | 'month' | 'quarter', period: string | null) =>
      loadStoredLeftOut(ledger.db, account, { by, period })
    await save([
      order('counts', '2026-03-31'),
      order('test', '2026-03-31', { test: true, totalMinor: 500 }),
      order('foreign', '2026-04-01', { currency: 'JPY', totalMinor: 7_000 }),
    ])
    await compute(account)
    await computeStoreNumbers(ledger.db, account)
    const foreign = { reason: 'other currency', orders: 1, totalMinor: 7_000, currency: 'JPY' }
    const test = { reason: 'test order', orders: 1, totalMinor: 500, currency: account.settings.currency }
    expect(await leftOut('month', '2026-03-01')).toEqual([test])
    expect(await leftOut('month', '2026-04-01')).toEqual([foreign])
    expect(await leftOut('week', '2026-03-30')).toEqual([foreign, test])
    expect(await leftOut('quarter', null)).toEqual(await loadLeftOut(ledger.db, account, 'true'))
    expect(await loadUnrated(ledger.db, account)).toEqual([{ currency: 'JPY', orders: 1, since: '2026-04-01' }])
    await save([order('foreign', '2026-04-01', { updatedAt: NOW })])
    await compute(account)
    await computeStoreNumbers(ledger.db, account)
    expect([await leftOut('week', '2026-03-30'), await loadUnrated(ledger.db, account)]).toEqual([[test], []])
  })

  it('are computed by nobody whose settings are not those of the customers', async () => {
    const account = await ledger.openAccount()
    await sell(account, { '2026-01-10': 'ann' })
    await compute(account)
    const other: LedgerAccount = { ...account, settings: { ...account.settings, policy: POLICIES.shopify } }
    await computeStoreNumbers(ledger.db, other)
    expect([await monthsOf(account), await isStale(account), await isStale(other)]).toEqual([[], true, true])
    await computeStoreNumbers(ledger.db, account)
    expect([await monthsOf(account), await isStale(other)]).toEqual([['2026-01-01 new 1'], true])
  })

  it('are computed anew when a setting changes', async () => {
    const account = await ledger.openAccount()
    await sell(account, { '2026-01-31': 'ann' })
    await compute(account)
    await computeStoreNumbers(ledger.db, account)
    // Noon of 31 January in London is 1 February on Kiritimati.
    const moved: LedgerAccount = { ...account, settings: { ...account.settings, timezone: 'Pacific/Kiritimati' } }
    await compute(moved)
    await computeStoreNumbers(ledger.db, moved)
    expect(await monthsOf(account)).toEqual(['2026-02-01 new 1'])
  })
})
