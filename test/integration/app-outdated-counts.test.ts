import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applySegments } from '../../src/app/apply-segments.ts'
import { checkSizes } from '../../src/app/check-sizes.ts'
import { countSegments } from '../../src/app/count-segments.ts'
import { outdateCounts } from '../../src/app/outdate-counts.ts'
import { planSegments } from '../../src/app/plan-segments.ts'
import { loadSegmentOverviews } from '../../src/app/segment-overviews.ts'
import { tallySizes } from '../../src/app/size-tally.ts'
import { RateLimitedError } from '../../src/core/errors.ts'
import type { SegmentSpec } from '../../src/core/segments/segment.ts'
import { oneOrderEach, openRig, type Rig, type Shop } from '../support/account-rig.ts'
import { HIGH } from '../support/high-segment.ts'
import { until } from '../support/until.ts'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

const MINUTE_MS = 60_000
const { signal } = new AbortController()

function parts({ services }: Shop) {
  const { settings, destination, segments, thresholds } = services
  return { settings, destination: destination.connector, segments, thresholds }
}

/** As a job does: what was pushed is in the history. */
async function push(shop: Shop): Promise<void> {
  const { runs } = shop.services
  const runId = await runs.startRun({ job: 'push-profiles', jobId: randomUUID(), trigger: 'cli', attempt: 1 })
  await runs.finishRun(runId, { counts: { ...(await shop.push()) } })
  await until('members are there', () => shop.klaviyo.state.isSettled())
}

const plan = (shop: Shop) => planSegments(parts(shop), { sizes: true, now: new Date(), signal })
const overviews = (shop: Shop) => loadSegmentOverviews(parts(shop), { now: new Date(), forecast: true })

/** 100 customers above the threshold, in a segment that fitted when it was counted. */
async function openCounted(): Promise<Shop> {
  const shop = await rig.openShop({ segments: [HIGH] })
  await shop.sell(oneOrderEach(100))
  await push(shop)
  await applySegments(parts(shop), await plan(shop), { prune: false, confirmed: true, signal })
  await until('members are there', () => shop.klaviyo.state.isSettled())
  expect((await plan(shop)).segments).toMatchObject([{ memberCount: 100, finding: { kind: 'fits' } }])
  return shop
}

/** The first so many customers bring too little now. */
async function cheapen(shop: Shop, customers: number): Promise<void> {
  await shop.sell(oneOrderEach(customers, 100, '2026-04-01'))
  await push(shop)
}

const OUTDATED = { kind: 'outdated', causes: [{ kind: 'forecast-moved', customers: 100 }] }

describe('a count that was judged by another forecast', () => {
  it('is no match any more on the page, in check and in the tally of a sync', async () => {
    const shop = await openCounted()
    await cheapen(shop, 90)
    expect(await overviews(shop)).toMatchObject([{ counted: { members: 100 }, finding: OUTDATED }])
    expect(await outdateCounts(parts(shop), new Date())).toBe(1)
    expect(await tallySizes(parts(shop))).toEqual({ outdated: 1 })
    expect(await checkSizes(parts(shop), new Date())).toMatchObject([
      { level: 'note', message: expect.stringContaining('one segment is to be counted again') },
    ])
  })

  it('is none in a plan either for which Klaviyo allows no count, where the old one keeps its time', async () => {
    const shop = await openCounted()
    await cheapen(shop, 90)
    const { destination, ...others } = parts(shop)
    const fetchSegmentSize = async () => {
      throw new RateLimitedError('asking for a size', 60_000)
    }
    const planning = { ...others, destination: { ...destination, fetchSegmentSize } }
    const { segments } = await planSegments(planning, { sizes: true, now: new Date(), signal })
    expect(segments).toMatchObject([
      { memberCount: null, lastCount: { members: 100, at: expect.any(Date) }, finding: OUTDATED },
    ])
  })

  it('is made again a quarter of an hour after the push instead of a day', async () => {
    const shop = await openCounted()
    await cheapen(shop, 90)
    const pushedAt = new Date()
    await outdateCounts(parts(shop), pushedAt)
    const countAfter = (minutes: number) =>
      countSegments(parts(shop), { now: () => new Date(pushedAt.getTime() + minutes * MINUTE_MS), signal })
    expect((await countAfter(14)).counted).toEqual([])
    expect((await countAfter(15)).counted).toMatchObject([
      { members: 10, expectedMembers: 10, finding: { kind: 'fits' } },
    ])
  })

  it('keeps its verdict while the forecast has moved no more than the tolerance', async () => {
    const shop = await openCounted()
    await cheapen(shop, 5)
    expect(await outdateCounts(parts(shop), new Date())).toBe(0)
    expect(await overviews(shop)).toMatchObject([{ finding: { kind: 'fits' } }])
  })

  it('does not fit for check either where the configuration asks for something else by now', async () => {
    const shop = await openCounted()
    const higher: SegmentSpec = { ...HIGH, all: [{ any: [{ property: 'aov', operator: 'gt', value: 6 }] }] }
    await shop.reopen({ settings: { segments: [higher] } })
    expect(await checkSizes(parts(shop), new Date())).toEqual([])
  })
})
