import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aggregateCustomer } from '../../src/core/customers/aggregates.ts'
import type { CustomerRefund, SourceOrder } from '../../src/core/orders/order.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { crashingDatabase } from '../support/crashing-database.ts'
import {
  computeAll,
  computeStoreNumbers,
  openTestLedger,
  type TestLedger,
  toOrder,
  toPage,
  toValuedOrder,
} from '../support/ledger.ts'
import { NOW } from '../support/ledger-arbitraries.ts'
import { modelReport } from '../support/store-model.ts'
import { dumpRecords, loadAggregates, loadPeriods } from '../support/stored-ledger.ts'

const EMAILS = ['ann@shop.test', 'bob@shop.test', 'cem@shop.test']
const noon = (day: string) => new Date(`${day}T12:00:00Z`)

type Arrival = { readonly order: SourceOrder } | { readonly refund: CustomerRefund }

const email = fc.option(fc.constantFrom(...EMAILS), { freq: 5 })
const updatedAt = fc.constantFrom('2026-05-01', '2026-05-02', '2026-05-03').map(noon)
const day = fc.constantFrom('2025-05-20', '2026-01-10', '2026-02-10', '2026-03-10', '2026-04-10').map(noon)

const orderArrival: fc.Arbitrary<Arrival> = fc
  .record({
    externalId: fc.constantFrom('1', '2', '3', '4', '5', '6'),
    email,
    placedAt: day,
    updatedAt,
    totalMinor: fc.integer({ min: 0, max: 500 }),
    state: fc.constantFrom('placed', 'placed', 'placed', 'cancelled'),
    refunds: fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 2 }),
  })
  .map(({ email: address, refunds, ...order }) => ({
    order: toOrder({
      ...order,
      customer: address === null ? null : { email: address },
      refunds: refunds.map((amountMinor, index) => ({
        externalId: `${index}`,
        refundedAt: order.placedAt,
        amountMinor,
      })),
    }),
  }))

const refundArrival: fc.Arbitrary<Arrival> = fc
  .record({
    externalId: fc.constantFrom('1', '2'),
    email,
    refundedAt: day,
    updatedAt,
    amountMinor: fc.integer({ min: 0, max: 300 }),
  })
  .map(({ email: address, ...refund }) => ({
    refund: { ...refund, currency: 'EUR', customer: address === null ? null : { email: address } },
  }))

const arrivals = fc.array(fc.oneof({ weight: 4, arbitrary: orderArrival }, { weight: 1, arbitrary: refundArrival }), {
  minLength: 1,
  maxLength: 14,
})

/** What happens after a page: parts of a computation, as other processes would do them. */
const step = fc.record({
  records: fc.integer({ min: 1, max: 5 }),
  crashBefore: fc.option(fc.integer({ min: 0, max: 12 })),
  computes: fc.subarray(['mark', 'customers', 'store'] as const),
})
const steps = fc.array(step, { minLength: 1, maxLength: 8 })
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

/** Stale writes lose, equal instants overwrite. */
function winners(list: readonly Arrival[]): { orders: SourceOrder[]; refunds: CustomerRefund[] } {
  const orders = new Map<string, SourceOrder>()
  const refunds = new Map<string, CustomerRefund>()
  for (const arrival of list) {
    if ('order' in arrival) keep(orders, arrival.order)
    else keep(refunds, arrival.refund)
  }
  return { orders: [...orders.values()], refunds: [...refunds.values()] }
}

function keep<T extends { externalId: string; updatedAt: Date }>(kept: Map<string, T>, record: T): void {
  const other = kept.get(record.externalId)
  if (other === undefined || record.updatedAt >= other.updatedAt) kept.set(record.externalId, record)
}

function pageOf(list: readonly Arrival[], cursor: number) {
  return toPage(
    list.flatMap((arrival) => ('order' in arrival ? [arrival.order] : [])),
    list.flatMap((arrival) => ('refund' in arrival ? [arrival.refund] : [])),
    { next: cursor },
  )
}

async function deliver(account: LedgerAccount, list: readonly Arrival[], plan: readonly Step[]) {
  const store = createOrderStore(ledger.db, account)
  const aggregates = createAggregateStore(ledger.db, account)
  for (let next = 0, turn = 0; next < list.length; turn += 1) {
    const { records, crashBefore, computes } = plan[turn % plan.length] ?? {
      records: 1,
      crashBefore: null,
      computes: [],
    }
    const page = pageOf(list.slice(next, next + records), Math.min(next + records, list.length))
    if (crashBefore !== null) await crash(account, page, crashBefore)
    await store.saveOrderPage('shop', page, new Date(0))
    next += page.orders.length + page.refunds.length
    if (computes.includes('mark')) await aggregates.markOutdated(NOW)
    if (computes.includes('customers')) await aggregates.computeCustomers(NOW, 2)
    if (computes.includes('store')) await computeStoreNumbers(ledger.db, account)
  }
  await computeAll(aggregates, NOW)
  await computeStoreNumbers(ledger.db, account)
}

