import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AccountRequest, JobQueues } from '../../jobs/queues.ts'
import { startScheduler } from '../../jobs/scheduler.ts'
import { ConfigError, StoreError } from '../../src/core/errors.ts'
import { createLogger } from '../../src/lib/logger.ts'
import { SETTINGS } from '../support/ledger.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

interface Put {
  readonly request: AccountRequest
  readonly key: string | undefined
}

let close: () => Promise<void> = async () => undefined
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] }))
afterEach(async () => {
  await close()
  vi.useRealTimers()
})

/** A scheduler of one account, and what it puts in. */
function start(
  sync: string | null,
  timezone: string,
  queues: Partial<JobQueues> = {},
  hasDueCounts: () => Promise<boolean> = async () => false,
  prune: () => Promise<void> = async () => undefined,
): Put[] {
  const puts: Put[] = []
  const scheduler = startScheduler(
    [{ settings: { ...SETTINGS, timezone, schedule: { sync } }, sources: ['shop'], hasDueCounts, prune }],
    {
      hasUnfinished: async () => false,
      enqueue: async (_job, request, key) => {
        puts.push({ request, key })
        return []
      },
      ...queues,
    },
    createLogger('silent'),
  )
  close = () => scheduler.close()
  return puts
}

/** The instants of the ticks between two instants. */
async function ticksBetween(sync: string, timezone: string, from: string, to: string): Promise<string[]> {
  vi.setSystemTime(new Date(from))
  const puts = start(sync, timezone)
  await vi.advanceTimersByTimeAsync(new Date(to).getTime() - new Date(from).getTime())
  return puts.map(({ key }) => key?.replace('tick ', '') ?? '')
}

describe('ticks', () => {
  it('put in a sync of the account, keyed by the instant', async () => {
    vi.setSystemTime(new Date('2026-11-21T10:07:00.250Z'))
    const puts = start('*/15 * * * *', 'Europe/Rome')
    await vi.advanceTimersByTimeAsync(20 * MINUTE_MS)
    expect(puts).toEqual([
      { request: { account: 'main', sources: ['shop'], trigger: 'cron' }, key: 'tick 2026-11-21T10:15:00.000Z' },
    ])
  })

  it('are those of the account’s time zone', async () => {
    const day = ['2026-11-20T23:59:00Z', '2026-11-21T23:59:00Z'] as const
    expect(await ticksBetween('30 6 * * *', 'Europe/Rome', ...day)).toEqual(['2026-11-21T05:30:00.000Z'])
    await close()
    expect(await ticksBetween('30 6 * * *', 'America/New_York', ...day)).toEqual(['2026-11-21T11:30:00.000Z'])
    await close()
    expect(await ticksBetween('30 6 * * *', 'Asia/Kolkata', ...day)).toEqual(['2026-11-21T01:00:00.000Z'])
  })

  it('may be given with seconds', async () => {
    const ticks = await ticksBetween('*/20 * * * * *', 'UTC', '2026-11-21T10:00:01Z', '2026-11-21T10:01:01Z')
    expect(ticks).toHaveLength(3)
  })

  it('come never without a schedule', async () => {
    vi.setSystemTime(new Date('2026-11-21T10:00:00Z'))
    const puts = start(null, 'UTC')
    await vi.advanceTimersByTimeAsync(24 * HOUR_MS)
    expect(puts).toEqual([])
  })

  it('are left out while the last sync is unfinished', async () => {
    vi.setSystemTime(new Date('2026-11-21T10:01:00Z'))
    let unfinished = true
    const puts = start('*/15 * * * *', 'UTC', { hasUnfinished: async () => unfinished })
    await vi.advanceTimersByTimeAsync(30 * MINUTE_MS)
    unfinished = false
    await vi.advanceTimersByTimeAsync(15 * MINUTE_MS)
    expect(puts.map(({ key }) => key)).toEqual(['tick 2026-11-21T10:45:00.000Z'])
  })

  it('go on after one that the queue did not take', async () => {
    vi.setSystemTime(new Date('2026-11-21T10:01:00Z'))
    let away = true
    const puts = start('*/15 * * * *', 'UTC', {
      hasUnfinished: async () => {
        if (away) throw new StoreError('away')
        return false
      },
    })
    await vi.advanceTimersByTimeAsync(15 * MINUTE_MS)
    away = false
    await vi.advanceTimersByTimeAsync(15 * MINUTE_MS)
    expect(puts.map(({ key }) => key)).toEqual(['tick 2026-11-21T10:30:00.000Z'])
  })

  it('of a process that was busy for some seconds are those that were planned', async () => {
    vi.setSystemTime(new Date('2026-11-21T10:14:59Z'))
    const puts = start('*/15 * * * *', 'UTC')
    vi.setSystemTime(new Date('2026-11-21T10:15:20Z'))
    await vi.advanceTimersByTimeAsync(2_000)
    expect(puts.map(({ key }) => key)).toEqual(['tick 2026-11-21T10:15:00.000Z'])
  })

  it('are not repeated when the clock is put back', async () => {
    vi.setSystemTime(new Date('2026-11-21T10:59:30Z'))
    const puts = start('0 * * * *', 'UTC')
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    vi.setSystemTime(new Date('2026-11-21T10:30:00Z'))
    await vi.advanceTimersByTimeAsync(2 * HOUR_MS)
    const keys = puts.map(({ key }) => key)
    expect(keys).toEqual([...new Set(keys)])
    expect(keys).toContain('tick 2026-11-21T12:00:00.000Z')
  })

  it('end when the scheduler is closed', async () => {
    vi.setSystemTime(new Date('2026-11-21T10:01:00Z'))
    const puts = start('* * * * *', 'UTC')
    await close()
    await vi.advanceTimersByTimeAsync(HOUR_MS)
    expect(puts).toEqual([])
  })

  it('are refused when they cannot be understood', () => {
    expect(() => start('every day', 'UTC')).toThrow(ConfigError)
  })
})

