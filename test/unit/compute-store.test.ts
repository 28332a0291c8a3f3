import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { computeStore } from '../../src/app/compute-store.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const QUARTERS = ['2026-10-01', '2026-07-01', '2026-04-01']

/** A store of three dirty quarters of ten periods; `inHand` is asked while a quarter is computed. */
function storeOf(inHand: (quarter: string, signal: AbortSignal) => void = () => undefined) {
  const dirty = new Set(QUARTERS)
  return {
    countDirty: async () => dirty.size * 10,
    async computeQuarter(before: string | null, signal: AbortSignal) {
      const quarter = QUARTERS.find((one) => before === null || one < before)
      if (quarter === undefined) return null
      inHand(quarter, signal)
      dirty.delete(quarter)
      return { quarter, periods: 10 }
    },
  }
}

test('the store is computed quarter by quarter, and how far is told', async () => {
  const told: unknown[] = []
  const { signal } = new AbortController()
  const counts = await computeStore({ storeNumbers: storeOf() }, { onProgress: (one) => told.push(one), signal })
  expect(counts).toEqual({ periods: 30, left: 0 })
  expect(told.at(0)).toEqual({ step: 'computing the store', done: 10, total: 30, unit: 'periods' })
})

test('stopped, it ends after the quarter in hand and tells what is left', async () => {
  const stop = new AbortController()
  const storeNumbers = storeOf((quarter) => {
    if (quarter === '2026-07-01') stop.abort()
  })
  const counts = await computeStore({ storeNumbers }, { onProgress: () => undefined, signal: stop.signal })
  expect(counts).toEqual({ periods: 20, left: 10 })
})

test('the quarter in hand is given three seconds', async () => {
  const stop = new AbortController()
  const seen: boolean[] = []
  const storeNumbers = storeOf((_, signal) => {
    stop.abort()
    for (const pauseMs of [2_999, 1]) {
      vi.advanceTimersByTime(pauseMs)
      seen.push(signal.aborted)
    }
  })
  await computeStore({ storeNumbers }, { onProgress: () => undefined, signal: stop.signal })
  expect(seen).toEqual([false, true])
})
