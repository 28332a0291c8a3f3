import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OrderCustomer } from '../../src/core/orders/order.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { createCustomerStore } from '../../src/store/customers/customer-store.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { NOTHING } from '../../src/store/profiles/profile-fingerprint.ts'
import { type ExpectedCustomer, expectedCustomers, type Received } from '../support/identity-model.ts'
import { computeAll, computeStoreNumbers, openTestLedger, type TestLedger, toOrder, toPage } from '../support/ledger.ts'
import { NOW } from '../support/ledger-arbitraries.ts'
import { modelReport } from '../support/store-model.ts'
import { loadPeriods } from '../support/stored-ledger.ts'

/** Two spellings of each address, composed and decomposed accents among them. */
const EMAILS = [
  'ann@shop.test',
  ' ANN@Shop.test',
  'josé@shop.test',
  'jose\u0301@shop.TEST',
  'cem@shop.test',
  'cem2@shop.test',
  'no address',
]
const PHONES = ['+39 333 123 4567', '333 1234567', '333 7654321']
const DAYS = ['2026-01-10', '2026-02-10', '2026-02-10', '2026-03-10', '2026-04-10']

const anyCustomer: fc.Arbitrary<OrderCustomer | null> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  {
    weight: 12,
    arbitrary: fc
      .record({
        // Few at a time, so that they meet: by chance alone a story rarely links, readdresses and merges.
        email: fc.option(
          fc.constantFrom('ann@shop.test', 'ann@shop.test', 'cem@shop.test', 'cem@shop.test', ...EMAILS),
          {
            nil: undefined,
          },
        ),
        externalId: fc.option(fc.constantFrom('1', '1', '1', '2', '3'), { nil: undefined, freq: 2 }),
        phone: fc.option(fc.constantFrom(...PHONES), { nil: undefined, freq: 1 }),
      })
      .map((all) => ({
        country: 'it',
        ...(all.email === undefined ? {} : { email: all.email }),
        ...(all.externalId === undefined ? {} : { externalId: all.externalId }),
        ...(all.phone === undefined ? {} : { phone: all.phone }),
      })),
  },
)

const record = fc.record({
  source: fc.constantFrom('web', 'web', 'till'),
  customer: anyCustomer,
  at: fc.constantFrom(...DAYS).map((day) => new Date(`${day}T12:00:00Z`)),
  amountMinor: fc.integer({ min: 1, max: 9_000 }),
  isOrder: fc.integer({ min: 0, max: 4 }).map((dice) => dice > 0),
  cancelled: fc.integer({ min: 0, max: 5 }).map((dice) => dice === 0),
})

const anyReceived: fc.Arbitrary<Received[]> = fc
  .array(record, { minLength: 1, maxLength: 12, size: 'max' })
  .map((list) =>
    list.map(({ source, customer, at, amountMinor, isOrder, cancelled }, index) => {
      const common = { externalId: `${index}`, customer, updatedAt: at, currency: 'EUR' }
      return isOrder
        ? {
            source,
            order: toOrder({
              ...common,
              placedAt: at,
              totalMinor: amountMinor,
              state: cancelled ? 'cancelled' : 'placed',
            }),
          }
        : { source, refund: { ...common, refundedAt: at, amountMinor } }
    }),
  )

/** Where the records, in some order, are cut into pages, which of two processes saves a page, and whether it computes then. */
const anyDelivery = anyReceived.chain((received) =>
  fc.record({
    received: fc.shuffledSubarray(received, { minLength: received.length }),
    steps: fc.array(
      fc.record({ records: fc.integer({ min: 1, max: 4 }), process: fc.constantFrom(0, 1), computes: fc.boolean() }),
      { minLength: received.length, maxLength: received.length },
    ),
  }),
)

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

async function deliver(
  account: LedgerAccount,
  received: readonly Received[],
  steps: readonly { records: number; process: number; computes: boolean }[],
): Promise<void> {
  const processes = [createOrderStore(ledger.db, account), createOrderStore(ledger.db, account)]
  const aggregates = createAggregateStore(ledger.db, account)
  let next = 0
  for (const step of steps) {
    const page = received.slice(next, next + step.records)
    next += step.records
    for (const source of ['web', 'till']) {
      const here = page.filter((one) => one.source === source)
      const orders = here.flatMap((one) => ('order' in one ? [one.order] : []))
      const refunds = here.flatMap((one) => ('refund' in one ? [one.refund] : []))
      await processes[step.process]?.saveOrderPage(source, toPage(orders, refunds), new Date(0))
    }
    if (step.computes) {
      await computeAll(aggregates, NOW)
      await computeStoreNumbers(ledger.db, account)
    }
  }
  await computeAll(aggregates, NOW)
  await computeStoreNumbers(ledger.db, account)
}

