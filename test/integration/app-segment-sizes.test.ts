import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applySegments } from '../../src/app/apply-segments.ts'
import { checkSizes } from '../../src/app/check-sizes.ts'
import { type CountStep, countSegments } from '../../src/app/count-segments.ts'
import { hasDueCounts } from '../../src/app/has-due-counts.ts'
import { planSegments } from '../../src/app/plan-segments.ts'
import { loadSegmentOverviews } from '../../src/app/segment-overviews.ts'
import { sizeSamples } from '../../src/bin/size-samples.ts'
import type { AccountSettings } from '../../src/core/account.ts'
import { BugError } from '../../src/core/errors.ts'
import type { SegmentSpec } from '../../src/core/segments/segment.ts'
import type { KlaviyoSandboxOptions } from '../../src/sandbox/klaviyo/index.ts'
import { oneOrderEach, openRig, type Rig, type Shop } from '../support/account-rig.ts'
import { SETTINGS } from '../support/ledger.ts'
import { until } from '../support/until.ts'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const { signal } = new AbortController()

const above = (value: number, key = 'high'): SegmentSpec => ({
  key,
  name: `AOV | ${key}`,
  basis: 'property',
  all: [{ any: [{ property: 'aov', operator: 'gt', value }] }],
})

function parts({ services }: Shop) {
  const { settings, destination, segments, thresholds } = services
  return { settings, destination: destination.connector, segments, thresholds }
}

async function apply(shop: Shop): Promise<void> {
  const plan = await planSegments(parts(shop), { sizes: false, signal })
  await applySegments(parts(shop), plan, { prune: false, confirmed: true, signal })
}

/** `customers` with an order of €10 each, pushed, and the segments of the configuration applied and filled. */
async function openFilled(
  customers: number,
  settings: Partial<AccountSettings> = {},
  sandbox: KlaviyoSandboxOptions = {},
): Promise<Shop> {
  const shop = await rig.openShop({ segments: [above(5)], ...settings }, sandbox)
  await shop.sell(oneOrderEach(customers))
  await shop.push()
  await apply(shop)
  await until('members are there', () => shop.klaviyo.state.isSettled())
  return shop
}

const count = (shop: Shop): Promise<CountStep> => countSegments(parts(shop), { now: () => shop.clock.at, signal })
const overviews = (shop: Shop) => loadSegmentOverviews(parts(shop), { now: shop.clock.at, forecast: true })
const countsAsked = (shop: Shop) => shop.requests()['get_segment'] ?? 0

async function idOf(shop: Shop): Promise<string> {
  const [state] = await shop.services.segments.loadSegmentStates()
  if (state === undefined) throw new Error('no segment was applied')
  return state.remoteId
}

