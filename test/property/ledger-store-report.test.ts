import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toHistogram } from '../../src/core/numbers/histogram.ts'
import type { OverviewRequest } from '../../src/core/numbers/overview.ts'
import type { CustomerRefund, OrderCustomer, SourceOrder } from '../../src/core/orders/order.ts'
import { createRandom } from '../../src/core/seeded-random.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { loadStoreReport } from '../../src/store/numbers/report.ts'
import { createStoreNumbersStore } from '../../src/store/numbers/store-numbers.ts'
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
import { anyPolicy, anyRates, anyRecords, NOW } from '../support/ledger-arbitraries.ts'
import { overviewOf } from '../support/overview-model.ts'
import { type ModelCustomer, modelPeriods, modelReport, type ReportRequest } from '../support/store-model.ts'
import { loadHistograms, loadPeriods } from '../support/stored-ledger.ts'

/** Two with an address, one known to the shop only, one known by nothing but a telephone, and nobody. */
const CUSTOMERS: readonly (OrderCustomer | null)[] = [
  { email: 'ann@shop.test', externalId: '1' },
  { email: 'bob@shop.test' },
  { externalId: '3' },
  { phone: '+393331234567' },
  null,
]
const ZONES = ['Europe/London', 'America/New_York', 'Pacific/Apia', 'America/Havana', 'Asia/Kathmandu']

const customer = fc.constantFrom(...CUSTOMERS)
const zone = fc.constantFrom(...ZONES)
const rates = anyRates('EUR')
const day = fc.constantFrom(
  ...['2024-01-01', '2024-12-30', '2025-03-30', '2025-11-02', '2026-03-01', '2026-03-29', '2026-06-14', '2026-06-15'],
)
const request: fc.Arbitrary<ReportRequest> = fc
  .record({
    from: fc.option(day, { nil: undefined }),
    to: fc.option(day, { nil: undefined }),
    by: fc.constantFrom('week', 'month', 'quarter'),
    definition: fc.constantFrom('period', 'rank'),
  })
  .map(({ from, to, ...rest }) => ({
    ...rest,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }))

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

function customerOf({ customer: who }: SourceOrder | CustomerRefund): ModelCustomer | null {
  return who === null ? null : { key: JSON.stringify(who), identified: who.email !== undefined }
}

async function fill(account: LedgerAccount, orders: readonly SourceOrder[], refunds: readonly CustomerRefund[] = []) {
  await createOrderStore(ledger.db, account).saveOrderPage('shop', toPage(orders, refunds), new Date(0))
  await computeAll(createAggregateStore(ledger.db, account), NOW)
  await computeStoreNumbers(ledger.db, account)
}

const EVERY_OVERVIEW: readonly OverviewRequest[] = (['week', 'month', 'quarter'] as const).flatMap((by) =>
  (['period', 'rank'] as const).map((definition) => ({ by, definition })),
)

const byPeriodAndKind = (a: { period: string; kind: string }, b: { period: string; kind: string }) =>
  `${a.period} ${a.kind}`.localeCompare(`${b.period} ${b.kind}`)

const buyers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `c${from + index}@shop.test`)

