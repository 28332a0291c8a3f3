import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccountSettings } from '../../src/core/account.ts'
import { ConfigError } from '../../src/core/errors.ts'
import { startOfDate } from '../../src/core/instant.ts'
import { toProfileProperties } from '../../src/core/profiles/profile-properties.ts'
import type { PendingProfile } from '../../src/core/profiles/profile-state-store.ts'
import { PROPERTY_NAMES } from '../../src/core/profiles/property-names.ts'
import type { SegmentSpec } from '../../src/core/segments/segment.ts'
import { judgeSegment } from '../../src/core/segments/segment-membership.ts'
import { toDefinition } from '../../src/destinations/klaviyo/definition.ts'
import { parseDefinition } from '../../src/sandbox/klaviyo/segment-definition.ts'
import { compileDefinition } from '../../src/sandbox/klaviyo/segment-evaluation.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { createProfileStateStore } from '../../src/store/profiles/profile-states.ts'
import { createSegmentStateStore } from '../../src/store/segments/segment-states.ts'
import { computeAll, openTestLedger, type TestLedger, toOrder, toPage } from '../support/ledger.ts'
import { anyBands, anySegment } from '../support/segment-arbitraries.ts'

const NOW = new Date('2026-06-15T10:30:00.123Z')
const DAY_MS = 86_400_000
/** The clock changes on two of them. */
const DAYS = ['2024-01-10', '2026-03-08', '2026-03-29', '2026-06-15', '2026-06-16']
const ZONES = ['Europe/Rome', 'America/New_York', 'Pacific/Auckland']

/** Instants at and beside the beginnings of days, and at and beside the ends of what is asked back from now. */
const placedAt = fc
  .tuple(
    fc.oneof(
      fc.tuple(fc.constantFrom(...DAYS), fc.constantFrom(...ZONES)).map(([day, zone]) => startOfDate(day, zone)),
      fc.constantFrom(0, 1, 30, 90, 365).map((days) => new Date(NOW.getTime() - days * DAY_MS)),
    ),
    fc.integer({ min: -1, max: 1 }),
  )
  .map(([date, ms]) => new Date(date.getTime() + ms))

/** Few values, so that numbers often are the same, or on a border. */
const orders = fc.array(
  fc.record({
    email: fc.option(fc.constantFrom('ann@shop.test', 'bob@shop.test', 'cem@shop.test', 'dot@shop.test'), { freq: 8 }),
    placedAt,
    totalMinor: fc.constantFrom(0, 1, 2, 99, 100, 101, 110, 150, 151, 199, 200, 201, 300, 3_100),
  }),
  { minLength: 1, maxLength: 10 },
)

const settings = fc.record({
  bands: fc.option(anyBands, { freq: 6 }),
  timezone: fc.constantFrom(...ZONES),
  profiles: fc.record({
    mode: fc.constant('create' as const),
    prefix: fc.constantFrom('', 'shop_'),
    properties: fc.constant(PROPERTY_NAMES),
    onErase: fc.constant('clear' as const),
  }),
})

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

/** A group of three betweens that all need a guard takes 81 conditions, and Klaviyo has a hundred. */
function fitsIntoKlaviyo(spec: SegmentSpec): boolean {
  try {
    toDefinition(spec, { prefix: '', timezone: 'UTC' })
    return true
  } catch (error) {
    if (error instanceof ConfigError) return false
    throw error
  }
}

/** The addresses that Klaviyo finds in a segment once the profiles are pushed. */
function membersInKlaviyo(
  spec: SegmentSpec,
  profiles: readonly PendingProfile[],
  account: AccountSettings,
  missingMatchesLessThan: boolean,
): string[] {
  const definition = parseDefinition(
    toDefinition(spec, { prefix: account.profiles.prefix, timezone: account.timezone }),
  )
  if (!('condition_groups' in definition)) throw new Error(definition.map(({ detail }) => detail).join('; '))
  const isMember = compileDefinition(definition, { predictive: new Map(), missingMatchesLessThan })
  const views = profiles.map(({ email, aggregate }) => ({
    email,
    properties: Object.fromEntries(
      Object.entries(toProfileProperties(aggregate, account)).filter(([, value]) => value !== null),
    ),
  }))
  return [...views, { email: 'stranger@shop.test', properties: {} }].flatMap(({ email, properties }) => {
    const profile = { email, createdAtMs: 0, updatedAtMs: 0, personal: {} }
    return isMember({ profile, properties }, NOW.getTime()) ? [email] : []
  })
}

describe('who is in a segment', () => {
  test.each([true, false])(
    'is the same for the ledger, for one customer explained, and for Klaviyo (where missing is less: %s)',
    async (missingMatchesLessThan) => {
      await fc.assert(
        fc.asyncProperty(
          orders,
          settings,
          fc.array(anySegment(DAYS).filter(fitsIntoKlaviyo), { minLength: 8, maxLength: 8 }),
          async (list, some, specs) => {
            const account = await ledger.openAccount(some)
            const bought = list.map(({ email, ...order }, index) =>
              toOrder({ ...order, externalId: `${index}`, customer: email === null ? null : { email } }),
            )
            await createOrderStore(ledger.db, account).saveOrderPage('shop', toPage(bought), new Date(0))
            // Some customers changed a month ago, and some not until now.
            await computeAll(createAggregateStore(ledger.db, account), new Date(NOW.getTime() - 30 * DAY_MS))
            const late = toOrder({ externalId: 'late', customer: { email: 'ann@shop.test' }, totalMinor: 150 })
            await createOrderStore(ledger.db, account).saveOrderPage('shop', toPage([late]), new Date(0))
            await computeAll(createAggregateStore(ledger.db, account), NOW)
            const profiles = await createProfileStateStore(ledger.db, account).loadPending(100)
            const forecasts = await createSegmentStateStore(ledger.db, account).forecastSegments(specs, NOW)
            for (const [index, spec] of specs.entries()) {
              const judged = profiles.filter(
                ({ aggregate }) => judgeSegment(spec, aggregate, account.settings, NOW).isIn,
              )
              expect(forecasts[index]).toEqual({
                customers: judged.length,
                orders: judged.reduce((sum, { aggregate }) => sum + (aggregate?.orderCount ?? 0), 0),
                revenueMinor: judged.reduce((sum, { aggregate }) => sum + (aggregate?.revenueMinor ?? 0), 0),
                profiles: { confirmed: 0, pending: judged.length, refused: 0, absent: 0 },
              })
              expect(membersInKlaviyo(spec, profiles, account.settings, missingMatchesLessThan)).toEqual(
                judged.map(({ email }) => email),
              )
            }
          },
        ),
        { numRuns: 40 },
      )
    },
  )
})
