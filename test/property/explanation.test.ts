import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explainCustomer } from '../../src/app/explain-customer.ts'
import type { CustomerExplanation } from '../../src/core/explanation/explanation.ts'
import type { LeftOut } from '../../src/core/numbers/report.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { createCustomerRecordStore } from '../../src/store/customers/customer-record.ts'
import { loadStoreReport } from '../../src/store/numbers/report.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { createSegmentStateStore } from '../../src/store/segments/segment-states.ts'
import { scriptKlaviyo } from '../support/klaviyo.ts'
import { computeAll, openTestLedger, type TestLedger, toPage } from '../support/ledger.ts'
import { anyPolicy, anyRates, anyRecords, NOW } from '../support/ledger-arbitraries.ts'
import { loadAggregates } from '../support/stored-ledger.ts'

const EMAILS = ['ann@shop.test', 'bob@shop.test'] as const
/** Bob is known to the shop too, and buys once under another address. */
const customer = fc.constantFrom(
  { email: EMAILS[0] },
  { email: EMAILS[1], externalId: '2' },
  { email: 'bob@elsewhere.test', externalId: '2' },
)

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())
const klaviyo = scriptKlaviyo()

/** Everybody who is known, each once. Klaviyo is nowhere: that must not matter here. */
async function explainAll(account: LedgerAccount): Promise<CustomerExplanation[]> {
  const records = createCustomerRecordStore(ledger.db, account)
  const segments = createSegmentStateStore(ledger.db, account)
  const destination = klaviyo.destination({
    baseUrl: 'http://127.0.0.1:9',
    reads: { attempts: 1, baseMs: 1, capMs: 1 },
  })
  const { signal } = new AbortController()
  const asked = [...EMAILS, 'bob@elsewhere.test'].map((email) =>
    explainCustomer({ settings: account.settings, destination, records, segments }, { email, now: () => NOW, signal }),
  )
  const known = (await Promise.all(asked)).filter((one) => one?.kind === 'customer')
  return [...new Map(known.map((one) => [one.emails.join(), one])).values()]
}

/** What `report` says of orders that do not count, from the single orders. */
function leftOutOf(explanations: readonly CustomerExplanation[]): LeftOut[] {
  const left = explanations
    .flatMap(({ orders }) => orders)
    .flatMap(({ value, currency, totalMinor }) =>
      'notCounted' in value ? [{ reason: value.notCounted, currency, totalMinor }] : [],
    )
  const lines = [...Map.groupBy(left, ({ reason, currency }) => `${reason} ${currency}`).values()].map((same) => ({
    reason: same[0]?.reason ?? '',
    orders: same.length,
    totalMinor: same.reduce((sum, { totalMinor }) => sum + totalMinor, 0),
    currency: same[0]?.currency ?? '',
  }))
  return sorted(lines)
}

function sorted(lines: readonly LeftOut[]): LeftOut[] {
  const key = ({ reason, currency }: LeftOut) => `${reason} ${currency}`
  return lines.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}

describe('an explanation', () => {
  test('comes to the stored aggregates, and leaves out what the report leaves out, for the same reasons', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecords(customer), anyPolicy, anyRates('EUR'), async (records, policy, rates) => {
        const account = await ledger.openAccount({ policy, rates })
        const page = toPage(records.orders, records.refunds)
        await createOrderStore(ledger.db, account).saveOrderPage('shop', page, new Date(0))
        await computeAll(createAggregateStore(ledger.db, account), NOW)

        const explanations = await explainAll(account)
        const stored = await loadAggregates(ledger.db, account)
        for (const { sums, stored: shown, profileEmail, ...rest } of explanations) {
          const aggregate = stored[profileEmail ?? ''] ?? null
          expect([rest.isStoredCurrent, rest.waitingFor]).toEqual([true, null])
          expect(
            shown === null ? null : { ...shown, changedAt: undefined, band: undefined, bandSince: undefined },
          ).toEqual(aggregate && { ...aggregate, changedAt: undefined })
          if (aggregate === null) {
            expect(sums.lifetime).toMatchObject({ orders: 0, aovMinor: null })
            continue
          }
          const { lifetime, last12Months } = sums
          expect([lifetime.orders, lifetime.revenueMinor, lifetime.aovMinor]).toEqual([
            aggregate.orderCount,
            aggregate.revenueMinor,
            aggregate.aovMinor,
          ])
          expect([last12Months.orders, last12Months.revenueMinor, last12Months.aovMinor]).toEqual([
            aggregate.orderCount12m,
            aggregate.revenue12mMinor,
            aggregate.aov12mMinor,
          ])
        }
        const { leftOut } = await loadStoreReport(ledger.db, account, { by: 'month', definition: 'period' })
        expect(leftOutOf(explanations)).toEqual(sorted(leftOut))
        const shownOrders = explanations.flatMap(({ orders }) => orders.map(({ externalId }) => externalId))
        expect(shownOrders.sort()).toEqual(records.orders.map(({ externalId }) => externalId).sort())
      }),
      { numRuns: 60 },
    )
  })
})
