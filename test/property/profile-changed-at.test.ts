import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccountSettings } from '../../src/core/account.ts'
import { POLICIES } from '../../src/core/orders/policy.ts'
import type { PropertyValue } from '../../src/core/profiles/profile.ts'
import { toProfileProperties } from '../../src/core/profiles/profile-properties.ts'
import { PROPERTY_NAMES } from '../../src/core/profiles/property-names.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { createCustomerRecordStore } from '../../src/store/customers/customer-record.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { createProfileStateStore } from '../../src/store/profiles/profile-states.ts'
import { computeAll, openTestLedger, type TestLedger, toOrder, toPage } from '../support/ledger.ts'
import { anyBands } from '../support/segment-arbitraries.ts'

const DAY_MS = 86_400_000
const START = new Date('2026-01-10T12:00:00Z')
const EMAILS = ['ann@shop.test', 'bob@shop.test']

/** Few values and orders, so that a customer often comes back to what was pushed. */
const buy = fc.record({
  does: fc.constant('buy' as const),
  email: fc.constantFrom(...EMAILS),
  order: fc.constantFrom('1', '2'),
  placedAt: fc.constantFrom(START, new Date('2025-02-01T12:00:00Z')),
  totalMinor: fc.constantFrom(100, 200),
  state: fc.constantFrom('placed' as const, 'placed' as const, 'cancelled' as const),
})
const action = fc.oneof(
  { weight: 4, arbitrary: buy },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('wait' as const), days: fc.constantFrom(1, 30, 370) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('push' as const) }) },
)
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never

const settings = fc.record({
  bands: fc.option(anyBands, { freq: 3 }),
  policy: fc.constant(POLICIES.net),
  profiles: fc.record({
    mode: fc.constant('create' as const),
    prefix: fc.constant(''),
    properties: fc
      .shuffledSubarray([...PROPERTY_NAMES])
      .map((names) => [...new Set([...names, 'aov_updated_at'])] as typeof names),
    onErase: fc.constant('clear' as const),
  }),
})

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

/** A shop whose clock moves, and a destination that keeps the properties it was sent. */
async function openWorld(some: Partial<AccountSettings>) {
  const account = await ledger.openAccount(some)
  const [orders, aggregates] = [createOrderStore(ledger.db, account), createAggregateStore(ledger.db, account)]
  const [states, records] = [createProfileStateStore(ledger.db, account), createCustomerRecordStore(ledger.db, account)]
  const held = new Map<string, Record<string, PropertyValue | null>>()
  let now = START
  let versions = 0

  async function push(): Promise<number> {
    await computeAll(aggregates, now)
    const pending = await states.loadPending(100)
    await states.markSending(pending)
    for (const { email, desired, aggregate } of pending) {
      held.set(email, toProfileProperties(aggregate, account.settings))
      await states.confirmProfile(email, desired)
    }
    return pending.length
  }

  async function act(one: Action): Promise<unknown> {
    switch (one.does) {
      case 'wait':
        now = new Date(now.getTime() + one.days * DAY_MS)
        return
      case 'push':
        return push()
      case 'buy': {
        versions += 1
        const { email, order, placedAt, totalMinor, state } = one
        const updatedAt = new Date(START.getTime() + versions)
        const bought = toOrder({
          externalId: email + order,
          customer: { email },
          placedAt,
          updatedAt,
          totalMinor,
          state,
        })
        await orders.saveOrderPage('shop', toPage([bought]), new Date(0))
        now = new Date(now.getTime() + DAY_MS)
        return computeAll(aggregates, now)
      }
    }
  }

  /** What explanations, and forecasts of segments, go by. */
  async function stored(email: string): Promise<Record<string, PropertyValue | null>> {
    const record = await records.loadCustomerRecord(email, now)
    return toProfileProperties(record?.kind === 'customer' ? record.aggregate : null, account.settings)
  }

  return { act, push, held, stored }
}

const AOV_AND_WHEN: AccountSettings['profiles'] = {
  mode: 'create',
  prefix: '',
  properties: ['aov', 'aov_updated_at'],
  onErase: 'clear',
}
const bought: Action = {
  does: 'buy',
  email: 'ann@shop.test',
  order: '1',
  placedAt: START,
  totalMinor: 100,
  state: 'placed',
}

describe('when what a profile shows last changed', () => {
  test('is the same in the ledger and at the destination after every push, whatever happened between two', async () => {
    await fc.assert(
      fc.asyncProperty(settings, fc.array(action, { minLength: 3, maxLength: 14 }), async (some, actions) => {
        const { act, push, held, stored } = await openWorld(some)
        for (const one of actions) await act(one)
        await push()
        for (const [email, properties] of held) expect(await stored(email)).toEqual(properties)
      }),
      { numRuns: 80 },
    )
  })

  test('does not move, and pushes nothing, while only what is not pushed changes', async () => {
    const { act, push, held } = await openWorld({ profiles: AOV_AND_WHEN })
    await act(bought)
    await push()
    // A second order of the same amount: another count and another last order, the same average.
    await act({ ...bought, order: '2', placedAt: new Date('2026-01-11T12:00:00Z') })
    expect(await push()).toBe(0)
    // Both leave the twelve months' window.
    await act({ does: 'wait', days: 370 })
    expect(await push()).toBe(0)
    expect(held.get('ann@shop.test')).toEqual({ aov: 1, aov_updated_at: '2026-01-11T12:00:00.000Z' })
  })

  test('is pushed when the rest has come back to what was pushed before', async () => {
    const { act, push, held, stored } = await openWorld({ profiles: AOV_AND_WHEN })
    await act(bought)
    await push()
    await act({ ...bought, totalMinor: 200 })
    await act(bought)
    await push()
    expect(held.get('ann@shop.test')).toEqual({ aov: 1, aov_updated_at: '2026-01-13T12:00:00.000Z' })
    expect(await stored('ann@shop.test')).toEqual(held.get('ann@shop.test'))
  })
})
