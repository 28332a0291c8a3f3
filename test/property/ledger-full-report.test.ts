import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CustomerRefund, OrderCustomer, SourceOrder } from '../../src/core/orders/order.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { loadDistribution } from '../../src/store/numbers/distribution.ts'
import { loadFullReport } from '../../src/store/numbers/full-report.ts'
import { loadMatrix } from '../../src/store/numbers/matrix.ts'
import { loadStoreReport } from '../../src/store/numbers/report.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { computeAll, openTestLedger, type TestLedger, toOrder, toPage } from '../support/ledger.ts'
import { anyPolicy, anyRates, anyRecords, NOW } from '../support/ledger-arbitraries.ts'
import { overviewOf } from '../support/overview-model.ts'
import { type ModelCustomer, modelPeriods } from '../support/store-model.ts'

const CUSTOMERS: readonly (OrderCustomer | null)[] = [
  { email: 'ann@shop.test', externalId: '1' },
  { email: 'bob@shop.test' },
  { externalId: '3' },
  null,
]
const day = fc.constantFrom('2024-01-01', '2024-12-30', '2025-03-30', '2025-11-02', '2026-03-01', '2026-06-14')
const request = fc
  .record(
    {
      from: day,
      to: day,
      by: fc.constantFrom('week' as const, 'month' as const, 'quarter' as const),
      definition: fc.constantFrom('period' as const, 'rank' as const),
    },
    { requiredKeys: ['by', 'definition'] },
  )
  .filter(({ from = '0', to = '9' }) => from <= to)

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

function customerOf({ customer: who }: SourceOrder | CustomerRefund): ModelCustomer | null {
  return who === null ? null : { key: JSON.stringify(who), identified: who.email !== undefined }
}

const save = (account: LedgerAccount, orders: readonly SourceOrder[], refunds: readonly CustomerRefund[] = []) =>
  createOrderStore(ledger.db, account).saveOrderPage('shop', toPage(orders, refunds), new Date(0))
const compute = (account: LedgerAccount) => computeAll(createAggregateStore(ledger.db, account), NOW)

describe('the full report', () => {
  test('is what the definitions say, whole and in any range, without any stored period', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRecords(fc.constantFrom(...CUSTOMERS)),
        anyPolicy,
        anyRates('EUR'),
        fc.constantFrom('Europe/London', 'America/Havana', 'Pacific/Apia'),
        request,
        async (records, policy, rates, timezone, asked) => {
          const account = await ledger.openAccount({ policy, rates, timezone })
          await save(account, records.orders, records.refunds)
          await compute(account)
          const { by, definition } = asked
          const model = (range: object) =>
            overviewOf(modelPeriods(records, customerOf, account.settings, { by, definition, ...range }), by, timezone)
          const full = await loadFullReport(ledger.db, account, asked, NOW)
          const whole = model({})
          expect(full.whole).toEqual({ by, definition, computedAt: NOW, isStale: false, periods: whole })
          expect(full.shown.periods).toEqual(
            model(asked).map((one) => ({ ...one, isFirst: one.period === whole[0]?.period })),
          )
          expect(full.report).toEqual(await loadStoreReport(ledger.db, account, asked))
          expect(full.distribution).toEqual(await loadDistribution(ledger.db, account))
          expect(full.matrix).toEqual(await loadMatrix(ledger.db, account))
        },
      ),
      { numRuns: 40 },
    )
  })

  test('says that customers wait to be computed', async () => {
    const account = await ledger.openAccount()
    const isStale = async () =>
      (await loadFullReport(ledger.db, account, { by: 'month', definition: 'period' }, NOW)).whole.isStale
    await save(account, [toOrder({ externalId: '1', customer: { email: 'ann@shop.test' } })])
    expect(await isStale()).toBe(true)
    await compute(account)
    expect(await isStale()).toBe(false)
    await save(account, [toOrder({ externalId: '2', customer: { email: 'bob@shop.test' } })])
    expect(await isStale()).toBe(true)
  })
})