async function storedCustomers({ accountId }: LedgerAccount): Promise<ExpectedCustomer[]> {
  const { rows } = await ledger.db.query<ExpectedCustomer>(
    `select c.email as address,
       array(select substr(identity, 7) from customer_identities i where i.account_id = $1
         and i.customer_id = c.customer_id and identity like 'email:%' order by 1) as emails,
       array(select external_id from orders o where o.account_id = $1 and o.customer_id = c.customer_id
         order by external_id) as orders,
       array(select external_id from refunds r where r.account_id = $1 and r.customer_id = c.customer_id
         order by external_id) as refunds
     from customers c where account_id = $1`,
    [accountId],
  )
  return rows
}

async function filledProfiles({ accountId }: LedgerAccount): Promise<string[]> {
  const { rows } = await ledger.db.query<{ email: string }>(
    'select email from profile_states where account_id = $1 and desired <> $2 order by email collate "C"',
    [accountId, NOTHING],
  )
  return rows.map(({ email }) => email)
}

const byOrders = (customers: readonly ExpectedCustomer[]) =>
  customers.map((one) => JSON.stringify(one, ['address', 'emails', 'orders', 'refunds'])).sort()

describe('identity', () => {
  test('gives the same customers, aggregates and profiles however the records arrive', async () => {
    await fc.assert(
      fc.asyncProperty(anyDelivery, async ({ received, steps }) => {
        const account = await ledger.openAccount()
        await deliver(account, received, steps)
        const expected = expectedCustomers(received, new Set())
        expect(byOrders(await storedCustomers(account))).toEqual(byOrders(expected))
        await deliver(account, received, [{ records: received.length, process: 0, computes: false }])
        expect(byOrders(await storedCustomers(account)), 'read again').toEqual(byOrders(expected))
        expect(await filledProfiles(account)).toEqual(addressesWithOrders(received, expected))
        await expectMonths(account, received, expected)
      }),
      { numRuns: 50 },
    )
  })

  test('leaves records with an erased address anonymous, however they arrive', async () => {
    await fc.assert(
      fc.asyncProperty(anyDelivery, async ({ received, steps }) => {
        const account = await ledger.openAccount()
        const erased = ['ann@shop.test', 'josé@shop.test']
        for (const email of erased) await createCustomerStore(ledger.db, account).erase({ email })
        await deliver(account, received, steps)
        const expected = expectedCustomers(received, new Set(erased))
        expect(byOrders(await storedCustomers(account))).toEqual(byOrders(expected))
      }),
      { numRuns: 20 },
    )
  })

  test.each([
    ['an older order with another address', { email: 'old@shop.test', externalId: '1' }, '2026-01-01', 'new@shop.test'],
    ['a newer order with another address', { email: 'old@shop.test', externalId: '1' }, '2026-03-01', 'old@shop.test'],
    ['a newer order with the same address', { email: 'new@shop.test', externalId: '1' }, '2026-03-01', 'new@shop.test'],
    ['a newer order without an address', { externalId: '1' }, '2026-03-01', 'new@shop.test'],
  ])('takes the address of the newest order when %s is read after it', async (_, customer, day, address) => {
    const account = await ledger.openAccount()
    const first = { email: 'new@shop.test', externalId: '1' }
    const received: Received[] = [
      {
        source: 'web',
        order: toOrder({ externalId: '1', placedAt: new Date('2026-02-01T12:00:00Z'), customer: first }),
      },
      { source: 'web', order: toOrder({ externalId: '2', placedAt: new Date(`${day}T12:00:00Z`), customer }) },
    ]
    await deliver(account, received, [
      { records: 1, process: 0, computes: false },
      { records: 1, process: 1, computes: false },
    ])
    expect(await storedCustomers(account)).toMatchObject([{ address, orders: ['1', '2'] }])
  })

  test('takes back a former address that the newest order names again', async () => {
    const account = await ledger.openAccount()
    const emails = ['old@shop.test', 'new@shop.test', 'old@shop.test']
    const received = emails.map((email, index): Received => {
      const placedAt = new Date(`2026-0${index + 1}-01T12:00:00Z`)
      return {
        source: 'web',
        order: toOrder({ externalId: `${index}`, placedAt, customer: { email, externalId: '1' } }),
      }
    })
    const step = { records: 1, process: 0, computes: false }
    await deliver(account, received, [step, step, step])
    expect(await storedCustomers(account)).toMatchObject([{ address: 'old@shop.test', orders: ['0', '1', '2'] }])
  })

  test('knows when an address was heard after a merge into somebody without one', async () => {
    const account = await ledger.openAccount()
    const told: [day: string, customer: OrderCustomer][] = [
      ['2026-01-01', { externalId: '7' }],
      ['2026-01-10', { email: 'old@shop.test', externalId: '8' }],
      ['2026-02-10', { email: 'new@shop.test', externalId: '8' }],
      ['2026-03-10', { email: 'new@shop.test', externalId: '7' }],
      ['2026-04-10', { email: 'old@shop.test', externalId: '8' }],
    ]
    const received = told.map(
      ([day, customer], index): Received => ({
        source: 'web',
        order: toOrder({ externalId: `${index}`, placedAt: new Date(`${day}T12:00:00Z`), customer }),
      }),
    )
    const step = { records: 1, process: 0, computes: false }
    await deliver(account, received.slice(0, 4), [step, step, step, step])
    expect(await storedCustomers(account)).toMatchObject([{ address: 'new@shop.test' }])
    await deliver(account, received.slice(1, 3), [{ ...step, records: 2 }])
    expect(await storedCustomers(account)).toMatchObject([{ address: 'new@shop.test' }])
    await deliver(account, received.slice(4), [step])
    expect(await storedCustomers(account)).toMatchObject([{ address: 'old@shop.test' }])
  })

  test('clears the profile under a former address', async () => {
    const account = await ledger.openAccount()
    const at = (day: string) => new Date(`${day}T12:00:00Z`)
    const order = (externalId: string, email: string, day: string): Received => ({
      source: 'web',
      order: toOrder({ externalId, placedAt: at(day), customer: { email, externalId: '1' } }),
    })
    const received = [order('1', 'old@shop.test', '2026-01-01'), order('2', 'new@shop.test', '2026-02-01')]
    await deliver(account, received, [
      { records: 1, process: 0, computes: true },
      { records: 1, process: 0, computes: true },
    ])
    expect(await filledProfiles(account)).toEqual(['new@shop.test'])
    const { rows } = await ledger.db.query(
      'select email, desired from profile_states where account_id = $1 order by 1',
      [account.accountId],
    )
    expect(rows).toMatchObject([{ email: 'new@shop.test' }, { email: 'old@shop.test', desired: NOTHING }])
  })
})

function addressesWithOrders(received: readonly Received[], expected: readonly ExpectedCustomer[]): string[] {
  const counted = new Set(
    received.flatMap((one) => ('order' in one && one.order.state === 'placed' ? [one.order.externalId] : [])),
  )
  const buyers = expected.filter(({ orders }) => orders.some((id) => counted.has(id)))
  return buyers.flatMap(({ address }) => address ?? []).sort()
}

async function expectMonths(
  account: LedgerAccount,
  received: readonly Received[],
  expected: readonly ExpectedCustomer[],
): Promise<void> {
  const orders = received.flatMap((one) => ('order' in one ? [one.order] : []))
  const refunds = received.flatMap((one) => ('refund' in one ? [one.refund] : []))
  const customerOf = ({ externalId }: { externalId: string }) => {
    const index = expected.findIndex((one) => one.orders.includes(externalId) || one.refunds.includes(externalId))
    return index < 0 ? null : { key: `${index}`, identified: expected[index]?.address !== null }
  }
  for (const definition of ['period', 'rank'] as const) {
    const model = modelReport({ orders, refunds }, customerOf, account.settings, { by: 'month', definition })
    expect(await loadPeriods(ledger.db, account, definition)).toEqual(model.periods)
  }
}