/** A page that breaks somewhere leaves no trace; one that has fewer statements is simply saved. */
async function crash(account: LedgerAccount, page: ReturnType<typeof pageOf>, statements: number) {
  const before = await dumpRecords(ledger.db, account)
  const store = createOrderStore(crashingDatabase(ledger.db, statements), account)
  const failed = await store.saveOrderPage('shop', page, new Date(0)).then(
    () => false,
    () => true,
  )
  if (!failed) return
  expect(await dumpRecords(ledger.db, account)).toEqual(before)
}

async function expectLedger(account: LedgerAccount, list: readonly Arrival[]): Promise<void> {
  const records = winners(list)
  const expected = Object.fromEntries(
    EMAILS.flatMap((address) => {
      const of = <T extends { customer: { email?: string } | null }>(all: readonly T[]) =>
        all.filter((one) => one.customer?.email === address)
      const orders = of(records.orders).map(toValuedOrder)
      const aggregate = aggregateCustomer(orders, of(records.refunds), account.settings, NOW)
      return aggregate === null ? [] : [[address, aggregate]]
    }),
  )
  expect(await loadAggregates(ledger.db, account)).toEqual(expected)
  const customerOf = ({ customer }: SourceOrder | CustomerRefund) =>
    customer?.email === undefined ? null : { key: customer.email, identified: true }
  for (const definition of ['period', 'rank'] as const) {
    const model = modelReport(records, customerOf, account.settings, { by: 'month', definition })
    expect(await loadPeriods(ledger.db, account, definition)).toEqual(model.periods)
  }
}

describe('saving pages', () => {
  test('ends in the same ledger whatever the pages, crashes and computations in between', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, steps, async (list, plan) => {
        const account = await ledger.openAccount()
        await deliver(account, list, plan)
        await expectLedger(account, list)
        const once = await ledger.openAccount()
        await createOrderStore(ledger.db, once).saveOrderPage('shop', pageOf(list, list.length), new Date(0))
        expect(await dumpRecords(ledger.db, account)).toEqual(await dumpRecords(ledger.db, once))
      }),
      { numRuns: 60 },
    )
  })

  test('does not depend on the order of arrival where every version has an instant of its own', async () => {
    const versions = arrivals.map((list) => list.map((arrival, index) => at(arrival, index)))
    const orders = versions.chain((list) =>
      fc.tuple(
        fc.shuffledSubarray(list, { minLength: list.length }),
        fc.shuffledSubarray(list, { minLength: list.length }),
      ),
    )
    await fc.assert(
      fc.asyncProperty(orders, steps, async ([one, other], plan) => {
        const accounts = [await ledger.openAccount(), await ledger.openAccount()] as const
        await deliver(accounts[0], one, plan)
        await deliver(accounts[1], other, plan.toReversed())
        expect(await dumpRecords(ledger.db, accounts[0])).toEqual(await dumpRecords(ledger.db, accounts[1]))
        await expectLedger(accounts[1], other)
      }),
      { numRuns: 25 },
    )
  })

  test('again changes nothing and marks nothing', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async (list) => {
        const account = await ledger.openAccount()
        const store = createOrderStore(ledger.db, account)
        const last = winners(list)
        const page = toPage(last.orders, last.refunds)
        await store.saveOrderPage('shop', page, new Date(0))
        await computeAll(createAggregateStore(ledger.db, account), NOW)
        await computeStoreNumbers(ledger.db, account)
        const counts = await store.saveOrderPage('shop', page, new Date(0))
        const { rows } = await ledger.db.query(
          `select (select count(*) from dirty_customers where account_id = $1) as customers,
             (select count(*) from dirty_months where account_id = $1) as months`,
          [account.accountId],
        )
        expect([counts.changed, rows[0]]).toEqual([0, { customers: 0, months: 0 }])
      }),
      { numRuns: 20 },
    )
  })

  test('keeps texts that Postgres cannot hold apart from those it can', async () => {
    const account = await ledger.openAccount()
    const store = createOrderStore(ledger.db, account)
    const order = (externalId: string, totalMinor: number) =>
      toOrder({ externalId, totalMinor, customer: { email: 'a\0nn@shop.test', externalId: `\ud800${externalId}` } })
    for (const totalMinor of [100, 200, 300]) {
      await store.saveOrderPage('shop', toPage([order('1\0', totalMinor), order('\udc00', totalMinor)]), new Date(0))
    }
    await computeAll(createAggregateStore(ledger.db, account), NOW)
    expect(await loadAggregates(ledger.db, account)).toMatchObject({
      'ann@shop.test': { orderCount: 2, aovMinor: 300 },
    })
  })
})

function at(arrival: Arrival, index: number): Arrival {
  const updatedAt = new Date(noon('2026-05-01').getTime() + index)
  return 'order' in arrival ? { order: { ...arrival.order, updatedAt } } : { refund: { ...arrival.refund, updatedAt } }
}
