import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applySegments } from '../../src/app/apply-segments.ts'
import { checkBands } from '../../src/app/check-bands.ts'
import { followThresholds, loadFollowed } from '../../src/app/follow-thresholds.ts'
import { planSegments } from '../../src/app/plan-segments.ts'
import { loadSegmentOverviews } from '../../src/app/segment-overviews.ts'
import type { SegmentPlan } from '../../src/app/segment-plan.ts'
import type { AccountSettings } from '../../src/core/account.ts'
import type { Following } from '../../src/core/thresholds/following.ts'
import type { ThresholdRef } from '../../src/core/thresholds/threshold.ts'
import { openRig, type Rig, type Shop } from '../support/account-rig.ts'
import { toOrder } from '../support/ledger.ts'
import { until } from '../support/until.ts'

const { signal } = new AbortController()
const DAY_MS = 86_400_000
const STORE_AOV: ThresholdRef = { name: 'store_aov', window: 'lifetime' }
const P75: ThresholdRef = { name: 'p75', window: 'lifetime' }
const OPTIONS = { tolerance: 0.1, atMostEveryDays: 30, round: true }

/** Customers above the store's AOV; and whoever buys at all, in numbers. */
const SEGMENTS: Following['segments'] = [
  {
    key: 'high',
    name: 'AOV | High > {store_aov}',
    basis: 'property',
    all: [{ any: [{ property: 'aov', operator: 'gt', value: STORE_AOV }] }],
  },
  { key: 'all', name: 'AOV | All', basis: 'property', all: [{ any: [{ property: 'aov', operator: 'gt', value: 0 }] }] },
]

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

function openShop(settings: Partial<AccountSettings> = {}): Promise<Shop> {
  return rig.openShop({ following: { options: OPTIONS, bands: null, segments: SEGMENTS }, ...settings })
}

function withBands(low: number, high: ThresholdRef): Partial<AccountSettings> {
  return {
    bands: { at: [low, high], margin: null, minStayDays: null },
    following: { options: OPTIONS, bands: [low, high], segments: [] },
  }
}

/** One order each, of so many euros; `round` tells the orders of several calls apart. */
const sell = (shop: Shop, euros: readonly number[], round = 0) =>
  shop.sell(
    euros.map((amount, index) =>
      toOrder({
        externalId: `${round}-${index}`,
        totalMinor: amount * 100,
        placedAt: shop.clock.at,
        customer: { email: `${round}-${index}@shop.test` },
      }),
    ),
  )

function parts({ services }: Shop) {
  const { settings, destination, segments, thresholds } = services
  return { settings, destination: destination.connector, segments, thresholds }
}

const plan = (shop: Shop) => planSegments(parts(shop), { sizes: true, now: shop.clock.at, signal })
const follow = ({ services, clock }: Shop) => followThresholds(services, { now: clock.at, look: 'when-due' })

async function apply(shop: Shop): Promise<SegmentPlan> {
  const planned = await plan(shop)
  await applySegments(parts(shop), planned, { prune: true, confirmed: true, signal })
  return planned
}

const actions = ({ segments }: SegmentPlan) => segments.map(({ name, action }) => [name, action])
const outcomes = ({ following }: SegmentPlan) => following?.decisions.map(({ outcome }) => outcome)
const bandsOf = async ({ services }: Shop) =>
  (await services.profiles.loadPending(100)).map(({ aggregate }) => aggregate?.band)

it('a segment that a threshold gives the name of another is refused with both keys, and nothing is made', async () => {
  const [high] = SEGMENTS
  if (high === undefined) throw new Error('there is no segment over a threshold')
  const everybody = SEGMENTS.slice(1).map((segment) => ({ ...segment, name: 'AOV | High > €50' }))
  const following = { options: OPTIONS, bands: null, segments: [high, ...everybody] }
  const shop = await openShop({ following })
  await sell(shop, [40, 60])
  await expect(plan(shop)).rejects.toMatchObject({
    code: 'E_CONFIG',
    problems: [{ message: 'the segments high and all would have one name, “AOV | High > €50”' }],
  })
  expect(shop.requests()['create_segment']).toBeUndefined()
})

