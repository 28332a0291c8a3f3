import { describe, expect, it } from 'vitest'
import { familyOf, parseJobData } from '../../jobs/job-data.ts'
import { RecordError } from '../../src/core/errors.ts'

const DATA = { account: 'main', full: true, dryRun: false, acceptDeletions: false, trigger: 'cli' }

describe('what a job carries', () => {
  it('is read as it was put in', () => {
    expect(parseJobData({ ...DATA, source: 'shop', counts: { orders: 3 } })).toEqual({
      ...DATA,
      source: 'shop',
      counts: { orders: 3 },
    })
  })

  it('is not full and not dry unless it says so', () => {
    expect(parseJobData({ account: 'main', trigger: 'cron' })).toMatchObject({ full: false, dryRun: false })
  })

  it.each([
    ['nothing', undefined, 'the whole'],
    ['no account', { trigger: 'cli' }, 'account'],
    ['another trigger', { ...DATA, trigger: 'page' }, 'trigger'],
    ['an unknown field', { ...DATA, shops: ['a'] }, 'shops'],
    ['an unknown step', { ...DATA, flow: { 'push-events': 'x' } }, 'flow'],
    ['text for a number', { ...DATA, counts: { orders: 'many' } }, 'counts.orders'],
  ])('is refused with its place when another version put in %s', (_what, data, place) => {
    expect(() => parseJobData(data)).toThrow(RecordError)
    expect(() => parseJobData(data)).toThrow(new RegExp(`another version.*${place}`))
  })

  it('is never repeated in the refusal', () => {
    expect(() => parseJobData({ ...DATA, trigger: 'anna@example.com' })).toThrow(/^(?!.*anna)/)
  })
})

describe('the jobs of a flow', () => {
  it('are named in the order in which they run', () => {
    const flow = { 'pull-orders': ['p1', 'p2'], 'compute-aggregates': 'c', 'push-profiles': 'q', 'sync-segments': 's' }
    expect(familyOf(flow).map(({ id }) => id)).toEqual(['p1', 'p2', 'c', 'q', 's'])
  })
})
