import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CustomerRefund, OrderCustomer, SourceOrder } from '../../src/core/orders/order.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { createCustomerStore } from '../../src/store/customers/customer-store.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { expectedCustomers } from '../support/identity-model.ts'
import { computeAll, computeStoreNumbers, openTestLedger, type TestLedger, toOrder, toPage } from '../support/ledger.ts'
import { anyRecords, NOW } from '../support/ledger-arbitraries.ts'
import { dumpRecords, loadAggregates, loadPeriods } from '../support/stored-ledger.ts'
import { readWholeLedger } from '../support/whole-ledger.ts'

interface Records {
  readonly orders: readonly SourceOrder[]
  readonly refunds: readonly CustomerRefund[]
}

const anyone: fc.Arbitrary<OrderCustomer> = fc
  .record(
    {
      email: fc.constantFrom('ann@shop.test', ' Ann@Shop.test', 'bea@shop.test', 'cem@shop.test', 'dan@shop.test'),
      externalId: fc.constantFrom('1', '2', '3', '4'),
      phone: fc.constantFrom('+39 333 123 4567', '+39 333 765 4321'),
    },
    { requiredKeys: [] },
  )
  .map((customer) => ({ country: 'IT', ...customer }))

const anyCase = fc.record({
  records: anyRecords(anyone),
  /** Who is forgotten: by address, by the shop's id, or by both, which may be two customers. */
  who: fc
    .record(
      { email: fc.constantFrom('ann@shop.test', 'BEA@shop.test'), externalId: fc.constantFrom('1', '2') },
      { requiredKeys: [] },
    )
    .filter((who) => Object.keys(who).length > 0),
  computedBefore: fc.boolean(),
  again: fc.record({ reversed: fc.boolean(), pageSize: fc.integer({ min: 1, max: 8 }) }),
})

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

async function deliver(account: LedgerAccount, { orders, refunds }: Records, pageSize = 50): Promise<void> {
  const store = createOrderStore(ledger.db, account)
  for (let from = 0; from < Math.max(orders.length, refunds.length); from += pageSize) {
    const page = toPage(orders.slice(from, from + pageSize), refunds.slice(from, from + pageSize))
    await store.saveOrderPage('web', page, new Date(0))
  }
}

async function compute(account: LedgerAccount): Promise<void> {
  await computeAll(createAggregateStore(ledger.db, account), NOW)
  await computeStoreNumbers(ledger.db, account)
}

async function stateOf(account: LedgerAccount): Promise<object> {
  await compute(account)
  return {
    records: await dumpRecords(ledger.db, account),
    aggregates: await loadAggregates(ledger.db, account),
    months: [await loadPeriods(ledger.db, account, 'period'), await loadPeriods(ledger.db, account, 'rank')],
  }
}

async function totalsOf(account: LedgerAccount): Promise<object> {
  const months = await loadPeriods(ledger.db, account, 'period')
  const sums: Record<string, { orders: number; revenueMinor: number }> = {}
  for (const { period, orders, revenueMinor } of months) {
    const sum = sums[String(period)] ?? { orders: 0, revenueMinor: 0 }
    sums[String(period)] = { orders: sum.orders + orders, revenueMinor: sum.revenueMinor + revenueMinor }
  }
  return sums
}

/** The records as they would be had the forgotten never said who they were. */
function withoutThem({ orders, refunds }: Records, who: { email?: string; externalId?: string }): Records {
  const received = [
    ...orders.map((order) => ({ source: 'web', order })),
    ...refunds.map((refund) => ({ source: 'web', refund })),
  ]
  const meets = (customer: OrderCustomer | null) =>
    (who.email !== undefined && customer?.email?.trim().toLowerCase() === who.email.toLowerCase()) ||
    (who.externalId !== undefined && customer?.externalId === who.externalId)
  const named = [...orders, ...refunds].filter(({ customer }) => meets(customer)).map((record) => record.externalId)
  const gone = expectedCustomers(received, new Set()).filter((one) =>
    [...one.orders, ...one.refunds].some((id) => named.includes(id)),
  )
  const ids = new Set(gone.flatMap((one) => [...one.orders, ...one.refunds]))
  const anonymous = <T extends { externalId: string; customer: OrderCustomer | null }>(records: readonly T[]): T[] =>
    records.map((record) => (ids.has(record.externalId) ? { ...record, customer: null } : record))
  return { orders: anonymous(orders), refunds: anonymous(refunds) }
}

describe('forgetting somebody', () => {
  test('leaves the ledger as if they had always been anonymous, whatever is read again', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async ({ records, who, computedBefore, again }) => {
        const account = await ledger.openAccount()
        await deliver(account, records)
        if (computedBefore) await compute(account)
        await createCustomerStore(ledger.db, account).erase({ ...who, source: 'web' })

        const never = await ledger.openAccount()
        await deliver(never, withoutThem(records, who))
        const expected = await stateOf(never)
        expect(await stateOf(account)).toEqual(expected)

        const order = <T>(list: readonly T[]) => (again.reversed ? list.toReversed() : list)
        await deliver(account, { orders: order(records.orders), refunds: order(records.refunds) }, again.pageSize)
        expect(await stateOf(account)).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })

  test('moves no total of the store', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async ({ records, who }) => {
        const account = await ledger.openAccount()
        await deliver(account, records)
        await compute(account)
        const before = await totalsOf(account)
        await createCustomerStore(ledger.db, account).erase({ ...who, source: 'web' })
        await compute(account)
        expect(await totalsOf(account)).toEqual(before)
      }),
      { numRuns: 30 },
    )
  })

  test('leaves no address, phone number or id of theirs anywhere', async () => {
    const own = await openTestLedger()
    try {
      const account = await own.openAccount()
      const customers: OrderCustomer[] = [
        { email: 'ann@shop.test', externalId: 'A-77' },
        { email: 'ann.older@shop.test', externalId: 'A-77' },
        { phone: '+39 333 123 4567', country: 'IT' },
      ]
      const orders = customers.map((customer, index) => ({ customer, externalId: `o${index}` }))
      const store = createOrderStore(own.db, account)
      await store.saveOrderPage('web', toPage(orders.map(toOrder)), new Date(0))
      await computeAll(createAggregateStore(own.db, account), NOW)
      expect(await readWholeLedger(own.db)).toContain('ann.older@shop.test')

      await own.db.query('delete from profile_states')
      await createCustomerStore(own.db, account).erase({ email: 'Ann@shop.test' })
      const text = await readWholeLedger(own.db)
      expect(text).not.toMatch(/ann\.?\w*@shop|A-77/)
      expect(text).toContain('+393331234567')
    } finally {
      await own.close()
    }
  })
})