describe('a segment over a threshold', () => {
  it('is not made before the shop has customers, and the plan says why', async () => {
    const shop = await openShop()
    const planned = await apply(shop)
    expect(actions(planned)).toEqual([['AOV | All', 'create']])
    expect(planned.following?.waiting).toEqual([
      {
        key: 'high',
        name: 'AOV | High > {store_aov}',
        cause: { kind: 'no-value', thresholds: [{ name: 'store_aov', window: 'lifetime' }] },
        remoteId: null,
      },
    ])
    expect(await shop.services.thresholds.loadThresholds()).toEqual([])
  })

  it('is made with today’s figure as a price, in its definition and in its name', async () => {
    const shop = await openShop()
    await sell(shop, [20, 60, 163])
    const planned = await apply(shop)
    expect(actions(planned)).toEqual([
      ['AOV | High > €80', 'create'],
      ['AOV | All', 'create'],
    ])
    expect(planned.segments[0]?.forecast).toMatchObject({ customers: 1, revenueMinor: 16_300 })
    expect(await shop.services.thresholds.loadThresholds()).toEqual([
      { ...STORE_AOV, valueMinor: 8_000, rawMinor: 8_100, decidedAt: shop.clock.at, lookedAt: shop.clock.at },
    ])
  })

  it('stays while today’s figure is near, is held while it moved lately, then moves and stays the same segment', async () => {
    const shop = await openShop()
    await sell(shop, [20, 60, 163])
    await apply(shop)
    const [before] = await shop.services.segments.loadSegmentStates()

    await sell(shop, [100], 1)
    const near = await plan(shop)
    expect(outcomes(near)).toEqual(['kept'])
    expect(actions(near).map(([, action]) => action)).toEqual(['unchanged', 'unchanged'])

    await sell(shop, [157, 220], 2)
    shop.clock.pass(29 * DAY_MS)
    const early = await apply(shop)
    expect(early.following?.decisions[0]).toMatchObject({ outcome: 'held', valueMinor: 8_000, wantedMinor: 12_500 })

    shop.clock.pass(DAY_MS)
    expect(actions(await apply(shop))).toEqual([
      ['AOV | High > €125', 'update'],
      ['AOV | All', 'unchanged'],
    ])
    await until('members are there', () => shop.klaviyo.state.isSettled())
    const states = await shop.services.segments.loadSegmentStates()
    const after = states.find(({ key }) => key === before?.key)
    expect(after?.remoteId).toBe(before?.remoteId)
  })

  it('is planned without keeping anything', async () => {
    const shop = await openShop()
    await sell(shop, [20, 60, 163])
    expect(outcomes(await plan(shop))).toEqual(['set'])
    expect(outcomes(await plan(shop))).toEqual(['set'])
  })

  it('is neither unwanted nor deleted while it waits', async () => {
    const shop = await openShop()
    await sell(shop, [20, 60, 163])
    await apply(shop)
    await shop.reopen({ settings: { currency: 'GBP' } })
    await shop.compute()
    const planned = await apply(shop)
    expect(planned.following?.waiting.map(({ key }) => key)).toEqual(['high'])
    expect(actions(planned)).toEqual([['AOV | All', 'unchanged']])
    expect(shop.klaviyo.state.summary().segments).toBe(2)
    const overviews = await loadSegmentOverviews(
      { ...parts(shop), settings: (await loadFollowed(shop.services)).settings },
      { now: shop.clock.at, forecast: false },
    )
    expect(overviews.map(({ key, standing }) => [key, standing])).toEqual([
      ['all', 'unchanged'],
      ['high', 'waiting'],
    ])
  })

  it('is decided anew under another policy, tolerance or not', async () => {
    const shop = await openShop()
    await sell(shop, [20, 60, 163])
    await apply(shop)
    await shop.reopen({ settings: { policy: { ...shop.services.settings.policy, tax: 'exclude' } } })
    expect(outcomes(await plan(shop))).toEqual(['set'])
  })
})

describe('a plan with bands', () => {
  it('tells who went back and forth lately, by the borders alone and as configured', async () => {
    const shop = await rig.openShop({ bands: { at: [60, 120], margin: 0.05, minStayDays: null } })
    const order = (index: number, days: number, euros: number) =>
      toOrder({
        externalId: `${index}`,
        totalMinor: euros * 100,
        placedAt: new Date(shop.clock.at.getTime() - days * DAY_MS),
        customer: { email: 'ann@shop.test' },
      })
    await shop.sell([order(1, 200, 59), order(2, 50, 63), order(3, 40, 50)])
    expect((await plan(shop)).wavering).toEqual({ days: 91, plain: 1, held: 0 })
  })

  it('tells nothing where there are none', async () => {
    expect((await plan(await rig.openShop({ bands: null }))).wavering).toBeNull()
  })
})

