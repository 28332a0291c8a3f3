import { describe, expect, it } from 'vitest'
import {
  judgeSize,
  MEMBERSHIP_DELAY_MS,
  nextCountMs,
  type SizeSighting,
  toleranceOf,
} from '../../src/core/segments/segment-size.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** A segment of a hundred customers that was changed yesterday. */
function sighting({
  profiles = {},
  ...changes
}: Partial<SizeSighting> & { profiles?: Partial<SizeSighting['forecast']['profiles']> } = {}): SizeSighting {
  const held = { confirmed: 100, pending: 0, refused: 0, absent: 0, ...profiles }
  const customers = held.confirmed + held.pending + held.refused + held.absent
  return {
    members: customers,
    isProcessing: false,
    forecast: { customers, orders: customers, revenueMinor: 0, profiles: held },
    mode: 'create',
    basis: 'property',
    asksHowLongAgo: false,
    standing: 'unchanged',
    sinceChangeMs: 24 * HOUR_MS,
    sinceMisfitMs: null,
    justPushed: 0,
    toBeCleared: 0,
    formerPrefixes: [],
    ...changes,
  }
}

const kindOf = (changes: Parameters<typeof sighting>[0]) => judgeSize(sighting(changes)).kind
const causesOf = (changes: Parameters<typeof sighting>[0]) => judgeSize(sighting(changes)).causes

describe('the tolerance', () => {
  it.each([
    [0, 3],
    [60, 3],
    [79, 3],
    [80, 4],
    [1_000, 50],
  ])('around %i members is %i', (expected, tolerance) => {
    expect(toleranceOf(expected)).toBe(tolerance)
  })

  it.each([
    [95, 'fits'],
    [105, 'fits'],
    [94, 'off'],
    [106, 'off'],
  ])('of a hundred makes %i members %s', (members, kind) => {
    expect(kindOf({ members })).toBe(kind)
  })

  it('does not excuse that nobody is in it', () => {
    expect(kindOf({ members: 0, profiles: { confirmed: 2 } })).toBe('empty')
  })

  it('finds nothing wrong with nobody where nobody is expected', () => {
    expect(judgeSize(sighting({ members: 0, profiles: { confirmed: 0 } }))).toEqual({ kind: 'fits', causes: [] })
  })
})

describe('too early', () => {
  it('is within a quarter of an hour after a change', () => {
    expect(judgeSize(sighting({ members: 0, sinceChangeMs: MEMBERSHIP_DELAY_MS - 1 }))).toEqual({
      kind: 'not-yet',
      causes: [{ kind: 'just-changed' }],
    })
    expect(kindOf({ members: 0, sinceChangeMs: MEMBERSHIP_DELAY_MS })).toBe('empty')
  })

  it('is not said of a segment that fits already', () => {
    expect(kindOf({ members: 99, sinceChangeMs: 0 })).toBe('fits')
  })

  it('is while Klaviyo says that it is still processing', () => {
    expect(causesOf({ members: 40, isProcessing: true })).toEqual([{ kind: 'processing' }])
  })

  it('is while profiles that were just pushed can explain the difference', () => {
    expect(causesOf({ members: 70, justPushed: 25 })).toEqual([{ kind: 'just-pushed', profiles: 25 }])
    expect(kindOf({ members: 70, justPushed: 24 })).toBe('off')
  })

  it('is no excuse for more than three hours of counts that do not fit', () => {
    const late = { members: 40, isProcessing: true, justPushed: 100 }
    expect(kindOf({ ...late, sinceMisfitMs: 3 * HOUR_MS - 1 })).toBe('not-yet')
    expect(kindOf({ ...late, sinceMisfitMs: 3 * HOUR_MS })).toBe('off')
  })

  it('is said when Klaviyo does not tell', () => {
    expect(judgeSize(sighting({ members: null }))).toEqual({ kind: 'not-yet', causes: [{ kind: 'not-counted' }] })
  })
})

describe('where only existing profiles are updated', () => {
  const mode = 'update-existing' as const

  it('who has no profile is not expected', () => {
    expect(kindOf({ mode, members: 60, profiles: { confirmed: 60, absent: 40 } })).toBe('fits')
    expect(kindOf({ mode, members: 100, profiles: { confirmed: 60, absent: 40 } })).toBe('off')
  })

  it('an empty segment of customers without profiles is told, with that as the cause', () => {
    expect(judgeSize(sighting({ mode, members: 0, profiles: { confirmed: 0, absent: 40 } }))).toEqual({
      kind: 'empty',
      causes: [{ kind: 'no-profile', customers: 40 }],
    })
  })
})

