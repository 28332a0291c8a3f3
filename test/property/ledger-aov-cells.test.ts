import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AovCell } from '../../src/core/thresholds/aov-cell.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { readCustomerLines } from '../../src/store/customers/customer-lines.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { loadAovCells } from '../../src/store/thresholds/aov-cells.ts'
import { computeAll, openTestLedger, type TestLedger, toPage } from '../support/ledger.ts'
import { anyPolicy, anyRecords, NOW } from '../support/ledger-arbitraries.ts'

const customer = fc.constantFrom(
  ...['ann', 'bob', 'cat', 'dan'].map((name) => ({ email: `${name}@shop.test` })),
  { phone: '+390612345678' },
  { externalId: 'eve' },
  null,
)

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

/** Adds what one customer is, in no particular order. */
function addCustomer(cells: readonly AovCell[], aovMinor: number, orders: number, revenueMinor: number): AovCell[] {
  const isSame = (cell: AovCell) => cell.aovMinor === aovMinor && cell.orders / cell.customers === orders
  const own = cells.find(isSame) ?? { aovMinor, customers: 0, orders: 0, revenueMinor: 0 }
  return [
    ...cells.filter((cell) => !isSame(cell)),
    {
      aovMinor,
      customers: own.customers + 1,
      orders: own.orders + orders,
      revenueMinor: own.revenueMinor + revenueMinor,
    },
  ]
}

const inOrder = (a: AovCell, b: AovCell) => a.aovMinor - b.aovMinor || a.orders / a.customers - b.orders / b.customers

describe('cells of customers by AOV', () => {
  test('hold every customer with an address and a counted order in the window, the lowest AOV first', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecords(customer), anyPolicy, async (records, policy) => {
        const account = await ledger.openAccount({ policy })
        const page = toPage(records.orders, records.refunds)
        await createOrderStore(ledger.db, account).saveOrderPage('shop', page, new Date(0))
        await computeAll(createAggregateStore(ledger.db, account), NOW)
        let lifetime: AovCell[] = []
        let recent: AovCell[] = []
        for await (const rows of readCustomerLines(ledger.db, account, new AbortController().signal)) {
          for (const row of rows) {
            lifetime = addCustomer(lifetime, row.aovMinor, row.orderCount, row.revenueMinor)
            if (row.aov12mMinor === null) continue
            recent = addCustomer(recent, row.aov12mMinor, row.orderCount12m, row.revenue12mMinor)
          }
        }
        expect(await loadAovCells(ledger.db, account, 'lifetime')).toEqual(lifetime.sort(inOrder))
        expect(await loadAovCells(ledger.db, account, '12m')).toEqual(recent.sort(inOrder))
      }),
      { numRuns: 40 },
    )
  })
})