describe('with a minimum stay', () => {
  const stay = (at: readonly [number, number | ThresholdRef]): Partial<AccountSettings> => ({
    bands: { at, margin: null, minStayDays: 14 },
    following:
      typeof at[1] === 'number' ? null : { options: { ...OPTIONS, atMostEveryDays: 0 }, bands: at, segments: [] },
  })

  it('a border that is corrected in the configuration moves everybody at once', async () => {
    const shop = await rig.openShop(stay([20, 200]))
    await sell(shop, [30, 60, 100])
    expect(await bandsOf(shop)).toEqual(['mid', 'mid', 'mid'])
    await shop.reopen({ settings: stay([50, 90]) })
    expect((await plan(shop)).heldInBand).toBe(0)
    await shop.compute()
    expect(await bandsOf(shop)).toEqual(['low', 'mid', 'high'])
  })

  it('a border that follows the shop holds them, and the plan says how many', async () => {
    const shop = await rig.openShop(stay([20, P75]))
    await sell(shop, [30, 60, 100, 110])
    await follow(shop)
    expect(await bandsOf(shop)).toEqual(['mid', 'mid', 'mid', 'high'])
    shop.clock.pass(DAY_MS)
    await sell(shop, [500, 500, 500, 500], 1)
    expect((await plan(shop)).heldInBand).toBe(5)
    expect(await follow(shop)).toEqual({ thresholds: 1, rebanded: 0 })
    expect((await plan(shop)).heldInBand).toBe(5)
    shop.clock.pass(14 * DAY_MS)
    await follow(shop)
    expect((await plan(shop)).heldInBand).toBe(0)
    expect(new Set(await bandsOf(shop))).toEqual(new Set(['mid']))
  })

  it('a border in numbers beside one that follows is corrected at once, too', async () => {
    const shop = await rig.openShop(stay([20, P75]))
    await sell(shop, [30, 60, 100, 110])
    await follow(shop)
    await shop.reopen({ settings: stay([50, P75]) })
    await shop.compute()
    expect(await follow(shop)).toEqual({ thresholds: 0, rebanded: 1 })
    expect(await bandsOf(shop)).toEqual(['low', 'mid', 'mid', 'high'])
  })
})

