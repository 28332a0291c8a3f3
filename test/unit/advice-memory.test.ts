import { expect, test } from 'vitest'
import type { DistributionCell } from '../../src/core/numbers/distribution.ts'
import { createAdviceMemory } from '../../src/http/page/advice-memory.ts'
import { DISTRIBUTION } from '../support/distribution.ts'
import { createMemoryApplication } from '../support/http-application.ts'

const MINUTE_MS = 60_000

function withCells(change: (cell: DistributionCell, index: number) => DistributionCell) {
  return { ...DISTRIBUTION, cells: DISTRIBUTION.cells.map(change) }
}

function openMemory() {
  const base = createMemoryApplication()
  const state = { asked: 0, now: 0 }
  const memory = createAdviceMemory(
    {
      thresholds: (...asking) => {
        state.asked += 1
        return base.thresholds(...asking)
      },
    },
    new AbortController().signal,
    () => state.now,
  )
  return { memory, state }
}

test('advice is kept as long as the customers are the same', async () => {
  const { memory, state } = openMemory()
  await memory.advise('main', DISTRIBUTION)
  state.now = 1_000 * MINUTE_MS
  await memory.advise(
    'main',
    withCells((cell) => ({ ...cell })),
  )
  expect([state.asked, memory.find('main', DISTRIBUTION) === null]).toEqual([1, false])
})

test('advice is kept for some minutes when customers change, and then worked out anew', async () => {
  const { memory, state } = openMemory()
  const other = { ...DISTRIBUTION, orders: DISTRIBUTION.orders + 1 }
  await memory.advise('main', DISTRIBUTION)
  state.now = 4 * MINUTE_MS
  await memory.advise('main', other)
  expect(state.asked).toBe(1)
  state.now = 6 * MINUTE_MS
  expect(memory.find('main', other)).toBeNull()
  await memory.advise('main', other)
  expect(state.asked).toBe(2)
})

test('customers who only changed places are others', async () => {
  const { memory, state } = openMemory()
  await memory.advise('main', DISTRIBUTION)
  state.now = 6 * MINUTE_MS
  const moved = withCells((cell, index) => ({ ...cell, customers: cell.customers + ([1, -1][index] ?? 0) }))
  expect(memory.find('main', moved)).toBeNull()
})

test('advice is of one account', async () => {
  const { memory } = openMemory()
  await memory.advise('main', DISTRIBUTION)
  expect(memory.find('italy', DISTRIBUTION)).toBeNull()
})

test('advice that failed is worked out anew', async () => {
  const base = createMemoryApplication()
  let asked = 0
  const thresholds: typeof base.thresholds = (...asking) => {
    asked += 1
    return asked === 1 ? Promise.reject(new Error('the ledger did not answer')) : base.thresholds(...asking)
  }
  const memory = createAdviceMemory({ thresholds }, new AbortController().signal)
  await expect(memory.advise('main', DISTRIBUTION)).rejects.toThrow('did not answer')
  expect((await memory.advise('main', DISTRIBUTION)).advice).not.toEqual([])
})
