import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toMatrix } from '../../src/core/numbers/matrix.ts'
import type { CustomerRefund, OrderCustomer, SourceOrder } from '../../src/core/orders/order.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { loadDistribution } from '../../src/store/numbers/distribution.ts'
import { loadMatrix } from '../../src/store/numbers/matrix.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { aggregatesOf, distributionOf, matrixOf } from '../support/customer-cells-model.ts'
import { computeAll, openTestLedger, type TestLedger, toOrder, toPage } from '../support/ledger.ts'
import { anyPolicy, anyRates, anyRecords, NOW } from '../support/ledger-arbitraries.ts'

const EMAILS = Array.from({ length: 8 }, (_, index) => `c${index}@shop.test`)
const customer = fc.constantFrom<OrderCustomer | null>(
  ...EMAILS.map((email) => ({ email })),
  { externalId: 'without an address' },
  null,
)

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

async function fill(account: LedgerAccount, orders: readonly SourceOrder[], refunds: readonly CustomerRefund[] = []) {
  await createOrderStore(ledger.db, account).saveOrderPage('shop', toPage(orders, refunds), new Date(0))
  await computeAll(createAggregateStore(ledger.db, account), NOW)
}

describe('the distribution and the matrix of customers', () => {
  test('are those of the aggregates, for any shop', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecords(customer), anyPolicy, anyRates('EUR'), async (records, policy, rates) => {
        const account = await ledger.openAccount({ policy, rates })
        await fill(account, records.orders, records.refunds)
        const aggregates = aggregatesOf(EMAILS, records, account)
        expect(await loadDistribution(ledger.db, account)).toEqual(distributionOf(aggregates))
        expect(await loadMatrix(ledger.db, account)).toEqual(matrixOf(aggregates))
      }),
      { numRuns: 60 },
    )
  })

  test('are empty without customers', async () => {
    const account = await ledger.openAccount()
    expect(await loadDistribution(ledger.db, account)).toEqual(distributionOf([]))
    expect(await loadMatrix(ledger.db, account)).toEqual(toMatrix(null, []))
  })

  test('part exactly at any threshold of three digits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 300_000 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 999 }),
        fc.integer({ min: 0, max: 3 }),
        async (totals, digits, zeros) => {
          const account = await ledger.openAccount()
          const orders = totals.map((totalMinor, index) =>
            toOrder({ externalId: `${index}`, totalMinor, customer: { email: `t${index}@shop.test` } }),
          )
          await fill(account, orders)
          const threshold = digits * 10 ** zeros
          const { cells } = await loadDistribution(ledger.db, account)
          const below = cells.filter(({ fromMinor }) => fromMinor < threshold)
          expect(below.reduce((sum, { customers }) => sum + customers, 0)).toBe(
            totals.filter((total) => total < threshold).length,
          )
        },
      ),
      { numRuns: 30 },
    )
  })

  test('count who stands exactly at the store’s AOV as above it', async () => {
    const account = await ledger.openAccount()
    await fill(
      account,
      [900, 1_000, 1_100].map((totalMinor, index) =>
        toOrder({ externalId: `${index}`, totalMinor, customer: { email: `m${index}@shop.test` } }),
      ),
    )
    const { thresholdMinor, cells } = await loadMatrix(ledger.db, account)
    expect(thresholdMinor).toBe(1_000)
    expect(cells.map(({ customerType, side, customers }) => [customerType, side, customers])).toEqual([
      ['new', 'below', 1],
      ['new', 'above', 2],
      ['recurring', 'below', 0],
      ['recurring', 'above', 0],
    ])
  })
})