describe('bands over thresholds', () => {
  it('are of no amount in another currency than the one they were decided in', async () => {
    const shop = await rig.openShop(withBands(25, P75))
    await sell(shop, [20, 30, 40, 100])
    await follow(shop)
    await shop.reopen({ settings: { currency: 'GBP' } })
    await shop.sell([toOrder({ externalId: 'pounds', currency: 'GBP', customer: { email: 'ann@shop.test' } })])
    const pending = await shop.services.profiles.loadPending(100)
    expect(pending.map(({ aggregate }) => aggregate?.band).filter((band) => band !== undefined)).toEqual([null])
  })

  it('are nobody’s until their borders have a value, and everybody’s before profiles are pushed', async () => {
    const shop = await rig.openShop(withBands(25, P75))
    await sell(shop, [20, 30, 40, 100])
    expect(await bandsOf(shop)).toEqual([null, null, null, null])
    expect(await follow(shop)).toEqual({ thresholds: 1, rebanded: 4 })
    expect(await bandsOf(shop)).toEqual(['low', 'mid', 'mid', 'high'])
    expect(await follow(shop)).toEqual({ thresholds: 0, rebanded: 0 })
  })

  it('cost no look at all customers while no border may move, and then one a day while it stays', async () => {
    const shop = await rig.openShop(withBands(25, P75))
    await sell(shop, [20, 30, 40, 100])
    await follow(shop)
    let looks = 0
    const { thresholds } = shop.services
    const counting = {
      ...thresholds,
      loadAovCells: (window: ThresholdRef['window']) => {
        looks += 1
        return thresholds.loadAovCells(window)
      },
    }
    const again = async (look: 'always' | 'when-due' = 'when-due') => {
      await followThresholds({ ...shop.services, thresholds: counting }, { now: shop.clock.at, look })
      return looks
    }
    expect(await again()).toBe(0)
    shop.clock.pass(30 * DAY_MS)
    expect([await again(), await again()]).toEqual([1, 1])
    expect(await again('always')).toBe(2)
    shop.clock.pass(DAY_MS)
    expect([await again(), await again()]).toEqual([3, 3])
  })

  it('move at the next look when they are found beyond the tolerance', async () => {
    const shop = await rig.openShop(withBands(25, P75))
    await sell(shop, [20, 30, 40, 100])
    await follow(shop)
    shop.clock.pass(31 * DAY_MS)
    expect(await follow(shop)).toEqual({ thresholds: 0, rebanded: 0 })
    await sell(shop, [200, 200, 200], 1)
    expect(await follow(shop)).toEqual({ thresholds: 0, rebanded: 0 })
    shop.clock.pass(DAY_MS)
    expect(await follow(shop)).toEqual({ thresholds: 1, rebanded: 4 })
  })

  it('cost a sync of segments no look at all customers either, and what it makes goes by those in force', async () => {
    const shop = await openShop()
    await sell(shop, [20, 60, 163])
    await follow(shop)
    const { thresholds } = shop.services
    const blind = { ...thresholds, loadAovCells: () => Promise.reject(new Error('every customer was looked at')) }
    const planned = await planSegments(
      { ...parts(shop), thresholds: blind },
      { sizes: false, look: 'when-due', now: shop.clock.at, signal },
    )
    expect(planned.segments.map(({ name }) => name)).toEqual(['AOV | High > €80', 'AOV | All'])
    expect(planned.following?.decisions).toEqual([])
  })

  it('hold for who buys later, in the computation itself', async () => {
    const shop = await rig.openShop(withBands(25, P75))
    await sell(shop, [20, 30, 40, 100])
    await follow(shop)
    await sell(shop, [35], 1)
    expect(await bandsOf(shop)).toEqual(['low', 'mid', 'mid', 'high', 'mid'])
  })

  it('push only those whose band changes when a border moves', async () => {
    const shop = await rig.openShop(withBands(25, P75))
    await sell(shop, [20, 30, 40, 100])
    await follow(shop)
    await shop.push()
    expect(await shop.services.profiles.countPending()).toBe(0)
    shop.clock.pass(31 * DAY_MS)
    await sell(shop, [200, 200, 200], 1)
    await shop.push()
    expect(await follow(shop)).toEqual({ thresholds: 1, rebanded: 4 })
    expect(await shop.services.profiles.countPending()).toBe(4)
    expect(await bandsOf(shop)).toEqual(['mid', 'mid', 'mid', 'mid'])
  })

  it('stay while their borders cross or coincide, and go on when these part again', async () => {
    const shop = await rig.openShop(withBands(25, P75))
    await sell(shop, [20, 30, 40, 100])
    await follow(shop)
    const since = shop.clock.at
    for (const low of [40, 500]) {
      shop.clock.pass(DAY_MS)
      await shop.reopen({ settings: withBands(low, P75) })
      await shop.compute()
      expect(await follow(shop)).toEqual({ thresholds: 0, rebanded: 0 })
      expect(await bandsOf(shop)).toEqual(['low', 'mid', 'mid', 'high'])
      expect((await plan(shop)).following?.crossed).toEqual({
        borders: [low, P75],
        valuesMinor: [low * 100, 4_000],
        inForce: { bordersMinor: [2_500, 4_000], since },
      })
      expect(await checkBands(shop.services)).toMatchObject([{ level: 'warning', subject: 'bands' }])
    }
    await shop.reopen({ settings: withBands(35, P75) })
    await shop.compute()
    expect(await follow(shop)).toEqual({ thresholds: 0, rebanded: 1 })
    expect((await plan(shop)).following?.crossed).toBeNull()
    expect(await checkBands(shop.services)).toEqual([])
  })

  it('are nobody’s while their borders cross and there were none before', async () => {
    const shop = await rig.openShop(withBands(500, P75))
    await sell(shop, [20, 30, 40, 100])
    expect(await follow(shop)).toEqual({ thresholds: 1, rebanded: 0 })
    expect(await bandsOf(shop)).toEqual([null, null, null, null])
    expect((await plan(shop)).following?.crossed).toMatchObject({ valuesMinor: [50_000, 4_000], inForce: null })
  })

  it('in another currency are no bands to keep', async () => {
    const shop = await rig.openShop(withBands(25, P75))
    await sell(shop, [20, 30, 40, 100])
    await follow(shop)
    await shop.reopen({ settings: { ...withBands(500, P75), currency: 'GBP' } })
    expect(await shop.services.thresholds.loadBandsInForce()).toBeNull()
  })

  it('tell since when their borders are in force, not since when a margin is', async () => {
    const shop = await rig.openShop({ bands: { at: [25, 50], margin: null, minStayDays: null } })
    await shop.compute()
    const since = shop.clock.at
    shop.clock.pass(DAY_MS)
    await shop.reopen({ settings: { bands: { at: [25, 50], margin: 0.1, minStayDays: null } } })
    await shop.compute()
    expect(await shop.services.thresholds.loadBandsInForce()).toEqual({
      rule: { borders: [25, 50], margin: 0.1, minStayDays: null },
      since,
    })
  })

  it('come in line also when the process ended between the decision and the bands', async () => {
    const shop = await rig.openShop(withBands(25, P75))
    await sell(shop, [20, 30, 40, 100])
    const { thresholds } = shop.services
    await thresholds.saveThresholds([{ ...P75, valueMinor: 3_500, rawMinor: 3_500, decidedAt: shop.clock.at }])
    expect(await follow(shop)).toEqual({ thresholds: 0, rebanded: 4 })
    expect(await bandsOf(shop)).toEqual(['low', 'mid', 'high', 'high'])
  })
})