describe('the store’s numbers', () => {
  test('are what the definitions say, in any range, period and time zone', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRecords(customer),
        anyPolicy,
        rates,
        zone,
        fc.array(request, { minLength: 3, maxLength: 3 }),
        async (records, policy, list, timezone, requests) => {
          const account = await ledger.openAccount({ policy, rates: list, timezone })
          await fill(account, records.orders, records.refunds)
          for (const one of requests) {
            const { from: _from, to: _to, isStale, ...report } = await loadStoreReport(ledger.db, account, one)
            expect(isStale).toBe(false)
            expect(report).toEqual(modelReport(records, customerOf, account.settings, one))
          }
        },
      ),
      { numRuns: 50 },
    )
  })

  test('are the same before anybody was computed, and say so', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecords(customer), anyPolicy, zone, request, async (records, policy, timezone, asked) => {
        const account = await ledger.openAccount({ policy, timezone })
        const page = toPage(records.orders, records.refunds)
        await createOrderStore(ledger.db, account).saveOrderPage('shop', page, new Date(0))
        const { from: _from, to: _to, isStale, ...report } = await loadStoreReport(ledger.db, account, asked)
        expect(isStale).toBe(true)
        expect(report).toEqual({ ...modelReport(records, customerOf, account.settings, asked), uncomputed: 'all' })
      }),
      { numRuns: 25 },
    )
  })

  test('tell who came since the last computation by their own orders', async () => {
    const account = await ledger.openAccount()
    const order = (id: string, email: string, placedAt: string) =>
      toOrder({ externalId: id, customer: { email }, placedAt: new Date(placedAt) })
    await fill(account, [order('1', 'ann@shop.test', '2026-01-10T12:00:00Z')])
    const late = [
      order('2', 'bob@shop.test', '2026-01-11T12:00:00Z'),
      order('3', 'bob@shop.test', '2026-02-11T12:00:00Z'),
    ]
    await createOrderStore(ledger.db, account).saveOrderPage('shop', toPage(late), new Date(0))
    const kindsBy = async (definition: 'period' | 'rank') => {
      const { periods } = await loadStoreReport(ledger.db, account, { by: 'month', definition })
      return periods.map(({ period, kind, orders }) => `${period} ${kind} ${orders}`)
    }
    const expected = ['2026-01-01 new 2', '2026-02-01 recurring 1']
    expect([await kindsBy('period'), await kindsBy('rank')]).toEqual([expected, expected])
  })

  test('by week, month and quarter are kept as the report computes them and as the definitions say', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecords(customer), anyPolicy, rates, zone, async (records, policy, list, timezone) => {
        const account = await ledger.openAccount({ policy, rates: list, timezone })
        await fill(account, records.orders, records.refunds)
        const store = createStoreNumbersStore(ledger.db, account)
        for (const request of EVERY_OVERVIEW) {
          const model = modelPeriods(records, customerOf, account.settings, request)
          const overview = await store.loadOverview(request, NOW)
          expect(overview).toMatchObject({ ...request, isStale: false })
          expect(overview.periods).toEqual(overviewOf(model, request.by, timezone))
          const { periods } = await loadStoreReport(ledger.db, account, request)
          expect(await loadPeriods(ledger.db, account, request.definition, request.by)).toEqual(periods)
        }
      }),
      { numRuns: 25 },
    )
  })

  test('are kept with every order’s value by size', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecords(customer), anyPolicy, zone, async (records, policy, timezone) => {
        const account = await ledger.openAccount({ policy, timezone })
        await fill(account, records.orders, records.refunds)
        for (const request of EVERY_OVERVIEW) {
          const expected = modelPeriods(records, customerOf, account.settings, request).map(
            ({ period, kind, values }) => ({
              period,
              kind,
              histogram: toHistogram(values).map(({ bin, orders, sumMinor }) => [bin, orders, sumMinor]),
            }),
          )
          const stored = await loadHistograms(ledger.db, account, request)
          expect(stored.sort(byPeriodAndKind)).toEqual(expected.sort(byPeriodAndKind))
        }
      }),
      { numRuns: 15 },
    )
  })

  test('have intervals where there are orders enough', async () => {
    const account = await ledger.openAccount()
    const random = createRandom(11)
    // 50 customers, who buy in January and, for a quarter more, in February; 20 buy for the first time in March.
    const orders = [
      ...buyers(0, 50).map((who) => ({ who, at: '2026-01-15T12:00:00Z', factor: 1 })),
      ...buyers(0, 50).map((who) => ({ who, at: '2026-02-15T12:00:00Z', factor: 1.25 })),
      ...buyers(50, 90).map((who) => ({ who, at: '2026-02-16T12:00:00Z', factor: 1 })),
      ...buyers(90, 110).map((who) => ({ who, at: '2026-03-16T12:00:00Z', factor: 1 })),
    ].map(({ who, at, factor }, index) =>
      toOrder({
        externalId: `${index}`,
        customer: { email: who },
        placedAt: new Date(at),
        totalMinor: Math.round((2_000 + 3_000 * random()) * factor),
      }),
    )
    await fill(account, orders)
    const request = { by: 'month', definition: 'period' } as const
    const model = modelPeriods({ orders, refunds: [] }, customerOf, account.settings, request)
    const { periods } = await createStoreNumbersStore(ledger.db, account).loadOverview(request, NOW)
    expect(periods).toEqual(overviewOf(model, 'month', account.settings.timezone))
    // What follows is empty, to the present.
    expect(periods.slice(0, 3).map(({ gap }) => gap !== null)).toEqual([false, true, false])
    expect(periods.slice(0, 3).map(({ aovInterval }) => aovInterval !== null)).toEqual([true, true, false])
  })

  test('count an order in the first of two midnights at the start of a month', async () => {
    // On 1 November 2026 Havana’s clocks go back from 01:00 to 00:00.
    const account = await ledger.openAccount({ timezone: 'America/Havana' })
    await fill(account, [toOrder({ externalId: '1', placedAt: new Date('2026-11-01T04:30:00Z') })])
    expect(await loadPeriods(ledger.db, account, 'period')).toMatchObject([{ period: '2026-11-01', orders: 1 }])
  })

  test('have no day between 29 and 31 December 2011 in Apia', async () => {
    const account = await ledger.openAccount({ timezone: 'Pacific/Apia' })
    const instants = ['2011-12-30T09:59:59Z', '2011-12-30T10:00:00Z']
    await fill(
      account,
      instants.map((text, index) => toOrder({ externalId: `${index}`, placedAt: new Date(text) })),
    )
    const ask = (from: string, to: string) =>
      loadStoreReport(ledger.db, account, { from, to, by: 'week', definition: 'period' })
    expect((await ask('2011-12-29', '2011-12-29')).total).toMatchObject([{ orders: 1 }])
    expect((await ask('2011-12-30', '2011-12-30')).total).toEqual([])
    expect((await ask('2011-12-31', '2011-12-31')).total).toMatchObject([{ orders: 1 }])
  })

  test('put the last days of a year into the week that holds them', async () => {
    const account = await ledger.openAccount({ timezone: 'America/New_York' })
    await fill(account, [
      toOrder({ externalId: '1', placedAt: new Date('2025-01-01T04:59:00Z') }),
      toOrder({ externalId: '2', placedAt: new Date('2024-12-30T04:59:00Z') }),
    ])
    const { periods } = await loadStoreReport(ledger.db, account, { by: 'week', definition: 'period' })
    expect(periods.map(({ period, orders }) => [period, orders])).toEqual([
      ['2024-12-23', 1],
      ['2024-12-30', 1],
    ])
  })

  test('name every reason for which an order does not count', async () => {
    const account = await ledger.openAccount({ policy: { ...SETTINGS.policy, shipping: 'exclude' } })
    await fill(account, [
      toOrder({ externalId: '1', test: true }),
      toOrder({ externalId: '2', state: 'draft' }),
      toOrder({ externalId: '3', state: 'cancelled' }),
      toOrder({ externalId: '4', totalMinor: 0 }),
      toOrder({ externalId: '5', shippingMinor: 1_000 }),
      toOrder({ externalId: '6', currency: 'USD' }),
      toOrder({
        externalId: '7',
        refunds: [{ externalId: 'r', refundedAt: new Date('2026-03-02T00:00:00Z'), amountMinor: 1_000 }],
      }),
    ])
    const { leftOut } = await loadStoreReport(ledger.db, account, { by: 'month', definition: 'period' })
    expect(leftOut.map(({ reason, orders }) => [reason, orders])).toEqual([
      ['cancelled', 1],
      ['draft', 1],
      ['fully refunded', 1],
      ['other currency', 1],
      ['test order', 1],
      ['zero value', 2],
    ])
  })
})
