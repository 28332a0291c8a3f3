import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccountSettings } from '../../src/core/account.ts'
import { POLICIES } from '../../src/core/orders/policy.ts'
import { toProfileProperties } from '../../src/core/profiles/profile-properties.ts'
import { PROPERTY_NAMES } from '../../src/core/profiles/property-names.ts'
import { openAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { createProfileStateStore } from '../../src/store/profiles/profile-states.ts'
import { computeAll, openTestLedger, type TestLedger, toOrder, toPage } from '../support/ledger.ts'
import { NOW } from '../support/ledger-arbitraries.ts'
import { anyBands } from '../support/segment-arbitraries.ts'

const EMAILS = ['ann@shop.test', 'bob@shop.test', 'cem@shop.test', 'dot@shop.test']
const bands = fc.option(anyBands, { freq: 6 })

/** Few values, so that numbers often are the same, or on a border. */
const orders = fc.array(
  fc.record({
    email: fc.option(fc.constantFrom(...EMAILS), { freq: 8 }),
    placedAt: fc.constantFrom('2024-01-10', '2026-01-10', '2026-02-10').map((day) => new Date(`${day}T12:00:00Z`)),
    totalMinor: fc.constantFrom(1, 99, 100, 101, 110, 150, 151, 199, 200, 201, 300),
  }),
  { minLength: 1, maxLength: 10 },
)

const settings: fc.Arbitrary<Partial<AccountSettings>> = fc.record({
  bands,
  policy: fc.constantFrom(POLICIES.net, { ...POLICIES.net, name: 'ours' }),
  profiles: fc.record({
    mode: fc.constant('create' as const),
    prefix: fc.constantFrom('', 'shop_'),
    properties: fc.shuffledSubarray([...PROPERTY_NAMES], { minLength: 1 }),
    onErase: fc.constant('clear' as const),
  }),
})

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

type Bought = typeof orders extends fc.Arbitrary<infer T> ? T : never

function page(list: Bought, from = 0) {
  return toPage(
    list.map(({ email, ...order }, index) =>
      toOrder({ ...order, externalId: `${from + index}`, customer: email === null ? null : { email } }),
    ),
  )
}

/** What each profile is to hold, and its fingerprint. */
async function desiredUnder(wanted: AccountSettings): Promise<Map<string, { desired: string; properties: unknown }>> {
  const account = await openAccount(ledger.db, wanted)
  await computeAll(createAggregateStore(ledger.db, account), NOW)
  const pending = await createProfileStateStore(ledger.db, account).loadPending(100)
  return new Map(
    pending.map(({ email, desired, aggregate }) => {
      const properties = Object.entries(toProfileProperties(aggregate, wanted))
      return [email, { desired, properties: JSON.stringify(properties.sort()) }]
    }),
  )
}

describe('what profiles should hold', () => {
  test('has another fingerprint exactly when its properties differ', async () => {
    await fc.assert(
      fc.asyncProperty(orders, orders, settings, settings, async (before, after, one, other) => {
        const { settings: first, ...account } = await ledger.openAccount(one)
        const store = createOrderStore(ledger.db, { ...account, settings: first })
        await store.saveOrderPage('shop', page(before), new Date(0))
        const former = await desiredUnder(first)
        await store.saveOrderPage('shop', page(after.slice(0, 3), before.length), new Date(0))
        const present = await desiredUnder({ ...first, ...other })
        const all = [...former, ...present]
        for (const [, a] of all) {
          for (const [, b] of all) expect(a.desired === b.desired).toBe(a.properties === b.properties)
        }
        expect(present.size).toBeGreaterThanOrEqual(former.size)
      }),
      { numRuns: 50 },
    )
  })
})