describe('likely causes', () => {
  it('of too few are profiles that were refused', () => {
    expect(judgeSize(sighting({ members: 60, profiles: { confirmed: 60, refused: 40 } }))).toEqual({
      kind: 'off',
      causes: [{ kind: 'refused', customers: 40 }],
    })
  })

  it('are profiles that wait to be pushed', () => {
    expect(causesOf({ members: 60, profiles: { confirmed: 60, pending: 40 } })).toEqual([
      { kind: 'pending', customers: 40 },
    ])
  })

  it('begin with a change by hand', () => {
    expect(causesOf({ members: 60, standing: 'drifted', profiles: { confirmed: 60, refused: 40 } })).toEqual([
      { kind: 'drifted' },
      { kind: 'refused', customers: 40 },
    ])
  })

  it('are a configuration that was not written yet', () => {
    expect(causesOf({ members: 250, standing: 'update' })).toEqual([{ kind: 'not-applied' }])
  })

  it('are a former prefix only while something is still to be written', () => {
    const renamed = { members: 0, formerPrefixes: ['old_'] }
    expect(causesOf({ ...renamed, profiles: { confirmed: 0, pending: 100 } })).toEqual([
      { kind: 'pending', customers: 100 },
      { kind: 'prefix-changed', formerly: 'old_' },
    ])
    expect(causesOf(renamed)).toEqual([{ kind: 'unknown' }])
  })

  it('of too many are profiles that were not pushed by us', () => {
    expect(causesOf({ members: 180 })).toEqual([{ kind: 'not-pushed-by-us', profiles: 80 }])
  })

  it('of too many are profiles that are still to be cleared, when these are enough', () => {
    expect(causesOf({ members: 120, toBeCleared: 20 })).toEqual([{ kind: 'to-be-cleared', profiles: 20 }])
    expect(causesOf({ members: 121, toBeCleared: 20 }).map(({ kind }) => kind)).toEqual([
      'to-be-cleared',
      'not-pushed-by-us',
    ])
  })

  it('that nobody knows are Klaviyo’s slowness for three hours, and then unknown', () => {
    expect(causesOf({ members: 0, sinceChangeMs: 3 * HOUR_MS - 1 })).toEqual([{ kind: 'slow' }])
    expect(causesOf({ members: 0, sinceChangeMs: 3 * HOUR_MS })).toEqual([{ kind: 'unknown' }])
  })

  it('of a segment that asks how long ago something was are that Klaviyo looks once a day', () => {
    expect(causesOf({ members: 80, asksHowLongAgo: true })).toEqual([{ kind: 'looked-at-daily' }])
  })

  it('of an empty segment of Klaviyo’s own figures are those figures, which are not compared otherwise', () => {
    expect(judgeSize(sighting({ basis: 'predictive', members: 0 }))).toEqual({
      kind: 'empty',
      causes: [{ kind: 'own-figures' }],
    })
    expect(kindOf({ basis: 'predictive', members: 5 })).toBe('fits')
  })
})

describe('the next count', () => {
  const nextOf = (kind: 'fits' | 'not-yet' | 'empty' | 'off', sinceChangeMs: number, sinceMisfitMs: number | null) =>
    nextCountMs({ kind, causes: [] }, { sinceChangeMs, sinceMisfitMs })

  it('is a day later when it fits', () => {
    expect(nextOf('fits', 0, null)).toBe(24 * HOUR_MS)
  })

  it('is when membership can be expected', () => {
    expect(nextOf('not-yet', 4 * MINUTE_MS, null)).toBe(11 * MINUTE_MS)
    expect(nextOf('not-yet', MEMBERSHIP_DELAY_MS, null)).toBe(MEMBERSHIP_DELAY_MS)
    expect(nextOf('not-yet', -MINUTE_MS, null)).toBe(MEMBERSHIP_DELAY_MS)
  })

  it('is hourly for six hours of not fitting, then daily', () => {
    expect(nextOf('empty', HOUR_MS, null)).toBe(HOUR_MS)
    expect(nextOf('off', HOUR_MS, 6 * HOUR_MS - 1)).toBe(HOUR_MS)
    expect(nextOf('off', HOUR_MS, 6 * HOUR_MS)).toBe(24 * HOUR_MS)
  })
})
