import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findContradiction } from '../../config/segment-contradiction.ts'
import { aggregateCustomer } from '../../src/core/customers/aggregates.ts'
import { judgeSegment } from '../../src/core/segments/segment-membership.ts'
import { SETTINGS } from '../support/ledger.ts'
import { NOW } from '../support/ledger-arbitraries.ts'
import { anyBands, anySegment } from '../support/segment-arbitraries.ts'
import { toStored } from '../support/stored-aggregate.ts'

const DAYS = ['2026-01-10', '2026-01-11', '2026-05-01']
const order = fc.record({
  placedAt: fc.constantFrom(...DAYS).map((day) => new Date(`${day}T12:00:00Z`)),
  totalMinor: fc.constantFrom(99, 100, 110, 150, 151, 199, 200, 201, 300, 3_100),
})

test('nobody is ever in a segment of which the configuration says so', () => {
  let refused = 0
  fc.assert(
    fc.property(
      anySegment(DAYS),
      fc.option(anyBands),
      fc.array(fc.array(order, { minLength: 1, maxLength: 3 }), { minLength: 10, maxLength: 10 }),
      ({ all }, bands, customers) => {
        fc.pre(findContradiction(all) !== null)
        refused += 1
        const settings = { ...SETTINGS, bands }
        for (const bought of customers) {
          const orders = bought.map((one) => ({
            ...one,
            currency: 'EUR',
            refundedMinor: 0,
            state: 'placed' as const,
            test: false,
          }))
          const aggregate = aggregateCustomer(orders, [], settings, NOW)
          const judged = judgeSegment({ all }, toStored(aggregate, settings, NOW), settings, NOW)
          expect(judged.isIn).toBe(false)
        }
      },
    ),
    { numRuns: 200, maxSkipsPerRun: 1_000 },
  )
  expect(refused).toBeGreaterThanOrEqual(200)
})
