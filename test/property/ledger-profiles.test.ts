import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccountSettings } from '../../src/core/account.ts'
import { POLICIES } from '../../src/core/policy.ts'
import { toProfileProperties } from '../../src/core/profile-properties.ts'
import {
  AOV_BANDS,
  AOV_SEGMENTS,
  CUSTOMER_TYPES,
  NUMERIC_PROPERTY_NAMES,
  PROPERTY_NAMES,
} from '../../src/core/property-names.ts'
import type { SegmentCondition, SegmentSpec } from '../../src/core/segment.ts'
import { openAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/aggregates.ts'
import { createOrderStore } from '../../src/store/orders.ts'
import { createProfileStateStore } from '../../src/store/profile-states.ts'
import { createSegmentStateStore } from '../../src/store/segment-states.ts'
import { computeAll, openTestLedger, SETTINGS, type TestLedger, toOrder, toPage } from '../support/ledger.ts'
import { NOW } from '../support/ledger-arbitraries.ts'
import { loadAggregates } from '../support/stored-ledger.ts'

const EMAILS = ['ann@shop.test', 'bob@shop.test', 'cem@shop.test', 'dot@shop.test']
const border = fc.constantFrom(1, 2, 1.5, 1.504, 1.996, 1.1, 3)
const bands = fc.option(
  fc
    .uniqueArray(border, { minLength: 2, maxLength: 2 })
    .map(([a = 1, b = 2]): [number, number] => [Math.min(a, b), Math.max(a, b)]),
  { freq: 6 },
)

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

const numericCondition: fc.Arbitrary<SegmentCondition> = fc.oneof(
  fc.record({
    property: fc.constantFrom(...NUMERIC_PROPERTY_NAMES),
    operator: fc.constantFrom('gt', 'gte', 'lt', 'lte', 'eq'),
    value: fc.constantFrom(-1, 0, 1, 1.5, 2, 3, 30.9, 31, 1e-7, 1e21),
  }),
  fc.record({
    property: fc.constantFrom(...NUMERIC_PROPERTY_NAMES),
    operator: fc.constant('between'),
    value: fc.tuple(border, border),
  }),
)
const TEXTS = {
  customer_type: CUSTOMER_TYPES,
  aov_band: AOV_BANDS,
  aov_segment: AOV_SEGMENTS,
  aov_currency: ['EUR', 'GBP'],
  aov_policy: ['net', "o'net"],
} as const
const textCondition: fc.Arbitrary<SegmentCondition> = fc
  .constantFrom('customer_type', 'aov_band', 'aov_segment', 'aov_currency', 'aov_policy')
  .chain((property) =>
    fc.oneof(
      fc.record({
        property: fc.constant(property),
        operator: fc.constant('eq'),
        value: fc.constantFrom(...TEXTS[property]),
      }),
      fc.record({
        property: fc.constant(property),
        operator: fc.constant('in'),
        value: fc.subarray<string>([...TEXTS[property]]),
      }),
    ),
  )
const spec: fc.Arbitrary<SegmentSpec> = fc
  .array(fc.record({ any: fc.array(fc.oneof(numericCondition, textCondition), { maxLength: 3 }) }), { maxLength: 3 })
  .map((all) => ({ key: 'k', name: 'n', basis: 'property', all }))

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
      // When it changed tells no two contents apart; whether the profile carries that property at all does.
      const changedAt = `${wanted.profiles.prefix}aov_updated_at`
      const properties = Object.entries(toProfileProperties(aggregate, wanted)).map(([name, value]) =>
        name === changedAt ? [name] : [name, value],
      )
      return [email, { desired, properties: JSON.stringify(properties.sort()) }]
    }),
  )
}

function holds(condition: SegmentCondition, properties: ReturnType<typeof toProfileProperties>): boolean {
  const value = properties[condition.property]
  if (value === null || value === undefined) return false
  if (condition.operator === 'in') return condition.value.includes(String(value))
  if (condition.operator === 'between')
    return condition.value[0] <= Number(value) && Number(value) <= condition.value[1]
  if (condition.operator === 'eq') return value === condition.value
  const [a, b] = [Number(value), Number(condition.value)]
  return { gt: a > b, gte: a >= b, lt: a < b, lte: a <= b }[condition.operator]
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

describe('a segment’s forecast', () => {
  test('counts exactly the profiles whose properties the segment asks for', async () => {
    await fc.assert(
      fc.asyncProperty(orders, bands, fc.array(spec, { minLength: 5, maxLength: 5 }), async (list, borders, specs) => {
        const account = await ledger.openAccount({ bands: borders })
        await createOrderStore(ledger.db, account).saveOrderPage('shop', page(list), new Date(0))
        await computeAll(createAggregateStore(ledger.db, account), NOW)
        const profiles = Object.values(await loadAggregates(ledger.db, account)).map((aggregate) => ({
          aggregate,
          properties: toProfileProperties({ ...aggregate, changedAt: NOW }, { ...SETTINGS, bands: borders }),
        }))
        const store = createSegmentStateStore(ledger.db, account)
        const together = await store.forecastSegments(specs)
        for (const [index, one] of specs.entries()) {
          const members = profiles.filter(({ properties }) =>
            one.all.every(({ any }) => any.some((condition) => holds(condition, properties))),
          )
          const alone = await store.forecastSegment(one)
          expect(together[index]).toEqual(alone)
          expect(alone).toEqual({
            customers: members.length,
            orders: members.reduce((sum, { aggregate }) => sum + aggregate.orderCount, 0),
            revenueMinor: members.reduce((sum, { aggregate }) => sum + aggregate.revenueMinor, 0),
            profiles: { confirmed: 0, pending: members.length, refused: 0, absent: 0 },
          })
        }
      }),
      { numRuns: 50 },
    )
  })
})
