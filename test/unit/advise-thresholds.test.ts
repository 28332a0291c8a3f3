import { expect, test } from 'vitest'
import { adviseThresholdsAside } from '../../src/bin/advise-thresholds.ts'
import { AbortedError } from '../../src/core/errors.ts'
import type { AovCell } from '../../src/core/thresholds/aov-cell.ts'
import { adviseThresholds } from '../../src/core/thresholds/threshold-advice.ts'

const REQUEST = { window: 'lifetime', classes: 3 } as const
const NEVER = new AbortController().signal
/** As many different AOVs as a large shop has. */
const MANY: readonly AovCell[] = Array.from({ length: 20_000 }, (_, index) => {
  const aovMinor = 1_000 + 7 * index + (index % 3)
  return {
    aovMinor,
    customers: 1 + (index % 2),
    orders: 2 + 2 * (index % 2),
    revenueMinor: aovMinor * (2 + 2 * (index % 2)),
  }
})

test('advice that is worked out in a thread of its own is the same', async () => {
  expect(await adviseThresholdsAside(MANY, REQUEST, NEVER)).toEqual(adviseThresholds(MANY, REQUEST))
})

test('advice about nobody is none in a thread, too', async () => {
  expect(await adviseThresholdsAside([], REQUEST, NEVER)).toEqual(adviseThresholds([], REQUEST))
})

test('everything else goes on while advice is worked out', async () => {
  let turns = 0
  const timer = setInterval(() => {
    turns += 1
  }, 1)
  await adviseThresholdsAside(MANY, REQUEST, NEVER)
  clearInterval(timer)
  expect(turns).toBeGreaterThan(20)
})

test('advice is given up when the signal fires', async () => {
  const stopping = new AbortController()
  const advice = adviseThresholdsAside(MANY, REQUEST, stopping.signal)
  stopping.abort()
  await expect(advice).rejects.toThrow(AbortedError)
  await expect(adviseThresholdsAside(MANY, REQUEST, stopping.signal)).rejects.toThrow(AbortedError)
})
