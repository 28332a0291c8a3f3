import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CustomerAggregate } from '../../src/core/customers/aggregate-store.ts'
import { aggregateCustomer, WINDOW_MS } from '../../src/core/customers/aggregates.ts'
import type { CustomerRefund, SourceOrder } from '../../src/core/orders/order.ts'
import type { ValueSettings } from '../../src/core/orders/order-value.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { computeAll, openTestLedger, SETTINGS, type TestLedger, toPage, toValuedOrder } from '../support/ledger.ts'
import { anyCurrency, anyInstant, anyPolicy, anyRates, anyRecords, NOW } from '../support/ledger-arbitraries.ts'
import { loadAggregates } from '../support/stored-ledger.ts'

const EMAILS = ['ann@shop.test', 'bob@shop.test', 'cem@shop.test']
const customer = fc.constantFrom(...EMAILS).map((email) => ({ email }))
const money = anyCurrency.chain((currency) => fc.record({ currency: fc.constant(currency), rates: anyRates(currency) }))
/** Later than whatever the arbitraries make. */
const FAR = new Date('2028-01-01T00:00:00Z')
const timezone = fc.constantFrom('Europe/Rome', 'America/New_York', 'Asia/Tokyo')

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

function expectedOf(
  { orders, refunds }: { orders: readonly SourceOrder[]; refunds: readonly CustomerRefund[] },
  settings: ValueSettings,
  now: Date,
): Record<string, CustomerAggregate | null> {
  const of = (email: string) =>
    aggregateCustomer(
      orders.filter((order) => order.customer?.email === email).map(toValuedOrder),
      refunds.filter((refund) => refund.customer?.email === email),
      settings,
      now,
    )
  return Object.fromEntries(EMAILS.map((email) => [email, of(email)]))
}

async function storedOf(account: LedgerAccount): Promise<Record<string, CustomerAggregate | null>> {
  const found = await loadAggregates(ledger.db, account)
  return Object.fromEntries(EMAILS.map((email) => [email, found[email] ?? null]))
}

async function save(account: LedgerAccount, records: { orders: SourceOrder[]; refunds: CustomerRefund[] }) {
  await createOrderStore(ledger.db, account).saveOrderPage('shop', toPage(records.orders, records.refunds), new Date(0))
}

describe('the ledger’s customer aggregates', () => {
  test('are what the oracle says, for any orders, refunds, policy and rates', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRecords(customer),
        anyPolicy,
        money,
        timezone,
        async (records, policy, { currency, rates }, zone) => {
          const account = await ledger.openAccount({ policy, currency, rates, timezone: zone })
          await save(account, records)
          await computeAll(createAggregateStore(ledger.db, account), NOW, 2)
          expect(await storedOf(account)).toEqual(expectedOf(records, account.settings, NOW))
        },
      ),
      { numRuns: 60 },
    )
  })

  test('follow the clock as if computed afresh, also after it went back', async () => {
    const forward = fc.integer({ min: 0, max: 2 * WINDOW_MS })
    await fc.assert(
      fc.asyncProperty(anyRecords(customer), forward, forward, anyRecords(customer), async (records, a, b, later) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)].map((ms) => new Date(NOW.getTime() + ms))
        const account = await ledger.openAccount()
        const aggregates = createAggregateStore(ledger.db, account)
        await save(account, records)
        await computeAll(aggregates, late ?? NOW)
        const changed = { orders: later.orders.slice(0, 3), refunds: [] }
        await save(account, { orders: changed.orders.map((order) => ({ ...order, updatedAt: FAR })), refunds: [] })
        const all = {
          orders: [
            ...new Map([...records.orders, ...changed.orders].map((order) => [order.externalId, order])).values(),
          ],
          refunds: records.refunds,
        }
        await computeAll(aggregates, early ?? NOW)
        await computeAll(aggregates, late ?? NOW)
        expect(await storedOf(account)).toEqual(expectedOf(all, account.settings, late ?? NOW))
      }),
      { numRuns: 25 },
    )
  })

  test('are right at every later instant when only what the clock made outdated is computed', async () => {
    const instants = fc.array(
      fc.oneof(
        anyInstant.map((at) => new Date(at.getTime() + WINDOW_MS)),
        anyInstant.map((at) => new Date(at.getTime() + WINDOW_MS - 1)),
      ),
      { minLength: 1, maxLength: 4 },
    )
    await fc.assert(
      fc.asyncProperty(anyRecords(customer), instants, async (records, nows) => {
        const account = await ledger.openAccount()
        const aggregates = createAggregateStore(ledger.db, account)
        await save(account, records)
        const edges = records.orders.slice(0, 2).map((order) => new Date(order.placedAt.getTime() + WINDOW_MS))
        for (const now of [...nows, ...edges].sort((x, y) => x.getTime() - y.getTime())) {
          await computeAll(aggregates, now)
          expect(await storedOf(account)).toEqual(expectedOf(records, account.settings, now))
        }
      }),
      { numRuns: 25 },
    )
  })

  test('do not change before the instant they name', () => {
    fc.assert(
      fc.property(anyRecords(customer), fc.double({ min: 0, max: 0.999, noNaN: true }), (records, share) => {
        for (const [email, aggregate] of Object.entries(expectedOf(records, SETTINGS, NOW))) {
          const until = aggregate?.recomputeAfter
          if (until == null) continue
          const at = new Date(NOW.getTime() + Math.floor((until.getTime() - 1 - NOW.getTime()) * share))
          const lastMoment = new Date(until.getTime() - 1)
          expect(expectedOf(records, SETTINGS, at)[email]).toEqual(aggregate)
          expect(expectedOf(records, SETTINGS, lastMoment)[email]).toEqual(aggregate)
        }
      }),
    )
  })
})
