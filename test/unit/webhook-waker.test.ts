import type { FlowProducer } from 'bullmq'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWebhookWaker, type WakeWebhooks } from '../../jobs/webhook-flow.ts'

const SLICE_MS = 500

/** A queue as far as the waker sees it: what was put in, and whether it still waits. */
let added: string[]
let state: string
let looks: number
let wake: WakeWebhooks

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000 * SLICE_MS })
  added = []
  state = 'delayed'
  looks = 0
  const flows = {
    async add({ opts }: { opts?: { jobId?: string } }) {
      added.push(opts?.jobId ?? '')
    },
  } as unknown as FlowProducer
  wake = createWebhookWaker(flows, {}, async () => {
    looks += 1
    return state
  })
})
afterEach(() => void vi.useRealTimers())

const tell = () => wake('main', 'shop')
const nextSlice = () => vi.setSystemTime(Date.now() + SLICE_MS)

describe('work on webhooks', () => {
  it('is put in once for all events of a slice', async () => {
    await Promise.all([tell(), tell(), tell()])
    expect(added).toHaveLength(1)
    expect(looks).toBe(0)
  })

  it('is not put in again while the last piece waits', async () => {
    await tell()
    nextSlice()
    await tell()
    expect(added).toHaveLength(1)
  })

  it('is put in for an event that comes after the waiting piece has begun, also within the same slice', async () => {
    await tell()
    nextSlice()
    await tell()
    state = 'active'
    await tell()
    expect(added).toHaveLength(2)
  })

  it('is put in for an event that comes while an earlier one looks and the piece begins', async () => {
    await tell()
    nextSlice()
    const earlier = tell()
    const later = tell()
    state = 'active'
    await Promise.all([earlier, later])
    expect(added).toHaveLength(2)
  })

  it('is looked at twice at most for a burst while the last piece waits', async () => {
    await tell()
    nextSlice()
    await Promise.all(Array.from({ length: 500 }, tell))
    expect(looks).toBe(2)
    expect(added).toHaveLength(1)
  })
})