describe('reading sizes back', () => {
  it('does not take a mistake of ours for an answer that did not come', async () => {
    const shop = await openFilled(1)
    shop.clock.pass(HOUR_MS)
    const { destination, ...others } = parts(shop)
    const fetchSegmentSize = async () => {
      throw new BugError('a mistake')
    }
    const counting = { ...others, destination: { ...destination, fetchSegmentSize } }
    await expect(countSegments(counting, { now: () => shop.clock.at, signal })).rejects.toThrow(BugError)
  })

  it('waits until membership can be expected, without a request', async () => {
    const shop = await openFilled(5)
    shop.clock.pass(14 * MINUTE_MS)
    expect(await count(shop)).toEqual({ counted: [], unanswered: 0, waitMs: null })
    expect(countsAsked(shop)).toBe(0)
    expect(await overviews(shop)).toMatchObject([
      { key: 'high', counted: null, finding: { kind: 'not-yet', causes: [{ kind: 'just-changed' }] } },
    ])
  })

  it('finds that a segment fits, and counts it again a day later', async () => {
    const shop = await openFilled(5)
    shop.clock.pass(16 * MINUTE_MS)
    expect((await count(shop)).counted).toEqual([
      { key: 'high', members: 5, expectedMembers: 5, finding: { kind: 'fits', causes: [] } },
    ])
    shop.clock.pass(23 * HOUR_MS)
    expect((await count(shop)).counted).toEqual([])
    shop.clock.pass(HOUR_MS)
    expect((await count(shop)).counted).toHaveLength(1)
    expect(countsAsked(shop)).toBe(2)
  })

  it('is due after a restart between applying and counting', async () => {
    const shop = await openFilled(5)
    await shop.reopen({})
    shop.clock.pass(16 * MINUTE_MS)
    expect((await count(shop)).counted).toMatchObject([{ key: 'high', finding: { kind: 'fits' } }])
  })

  it('tells of a segment that stays empty, and looks again within the hour', async () => {
    const shop = await openFilled(5)
    shop.klaviyo.state.loseMembers(await idOf(shop))
    shop.clock.pass(16 * MINUTE_MS)
    expect((await count(shop)).counted).toMatchObject([{ members: 0, finding: { kind: 'empty' } }])
    shop.clock.pass(HOUR_MS)
    expect((await count(shop)).counted).toMatchObject([{ members: 0, finding: { kind: 'empty' } }])
    expect(await overviews(shop)).toMatchObject([
      { counted: { members: 0, expectedMembers: 5 }, finding: { kind: 'empty', causes: [{ kind: 'slow' }] } },
    ])
  })

  it('begins anew when the segment is changed', async () => {
    const shop = await openFilled(5)
    shop.klaviyo.state.loseMembers(await idOf(shop))
    shop.clock.pass(16 * MINUTE_MS)
    await count(shop)
    await shop.reopen({ settings: { segments: [above(4)] } })
    await apply(shop)
    const changed = { ...shop.clock.at }
    shop.clock.at = new Date()
    expect(await overviews(shop)).toMatchObject([
      { counted: null, lastChange: { kind: 'update' }, finding: { kind: 'not-yet' } },
    ])
    shop.clock.at = changed
  })

  it('tells of more members than there are customers', async () => {
    const shop = await openFilled(5)
    const strangers = Array.from({ length: 20 }, (_, index) => ({
      email: `stranger${index}@example.com`,
      properties: { aov: 500 },
    }))
    shop.klaviyo.state.seedProfiles(strangers)
    await until('members are there', () => shop.klaviyo.state.isSettled())
    shop.clock.pass(16 * MINUTE_MS)
    expect((await count(shop)).counted).toMatchObject([
      { members: 25, finding: { kind: 'off', causes: [{ kind: 'not-pushed-by-us', profiles: 20 }] } },
    ])
  })

  it('names the refused profiles that are missing', async () => {
    const shop = await rig.openShop({ segments: [above(5)] })
    shop.klaviyo.faults.add({ kind: 'row-error', rows: 8 })
    await shop.sell(oneOrderEach(20))
    await shop.push()
    await apply(shop)
    await until('members are there', () => shop.klaviyo.state.isSettled())
    shop.clock.pass(16 * MINUTE_MS)
    expect((await count(shop)).counted).toMatchObject([
      { members: 12, finding: { kind: 'off', causes: [{ kind: 'refused', customers: 8 }] } },
    ])
  })

  it('keeps the flows that start from it, and null where the key may not ask', async () => {
    const shop = await openFilled(5)
    shop.klaviyo.state.attachFlow(await idOf(shop), { name: 'Welcome back' })
    shop.clock.pass(16 * MINUTE_MS)
    await count(shop)
    expect(await overviews(shop)).toMatchObject([{ flows: [{ name: 'Welcome back', status: 'live' }] }])
  })

  it('leaves a segment for an hour about which Klaviyo does not answer', async () => {
    const shop = await openFilled(5)
    await shop.services.destination.connector.deleteSegment(await idOf(shop), signal)
    shop.clock.pass(16 * MINUTE_MS)
    expect(await count(shop)).toEqual({ counted: [], unanswered: 1, waitMs: null })
    shop.clock.pass(59 * MINUTE_MS)
    expect(await count(shop)).toEqual({ counted: [], unanswered: 0, waitMs: null })
  })
})

describe('more segments than Klaviyo counts at once', () => {
  it('are counted in several steps, each once, without a 429', async () => {
    const shop = await openFilled(5, {}, { enforceLimits: true })
    const segments = Array.from({ length: 7 }, (_, index) => above(5, `s${index}`))
    await shop.reopen({ settings: { segments } })
    const [state] = await shop.services.segments.loadSegmentStates()
    if (state === undefined) throw new Error('no segment was applied')
    for (const { key } of segments) await shop.services.segments.saveSegmentState({ ...state, key }, 'adopt')
    shop.clock.pass(16 * MINUTE_MS)
    const first = await count(shop)
    expect(first.waitMs).toBeGreaterThan(0)
    expect(first.counted.length).toBeGreaterThanOrEqual(5)
    const known = (await overviews(shop)).filter(({ counted }) => counted !== null)
    expect(known).toHaveLength(first.counted.length)
    expect(countsAsked(shop)).toBe(first.counted.length)
    expect(shop.klaviyo.requestCounts().throttled).toBe(0)
  })
})

describe('where only existing profiles are updated', () => {
  const updating = { profiles: { ...SETTINGS.profiles, mode: 'update-existing' as const } }

  it('customers without a profile are not expected as members', async () => {
    const shop = await rig.openShop({ segments: [above(5)], ...updating })
    shop.klaviyo.state.seedProfiles([{ email: 'c0@example.com' }, { email: 'c1@example.com' }])
    await shop.sell(oneOrderEach(6))
    await shop.push()
    await apply(shop)
    await until('members are there', () => shop.klaviyo.state.isSettled())
    shop.clock.pass(16 * MINUTE_MS)
    expect((await count(shop)).counted).toMatchObject([{ members: 2, expectedMembers: 2, finding: { kind: 'fits' } }])
    expect(await overviews(shop)).toMatchObject([
      { expected: { customers: 6, profiles: { confirmed: 2, absent: 4 } }, expectedMembers: 2 },
    ])
  })
})

