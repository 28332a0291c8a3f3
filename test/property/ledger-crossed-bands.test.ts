import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { followThresholds } from '../../src/app/follow-thresholds.ts'
import { toMajor } from '../../src/core/money.ts'
import { toPropertyValues } from '../../src/core/profiles/profile-properties.ts'
import { nextBand } from '../../src/core/thresholds/band.ts'
import type { MoneyValue, ThresholdRef } from '../../src/core/thresholds/threshold.ts'
import { openRig, type Rig } from '../support/account-rig.ts'
import { toOrder } from '../support/ledger.ts'

const OPTIONS = { tolerance: 0, atMostEveryDays: 0, round: false }
const threshold = fc
  .constantFrom('store_aov', 'store_median', 'p10', 'p50', 'p90')
  .map((name): ThresholdRef => ({ name, window: 'lifetime' }))
const pair: fc.Arbitrary<readonly [MoneyValue, MoneyValue]> = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 60 }), threshold),
  fc.tuple(threshold, fc.integer({ min: 1, max: 60 })),
  fc.tuple(threshold, threshold),
)
const step = fc.record({ borders: pair, sold: fc.array(fc.integer({ min: 100, max: 6_000 }), { maxLength: 4 }) })

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

test('everybody’s band goes by the last borders that parted, and is never taken away because others cross', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 5 }), async (steps) => {
      const shop = await rig.openShop()
      let last: readonly [number, number] | null = null
      let count = 0
      for (const { borders, sold } of steps) {
        shop.clock.pass(1_000)
        const bands = { at: borders, margin: null, minStayDays: null }
        await shop.reopen({ settings: { bands, following: { options: OPTIONS, bands: borders, segments: [] } } })
        await shop.sell(
          sold.map((totalMinor) => {
            count += 1
            return toOrder({ externalId: `${count}`, totalMinor, customer: { email: `${count}@shop.test` } })
          }),
        )
        await followThresholds(shop.services, { now: shop.clock.at, look: 'when-due' })
        const { settings, thresholds } = shop.services
        const values = await thresholds.loadThresholds()
        const [low, high] = borders.map((border) => {
          if (typeof border === 'number') return border
          const found = values.find(({ name }) => name === border.name)
          return found === undefined ? null : toMajor(found.valueMinor, settings.currency)
        })
        if (low != null && high != null && low < high) last = [low, high]
        for (const { aggregate } of await shop.services.profiles.loadPending(100)) {
          if (aggregate === null) throw new Error('somebody without orders')
          const rule = last === null ? null : { borders: last, margin: null, minStayDays: null }
          const aov = toMajor(aggregate.aovMinor, settings.currency)
          const expected = rule === null ? null : nextBand(null, aov, rule, shop.clock.at).band
          expect(toPropertyValues(aggregate, settings).aov_band).toBe(expected)
        }
      }
    }),
    { numRuns: 25 },
  )
})
