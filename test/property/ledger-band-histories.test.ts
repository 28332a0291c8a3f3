import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CustomerRefund, SourceOrder } from '../../src/core/orders/order.ts'
import { convert, type ValueSettings, valueOrder } from '../../src/core/orders/order-value.ts'
import type { BandHistory } from '../../src/core/thresholds/band-wavering.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { loadBandHistories } from '../../src/store/thresholds/band-histories.ts'
import { computeAll, openTestLedger, type TestLedger, toPage, toValuedOrder } from '../support/ledger.ts'
import { anyInstant, anyPolicy, anyRates, anyRecords, NOW } from '../support/ledger-arbitraries.ts'

const EMAILS = ['ann@shop.test', 'bob@shop.test', 'cem@shop.test']
/** Who has no address is no customer that bands are told of. */
const customer = fc.constantFrom(...EMAILS.map((email) => ({ email })), { externalId: 'S1' }, { externalId: 'S2' })

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

type Event = BandHistory['since'][number]

/** Straight from the definition: null for who bought less than twice since. */
function historyOf(
  email: string,
  { orders, refunds }: { orders: readonly SourceOrder[]; refunds: readonly CustomerRefund[] },
  settings: ValueSettings,
  since: Date,
): BandHistory | null {
  const bought = orders.flatMap((order): Event[] => {
    const value = valueOrder(toValuedOrder(order), settings)
    if (order.customer?.email !== email || !('valueMinor' in value)) return []
    return [{ at: order.placedAt, orders: 1, valueMinor: value.valueMinor }]
  })
  const given = refunds.flatMap((refund): Event[] => {
    if (settings.policy.refunds !== 'deduct' || refund.customer?.email !== email) return []
    const minor = convert(BigInt(refund.amountMinor), refund.currency, refund.refundedAt, settings)
    return minor === null ? [] : [{ at: refund.refundedAt, orders: 0, valueMinor: -Number(minor) }]
  })
  const events = [...bought, ...given]
  const before = events.filter(({ at }) => at <= since)
  const sum = (of: (event: Event) => number) => before.reduce((total, event) => total + of(event), 0)
  if (bought.filter(({ at }) => at > since).length < 2) return null
  return {
    orders: sum((event) => event.orders),
    revenueMinor: sum((event) => event.valueMinor),
    since: events
      .filter(({ at }) => at > since)
      .sort((a, b) => a.at.getTime() - b.at.getTime() || b.valueMinor - a.valueMinor || b.orders - a.orders),
  }
}

const toText = (histories: readonly BandHistory[]) => histories.map((history) => JSON.stringify(history)).sort()

describe('what customers bought before an instant and since', () => {
  test('is what their orders say, for everybody with an address and two or more since', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRecords(customer),
        anyPolicy,
        anyRates('EUR'),
        anyInstant,
        async (records, policy, rates, since) => {
          const account = await ledger.openAccount({ policy, rates })
          const page = toPage(records.orders, records.refunds)
          await createOrderStore(ledger.db, account).saveOrderPage('shop', page, new Date(0))
          await computeAll(createAggregateStore(ledger.db, account), NOW)
          const expected = EMAILS.flatMap((email) => historyOf(email, records, account.settings, since) ?? [])
          expect(toText(await loadBandHistories(ledger.db, account, since))).toEqual(toText(expected))
        },
      ),
      { numRuns: 60 },
    )
  })
})
