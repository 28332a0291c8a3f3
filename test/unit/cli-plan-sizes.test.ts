import { describe, expect, it } from 'vitest'
import { causeText } from '../../src/app/size-words.ts'
import type { SizeCause, SizeFinding } from '../../src/core/segments/segment-size.ts'
import type { SegmentForecast } from '../../src/core/segments/segment-state-store.ts'
import { createCli } from '../support/cli.ts'
import { PLAN, plannedSegment } from '../support/cli-ledger.ts'

const FITS: SizeFinding = { kind: 'fits', causes: [] }

/** A plan of one segment of 100 customers, as the terminal shows it. */
async function planOf(changes: {
  profiles?: Partial<SegmentForecast['profiles']>
  expectedMembers?: number
  memberCount: number | null
  remoteId?: string
  lastCount?: { members: number; at: Date }
  finding: SizeFinding | null
}): Promise<string> {
  const profiles = { confirmed: 100, pending: 0, refused: 0, absent: 0, ...changes.profiles }
  const forecast = { customers: 100, orders: 120, revenueMinor: 500_000, profiles }
  const segment = plannedSegment({ key: 'high', action: 'unchanged', expectedMembers: 100, ...changes, forecast })
  const plan = async () => ({ ...PLAN, segments: [segment] })
  return (await createCli({ application: { plan } }).run('plan', '--account', 'main')).stdout
}

describe('sizes in a plan', () => {
  it('are numbers without a comment when they fit', async () => {
    const text = await planOf({ memberCount: 99, finding: FITS })
    expect(text).toMatch(/AOV \| high +100 +£5,000\.00 +99 +unchanged/)
    expect(text).not.toContain('warning')
    expect(text).not.toContain('with a profile')
  })

  it('are told as still filling while it is too early', async () => {
    const finding: SizeFinding = { kind: 'not-yet', causes: [{ kind: 'just-changed' }] }
    expect(await planOf({ memberCount: 12, finding })).toContain('12, filling')
  })

  it('are those of the last count where none was made now, with its time', async () => {
    const lastCount = { members: 97, at: new Date('2026-11-22T11:49:00Z') }
    const text = await planOf({ memberCount: null, remoteId: 'S1', lastCount, finding: FITS })
    expect(text).toContain('97, counted 2026-11-22 11:49 ')
  })

  it('are to be counted again where other members are expected than when they were counted', async () => {
    const lastCount = { members: 2_000, at: new Date('2026-11-22T11:49:00Z') }
    const finding: SizeFinding = { kind: 'outdated', causes: [{ kind: 'forecast-moved', customers: 2_001 }] }
    const text = await planOf({ memberCount: null, remoteId: 'S1', lastCount, finding })
    expect(text).toContain('2,000, counted 2026-11-22 11:49 +00:00, to be counted again')
    expect(text).not.toContain('warning')
  })

  it('tell a segment that is not there yet from one that was never counted', async () => {
    expect(await planOf({ memberCount: null, finding: null })).toContain('not there yet')
    expect(await planOf({ memberCount: null, remoteId: 'S1', finding: null })).toContain('not counted yet')
  })

  it('warn of an empty segment with its likely causes', async () => {
    const finding: SizeFinding = { kind: 'empty', causes: [{ kind: 'drifted' }, { kind: 'refused', customers: 1_200 }] }
    const text = await planOf({ memberCount: 0, finding })
    expect(text).toContain('warning: AOV | high: empty in Klaviyo, 100 expected')
    expect(text).toContain('→ somebody changed it in Klaviyo')
    expect(text).toContain('→ Klaviyo refused the profiles of 1,200 customers: scontrino rejects says why')
  })

  it('warn of one that is off, also where Klaviyo allowed no count now', async () => {
    const finding: SizeFinding = { kind: 'off', causes: [{ kind: 'not-pushed-by-us', profiles: 1 }] }
    expect(await planOf({ memberCount: 101, finding })).toContain('AOV | high: 101 in Klaviyo, 100 expected')
    expect(await planOf({ memberCount: null, finding })).toContain('not as large as expected when it was last counted')
  })

  it('show both numbers where customers without a profile are left out', async () => {
    const profiles = { confirmed: 60, absent: 40 }
    const text = await planOf({ profiles, expectedMembers: 60, memberCount: 60, finding: FITS })
    expect(text).toContain('with a profile')
    expect(text).toMatch(/100 +£5,000\.00 +60 +60 +unchanged/)
  })

  it('do not claim to know whether a customer has a profile who was never looked for', async () => {
    const profiles = { confirmed: 0, pending: 100 }
    expect(await planOf({ profiles, expectedMembers: 0, memberCount: 0, finding: FITS })).toMatch(/ 0–100 /)
  })
})

describe('causes in words', () => {
  const causes: SizeCause[] = [
    { kind: 'just-changed' },
    { kind: 'processing' },
    { kind: 'just-pushed', profiles: 2 },
    { kind: 'forecast-moved', customers: 2 },
    { kind: 'not-counted' },
    { kind: 'drifted' },
    { kind: 'not-applied' },
    { kind: 'no-profile', customers: 2 },
    { kind: 'refused', customers: 2 },
    { kind: 'pending', customers: 2 },
    { kind: 'prefix-changed', formerly: 'old_' },
    { kind: 'to-be-cleared', profiles: 2 },
    { kind: 'not-pushed-by-us', profiles: 2 },
    { kind: 'looked-at-daily' },
    { kind: 'own-figures' },
    { kind: 'slow' },
    { kind: 'unknown' },
  ]

  it('are all different', () => {
    expect(new Set(causes.map(causeText)).size).toBe(causes.length)
  })

  it('say one, and large numbers readably', () => {
    expect(causeText({ kind: 'pending', customers: 1 })).toContain('the profiles of one customer')
    expect(causeText({ kind: 'just-pushed', profiles: 12_345 })).toContain('12,345 profiles')
  })

  it('name a former prefix, or say that there was none', () => {
    expect(causeText({ kind: 'prefix-changed', formerly: 'old_' })).toContain('the prefix old_')
    expect(causeText({ kind: 'prefix-changed', formerly: '' })).toContain('no prefix')
  })
})