describe('days that are not 24 hours long', () => {
  it('in spring have no tick for a time that does not exist, and the next day has', async () => {
    const ticks = await ticksBetween('30 2 * * *', 'Europe/Rome', '2026-03-27T12:00:00Z', '2026-03-30T12:00:00Z')
    expect(ticks).toEqual(['2026-03-28T01:30:00.000Z', '2026-03-30T00:30:00.000Z'])
  })

  it('in spring have 23 hourly ticks', async () => {
    const ticks = await ticksBetween('0 * * * *', 'Europe/Rome', '2026-03-28T22:59:00Z', '2026-03-29T21:59:00Z')
    expect(ticks).toHaveLength(23)
    expect(new Set(ticks).size).toBe(23)
  })

  it('in autumn have 25 hourly ticks, each an hour after the one before', async () => {
    const ticks = await ticksBetween('0 * * * *', 'Europe/Rome', '2026-10-24T21:59:00Z', '2026-10-25T22:59:00Z')
    expect(ticks).toHaveLength(25)
    expect(new Set(ticks).size).toBe(25)
  })

  it('in autumn have ticks every quarter of an hour without a gap', async () => {
    const ticks = await ticksBetween('*/15 * * * *', 'Europe/Rome', '2026-10-24T23:59:00Z', '2026-10-25T03:01:00Z')
    expect(ticks).toHaveLength(13)
  })

  it('have ticks on the local quarter of an hour where the zone is half an hour off', async () => {
    const ticks = await ticksBetween('40 * * * *', 'Australia/Adelaide', '2026-11-21T10:00:00Z', '2026-11-21T11:30:00Z')
    expect(ticks).toEqual(['2026-11-21T10:10:00.000Z', '2026-11-21T11:10:00.000Z'])
  })

  it('in autumn have one tick for a daily time that comes twice', async () => {
    const ticks = await ticksBetween('30 2 * * *', 'Europe/Rome', '2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z')
    expect(ticks).toHaveLength(2)
  })
})

describe('sizes of segments', () => {
  const puts = (queues: Partial<JobQueues>, hasDueCounts: () => Promise<boolean>): string[] => {
    const jobs: string[] = []
    const enqueue: JobQueues['enqueue'] = async (job, _request, key) => {
      jobs.push(`${job} ${key}`)
      return []
    }
    start(null, 'UTC', { enqueue, ...queues }, hasDueCounts)
    return jobs
  }

  it('are looked after within a minute of being due, also without a schedule', async () => {
    vi.setSystemTime(new Date('2026-11-21T10:00:30Z'))
    const dueAt = Date.parse('2026-11-21T10:04:10Z')
    let counted = false
    const jobs = puts({}, async () => Date.now() >= dueAt && !counted)
    await vi.advanceTimersByTimeAsync(5 * MINUTE_MS)
    expect(jobs).toEqual(['count-segments tick 2026-11-21T10:05:00.000Z'])
    counted = true
    await vi.advanceTimersByTimeAsync(5 * MINUTE_MS)
    expect(jobs).toHaveLength(1)
  })

  it.each(['sync', 'count-segments'] as const)('are left to a %s that is under way', async (busy) => {
    vi.setSystemTime(new Date('2026-11-21T10:00:30Z'))
    const jobs = puts({ hasUnfinished: async (job) => job === busy }, async () => true)
    await vi.advanceTimersByTimeAsync(5 * MINUTE_MS)
    expect(jobs).toEqual([])
  })

  it('of one account that cannot be looked at leave the next minute alone', async () => {
    vi.setSystemTime(new Date('2026-11-21T10:00:30Z'))
    let looks = 0
    const jobs = puts({}, async () => {
      looks += 1
      if (looks === 1) throw new StoreError('away')
      return true
    })
    await vi.advanceTimersByTimeAsync(2 * MINUTE_MS)
    expect(jobs).toEqual(['count-segments tick 2026-11-21T10:02:00.000Z'])
  })
})

describe('the history', () => {
  it('is tidied every night, also without a schedule, and after a night on which it could not be', async () => {
    vi.setSystemTime(new Date('2026-11-21T10:00:00Z'))
    const nights: string[] = []
    const prune = async () => {
      nights.push(new Date().toISOString().slice(0, 16))
      if (nights.length === 1) throw new StoreError('away')
    }
    start(null, 'UTC', {}, async () => false, prune)
    await vi.advanceTimersByTimeAsync(48 * HOUR_MS)
    expect(nights).toEqual(['2026-11-22T03:23', '2026-11-23T03:23'])
  })
})
