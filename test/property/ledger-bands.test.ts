import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toMajor } from '../../src/core/money.ts'
import { type BandRule, type HeldBand, isCorrected, nextBand, plainRule } from '../../src/core/thresholds/band.ts'
import { openAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { createProfileStateStore } from '../../src/store/profiles/profile-states.ts'
import { computeAll, openTestLedger, type TestLedger, toOrder, toPage } from '../support/ledger.ts'
import { NOW } from '../support/ledger-arbitraries.ts'

const EMAILS = ['ann@shop.test', 'bob@shop.test', 'cem@shop.test']
const DAY_MS = 86_400_000
const border = fc.constantFrom(1, 1.005, 1.5, 2, 3)

const rule: fc.Arbitrary<BandRule> = fc.record({
  borders: fc
    .uniqueArray(border, { minLength: 2, maxLength: 2 })
    .map(([a = 1, b = 2]) => [Math.min(a, b), Math.max(a, b)] as const),
  margin: fc.option(fc.constantFrom(0, 0.05, 0.1, 0.5)),
  minStayDays: fc.option(fc.constantFrom(1, 3, 14)),
})

/** What happens one after the other: orders, another rule, and days that pass. */
const event = fc.record({
  days: fc.constantFrom(0, 1, 3, 10),
  orders: fc.array(
    fc.record({
      email: fc.constantFrom(...EMAILS),
      totalMinor: fc.constantFrom(95, 99, 100, 101, 105, 106, 150, 157, 158, 190, 200, 211, 300, 400),
    }),
    { maxLength: 3 },
  ),
  rule: fc.option(rule, { freq: 3 }),
})

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

interface Stored extends HeldBand {
  readonly email: string
  readonly aovMinor: number
}

async function loadBands(accountId: number): Promise<Stored[]> {
  const { rows } = await ledger.db.query<Stored>(
    `select c.email, a.aov_minor as "aovMinor", a.band, a.band_since as since, a.band_due_at as "dueAt"
     from customer_aggregates a join customers c using (account_id, customer_id) where a.account_id = $1 order by c.email`,
    [accountId],
  )
  return rows
}

describe('the band a customer is held in', () => {
  test('is in the ledger what it is customer by customer, whatever happens in between', async () => {
    await fc.assert(
      fc.asyncProperty(rule, fc.array(event, { minLength: 1, maxLength: 6 }), async (first, events) => {
        const account = await ledger.openAccount()
        const held = new Map<string, HeldBand>()
        let present = first
        let now = NOW
        let count = 0
        for (const { days, orders, rule: other } of events) {
          now = new Date(now.getTime() + days * DAY_MS)
          const { borders: at, margin, minStayDays } = other ?? present
          const former = held.size === 0 ? null : present
          present = { borders: at, margin, minStayDays }
          const applied = isCorrected(at, former, present) ? plainRule(present) : present
          const opened = await openAccount(ledger.db, { ...account.settings, bands: { at, margin, minStayDays } })
          const page = orders.map(({ email, totalMinor }) => {
            count += 1
            return toOrder({ externalId: `${count}`, totalMinor, customer: { email }, placedAt: now })
          })
          const before = await loadBands(account.accountId)
          await createOrderStore(ledger.db, opened).saveOrderPage('shop', toPage(page), new Date(0))
          await computeAll(createAggregateStore(ledger.db, opened), now)
          // The rule and the passing of time come first, then what was bought.
          for (const { email, aovMinor } of before) {
            held.set(email, nextBand(held.get(email) ?? null, toMajor(aovMinor, 'EUR'), applied, now))
          }
          const after = await loadBands(account.accountId)
          for (const { email, aovMinor } of after) {
            if (!page.some(({ customer }) => customer?.email === email)) continue
            held.set(email, nextBand(held.get(email) ?? null, toMajor(aovMinor, 'EUR'), present, now))
          }
          expect(after.map(({ email, band, since, dueAt }) => [email, { band, since, dueAt }])).toEqual(
            [...held].sort(([a], [b]) => a.localeCompare(b)),
          )
        }
      }),
      { numRuns: 60 },
    )
  })

  test('is pushed when it alone has changed', async () => {
    const account = await ledger.openAccount({ bands: { at: [20, 80], margin: null, minStayDays: 14 } })
    const aggregates = createAggregateStore(ledger.db, account)
    const orders = createOrderStore(ledger.db, account)
    const profiles = createProfileStateStore(ledger.db, account)
    const buy = (externalId: string, totalMinor: number) =>
      orders.saveOrderPage(
        'shop',
        toPage([toOrder({ externalId, totalMinor, customer: { email: 'ann@shop.test' }, placedAt: NOW })]),
        new Date(0),
      )
    await buy('1', 1_000)
    await computeAll(aggregates, NOW)
    await buy('2', 9_000)
    await computeAll(aggregates, NOW)
    const [held] = await profiles.loadPending(10)
    expect(held?.aggregate).toMatchObject({ aovMinor: 5_000, band: 'low' })
    await computeAll(aggregates, new Date(NOW.getTime() + 14 * DAY_MS))
    const [moved] = await profiles.loadPending(10)
    expect(moved?.aggregate).toMatchObject({ aovMinor: 5_000, band: 'mid' })
    expect(moved?.desired).not.toBe(held?.desired)
  })
})