describe('what was counted', () => {
  it('is a finding of check, and a figure of the metrics', async () => {
    const shop = await openFilled(5, { segments: [above(5), above(7, 'rich')] })
    shop.klaviyo.state.loseMembers(await idOf(shop))
    expect(await checkSizes(parts(shop), shop.clock.at)).toEqual([])
    shop.clock.pass(16 * MINUTE_MS)
    await count(shop)
    expect(await checkSizes(parts(shop), shop.clock.at)).toMatchObject([
      { level: 'ok', message: 'one segment is as large in Klaviyo as expected' },
      { level: 'warning', subject: 'segment high', message: 'AOV | high: empty in Klaviyo, 5 expected' },
    ])
    const samples = sizeSamples('main', await shop.services.segments.loadSegmentSights())
    expect(samples.map(({ name, labels, value }) => [name, labels['segment'], value])).toEqual([
      ['scontrino_segment_members', 'high', 0],
      ['scontrino_segment_members_expected', 'high', 5],
      ['scontrino_segment_misfit', 'high', 1],
      ['scontrino_segment_members', 'rich', 5],
      ['scontrino_segment_members_expected', 'rich', 5],
      ['scontrino_segment_misfit', 'rich', 0],
    ])
  })

  it('is due, until the key is refused', async () => {
    const shop = await openFilled(5)
    expect(await hasDueCounts(shop.services, shop.clock.at)).toBe(false)
    shop.clock.pass(16 * MINUTE_MS)
    expect(await hasDueCounts(shop.services, shop.clock.at)).toBe(true)
    await shop.services.pauses.pause('klaviyo', shop.services.destination.keyFingerprint, 'refused')
    expect(await hasDueCounts(shop.services, shop.clock.at)).toBe(false)
  })
})

describe('planning with sizes', () => {
  it('keeps what it counted', async () => {
    const shop = await openFilled(5)
    const plan = await planSegments(parts(shop), { sizes: true, now: shop.clock.at, signal })
    expect(plan.segments).toMatchObject([{ memberCount: 5, finding: { kind: 'fits' } }])
    expect(await overviews(shop)).toMatchObject([{ counted: { members: 5 }, finding: { kind: 'fits' } }])
    shop.clock.pass(16 * MINUTE_MS)
    expect((await count(shop)).counted).toEqual([])
  })

  it('says that it is too early while members are missing', async () => {
    const shop = await rig.openShop({ segments: [above(5)] }, { segmentDelayMs: HOUR_MS })
    await shop.sell(oneOrderEach(5))
    await shop.push()
    await apply(shop)
    const plan = await planSegments(parts(shop), { sizes: true, now: shop.clock.at, signal })
    expect(plan.segments).toMatchObject([
      { memberCount: 0, finding: { kind: 'not-yet', causes: [{ kind: 'just-changed' }] } },
    ])
    shop.clock.pass(16 * MINUTE_MS)
    expect((await count(shop)).counted).toHaveLength(1)
  })

  it('names a change by hand as the cause, which the overview then shows', async () => {
    const shop = await openFilled(10)
    const { connector } = shop.services.destination
    const definition = connector.toDefinition(above(99))
    await connector.updateSegment(await idOf(shop), { definition }, signal)
    await until('members are there', () => shop.klaviyo.state.isSettled())
    shop.clock.pass(16 * MINUTE_MS)
    const plan = await planSegments(parts(shop), { sizes: true, now: shop.clock.at, signal })
    expect(plan.segments).toMatchObject([
      { action: 'drifted', finding: { kind: 'empty', causes: [{ kind: 'drifted' }] } },
    ])
    expect(await overviews(shop)).toMatchObject([{ standing: 'drifted' }])
  })
})

describe('the overview', () => {
  it('shows what is not in Klaviyo yet, and what is no longer wanted', async () => {
    const shop = await openFilled(5)
    await shop.reopen({ settings: { segments: [above(9, 'new')] } })
    expect(await overviews(shop)).toMatchObject([
      { key: 'new', standing: 'create', remoteId: null, finding: null, expected: { customers: 5 } },
      { key: 'high', standing: 'unwanted', expected: null, finding: null, lastChange: { kind: 'create' } },
    ])
  })

  it('asks Klaviyo nothing', async () => {
    const shop = await openFilled(5)
    const before = shop.requests()
    await overviews(shop)
    expect(shop.requests()).toEqual(before)
  })
})
