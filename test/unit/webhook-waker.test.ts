import type { FlowProducer } from 'bullmq'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWebhookWaker } from '../../jobs/webhook-flow.ts'

const SLICE_MS = 500

/** A queue as far as the waker sees it: what was put in, and whether it still waits. */
let added: string[]
let state: string
let looks: number
let begun: string[]
let waker: ReturnType<typeof createWebhookWaker>

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: 1_000 * SLICE_MS })
  added = []
  begun = []
  state = 'delayed'
  looks = 0
  const flows = {
    async add({ opts }: { opts?: { jobId?: string } }) {
      added.push(opts?.jobId ?? '')
    },
  } as unknown as FlowProducer
  waker = createWebhookWaker(
    flows,
    {},
    {
      async stateOf() {
        looks += 1
        return state
      },
      async begin(id) {
        begun.push(id)
      },
    },
  )
})
afterEach(() => {
  waker.close()
  vi.useRealTimers()
})

const tell = () => waker.wake('main', 'shop')
const nextSlice = () => vi.setSystemTime(Date.now() + SLICE_MS)

describe('work on webhooks', () => {
  it('is put in once for all events of a slice', async () => {
    await Promise.all([tell(), tell(), tell()])
    expect(added).toHaveLength(1)
  })

  it('is put in for an event of the same slice when a worker, whose clock is ahead, has begun', async () => {
    await tell()
    state = 'active'
    await tell()
    expect(added).toHaveLength(2)
  })

  it('is begun a moment after its slice, whatever the clocks of workers say', async () => {
    await tell()
    await vi.advanceTimersByTimeAsync(SLICE_MS)
    expect(begun).toEqual([])
    await vi.advanceTimersByTimeAsync(2 * SLICE_MS)
    expect(begun).toEqual(added.map((id) => id.replace('push-profiles', 'ingest-webhook')))
  })

  it('is not begun by a process that has ended', async () => {
    await tell()
    waker.close()
    await vi.advanceTimersByTimeAsync(10 * SLICE_MS)
    expect(begun).toEqual([])
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
    await Promise.all(Array.from({ length: 500 }, tell))
    expect(looks).toBe(2)
    expect(added).toHaveLength(1)
  })
})
