import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppliedSegment, applySegments } from '../../src/app/apply-segments.ts'
import { planSegments } from '../../src/app/plan-segments.ts'
import type { SegmentPlan } from '../../src/app/segment-plan.ts'
import { RemoteUnavailableError } from '../../src/core/errors.ts'
import type { SegmentSpec } from '../../src/core/segments/segment.ts'
import { oneOrderEach, openRig, type Rig, type Shop } from '../support/account-rig.ts'
import { toOrder } from '../support/ledger.ts'
import { until } from '../support/until.ts'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

const { signal } = new AbortController()
const above = (value: number, name = 'AOV | High'): SegmentSpec => ({
  key: 'high',
  name,
  basis: 'property',
  all: [{ any: [{ property: 'aov', operator: 'gt', value }] }],
})
const LOW: SegmentSpec = {
  key: 'low',
  name: 'AOV | Low',
  basis: 'property',
  all: [{ any: [{ property: 'aov', operator: 'lt', value: 5 }] }],
}

function plan({ services }: Shop, { sizes = false } = {}): Promise<SegmentPlan> {
  const { settings, segments, thresholds } = services
  const destination = services.destination.connector
  return planSegments({ settings, destination, segments, thresholds }, { sizes, signal })
}

async function apply(shop: Shop, wishes: { prune?: boolean; confirmed?: boolean } = {}): Promise<AppliedSegment[]> {
  const { destination, segments, thresholds } = shop.services
  return applySegments({ destination: destination.connector, segments, thresholds }, await plan(shop), {
    prune: false,
    confirmed: false,
    signal,
    ...wishes,
  })
}

const actions = async (shop: Shop) => (await plan(shop)).segments.map(({ action }) => action)
const outcomes = (applied: readonly AppliedSegment[]) => applied.map(({ outcome }) => outcome)
const segmentsIn = (shop: Shop) => shop.klaviyo.state.summary().segments

async function remoteId(shop: Shop): Promise<string> {
  const [state] = await shop.services.segments.loadSegmentStates()
  if (state === undefined) throw new Error('no segment was applied')
  return state.remoteId
}

/** Somebody at Klaviyo's own pages. */
async function handOf(shop: Shop) {
  const { connector } = shop.services.destination
  return { connector, definition: (value: number) => connector.toDefinition(above(value)) }
}

describe.concurrent('planning segments', () => {
  it('creates what does not exist, and changes nothing by itself', async () => {
    const shop = await rig.openShop({ segments: [above(15)] })
    expect(await plan(shop)).toMatchObject({
      segments: [{ key: 'high', action: 'create', remoteId: null, former: null, flows: [] }],
      quota: { creates: { needed: 1, left: 100 }, updates: { needed: 0, left: 100 } },
    })
    expect(segmentsIn(shop)).toBe(0)
  })

  it('forecasts from the ledger what the segment will hold', async () => {
    const shop = await rig.openShop({ segments: [above(15)] })
    const rich = toOrder({ externalId: 'rich', totalMinor: 2_500, customer: { email: 'rich@example.com' } })
    await shop.sell([...oneOrderEach(3), rich])
    expect((await plan(shop, { sizes: true })).segments[0]?.forecast).toEqual({
      customers: 1,
      orders: 1,
      revenueMinor: 2_500,
      profiles: { confirmed: 0, pending: 1, refused: 0, absent: 0 },
    })
  })

  it('finds nothing to do after it was applied', async () => {
    const shop = await rig.openShop({ segments: [above(15)] })
    expect(outcomes(await apply(shop))).toEqual(['created'])
    expect(await plan(shop)).toMatchObject({ segments: [{ action: 'unchanged', tagged: true, former: null }] })
  })

  it('counts the members when asked', async () => {
    const shop = await rig.openShop({ segments: [above(5)] })
    await shop.sell(oneOrderEach(3))
    await shop.push()
    await apply(shop)
    await until('members are there', () => shop.klaviyo.state.isSettled())
    expect((await plan(shop, { sizes: true })).segments).toMatchObject([{ memberCount: 3 }])
  })

  it('updates when the configuration has changed, with the former definition beside the new', async () => {
    const shop = await rig.openShop({ segments: [above(15)] })
    await apply(shop)
    await shop.reopen({ settings: { segments: [above(20)] } })
    const [planned] = (await plan(shop)).segments
    expect(planned).toMatchObject({ action: 'update', flows: [] })
    expect(JSON.stringify(planned?.former?.definition)).toContain('15')
    expect(outcomes(await apply(shop))).toEqual(['updated'])
    expect(await actions(shop)).toEqual(['unchanged'])
    expect(segmentsIn(shop)).toBe(1)
  })

  it('updates the same segment when only its name has changed', async () => {
    const shop = await rig.openShop({ segments: [above(15)] })
    await apply(shop)
    await shop.reopen({ settings: { segments: [above(15, 'Big spenders')] } })
    expect(outcomes(await apply(shop))).toEqual(['updated'])
    expect(await plan(shop)).toMatchObject({ segments: [{ action: 'unchanged', name: 'Big spenders' }] })
    expect(segmentsIn(shop)).toBe(1)
  })

  it('creates again what somebody deleted in Klaviyo', async () => {
    const shop = await rig.openShop({ segments: [above(15)] })
    await apply(shop)
    const { connector } = await handOf(shop)
    await connector.deleteSegment(await remoteId(shop), signal)
    expect(outcomes(await apply(shop))).toEqual(['created'])
    expect(await actions(shop)).toEqual(['unchanged'])
  })

  it('is blocked by a segment of that name that is not ours', async () => {
    const shop = await rig.openShop({ segments: [above(15)] })
    const { connector, definition } = await handOf(shop)
    await connector.createSegment('AOV | High', definition(99), signal)
    expect(await actions(shop)).toEqual(['blocked'])
    expect(outcomes(await apply(shop, { confirmed: true, prune: true }))).toEqual(['blocked'])
    expect(segmentsIn(shop)).toBe(1)
  })

  it('takes over a segment of that name that carries our tag', async () => {
    const shop = await rig.openShop({ segments: [above(15)] })
    const { connector, definition } = await handOf(shop)
    await connector.tagSegments([await connector.createSegment('AOV | High', definition(99), signal)], signal)
    expect(await actions(shop)).toEqual(['update'])
    expect(outcomes(await apply(shop))).toEqual(['updated'])
    expect(await actions(shop)).toEqual(['unchanged'])
    expect(segmentsIn(shop)).toBe(1)
  })
})

describe.concurrent('segments changed by hand', () => {
  async function drifted(): Promise<Shop> {
    const shop = await rig.openShop({ segments: [above(15)] })
    await apply(shop)
    const { connector, definition } = await handOf(shop)
    await connector.updateSegment(await remoteId(shop), { definition: definition(99) }, signal)
    return shop
  }

  it('are told and left as they are', async () => {
    const shop = await drifted()
    expect(await actions(shop)).toEqual(['drifted'])
    expect(outcomes(await apply(shop))).toEqual(['drifted'])
    expect(await actions(shop)).toEqual(['drifted'])
  })

  it('are put back once a person has confirmed', async () => {
    const shop = await drifted()
    expect(outcomes(await apply(shop, { confirmed: true }))).toEqual(['put back'])
    expect(await actions(shop)).toEqual(['unchanged'])
  })
})

describe.concurrent('segments that flows start from', () => {
  async function withFlow(): Promise<Shop> {
    const shop = await rig.openShop({ segments: [above(15)] })
    await apply(shop)
    shop.klaviyo.state.attachFlow(await remoteId(shop), { name: 'Welcome' })
    return shop
  }

  it('are held back until a person has confirmed', async () => {
    const shop = await withFlow()
    await shop.reopen({ settings: { segments: [above(20)] } })
    expect((await plan(shop)).segments).toMatchObject([{ action: 'update', flows: [{ name: 'Welcome' }] }])
    expect(outcomes(await apply(shop))).toEqual(['held'])
    expect(outcomes(await apply(shop, { confirmed: true }))).toEqual(['updated'])
  })

  it('are not deleted, even when pruning was confirmed', async () => {
    const shop = await withFlow()
    await shop.reopen({ settings: { segments: [] } })
    expect(outcomes(await apply(shop, { prune: true, confirmed: true }))).toEqual(['held'])
    expect(segmentsIn(shop)).toBe(1)
  })

  it('are not deleted when the key may not say which flows there are', async () => {
    const scopes = ['segments:read', 'segments:write', 'tags:read', 'tags:write']
    const shop = await rig.openShop({ segments: [above(15)] }, { apiKeys: { pk_test: scopes } })
    await apply(shop)
    await shop.reopen({ settings: { segments: [] } })
    expect((await plan(shop)).segments).toMatchObject([{ action: 'unwanted', flows: null }])
    expect(outcomes(await apply(shop, { prune: true, confirmed: true }))).toEqual(['held'])
  })
})

describe.concurrent('segments by Klaviyo’s own figures', () => {
  const predictive: SegmentSpec = { ...above(15), basis: 'predictive' }
  const buyer = { predictive: { 'rich@example.com': { average_order_value: 20, historic_number_of_orders: 1 } } }
  const rich = toOrder({ externalId: 'rich', totalMinor: 100, customer: { email: 'rich@example.com' } })

  it('are made where Klaviyo has some, and hold whom Klaviyo means', async () => {
    const shop = await rig.openShop({ segments: [predictive] }, buyer)
    await shop.sell([...oneOrderEach(3), rich])
    await shop.push()
    expect((await plan(shop)).segments).toMatchObject([{ action: 'create', figures: 'theirs' }])
    expect(outcomes(await apply(shop))).toEqual(['created'])
    await until('members are there', () => shop.klaviyo.state.isSettled())
    expect((await plan(shop, { sizes: true })).segments).toMatchObject([{ memberCount: 1, figures: 'theirs' }])
  })

  it('are not made by a sync where Klaviyo has none', async () => {
    const shop = await rig.openShop({ segments: [predictive, LOW] })
    await shop.sell(oneOrderEach(3))
    await shop.push()
    expect((await plan(shop)).segments).toMatchObject([{ figures: 'missing' }, { figures: 'ours' }])
    expect(outcomes(await apply(shop))).toEqual(['unfounded', 'created'])
    expect(segmentsIn(shop)).toBe(1)
  })

  it('are made all the same once a person has confirmed', async () => {
    const shop = await rig.openShop({ segments: [predictive] })
    expect(outcomes(await apply(shop, { confirmed: true }))).toEqual(['created'])
    expect(await actions(shop)).toEqual(['unchanged'])
  })

  it('keep our figures until Klaviyo has its own', async () => {
    const shop = await rig.openShop({ segments: [above(15)] })
    await apply(shop)
    await shop.reopen({ settings: { segments: [predictive] } })
    expect(outcomes(await apply(shop))).toEqual(['unfounded'])
    expect(await actions(shop)).toEqual(['update'])
  })

  it('are asked for once for a whole plan, and not at all without such a segment', async () => {
    const profilesAsked = (shop: Shop) => shop.requests()['get_profiles'] ?? 0
    const ours = await rig.openShop({ segments: [above(15), LOW] })
    await plan(ours)
    expect(profilesAsked(ours)).toBe(0)
    const theirs = await rig.openShop({ segments: [predictive, { ...LOW, basis: 'predictive' }] })
    await plan(theirs)
    expect(profilesAsked(theirs)).toBe(1)
  })
})

describe.concurrent('segments that ask about dates', () => {
  it('hold in Klaviyo whom the plan expects, and differ in nothing once they are there', async () => {
    const since = (property: 'first_order_at' | 'last_order_at', days: number): SegmentSpec => ({
      key: `${property}-${days}`,
      name: `${property} within ${days} days`,
      basis: 'property',
      all: [{ any: [{ property, operator: 'inLastDays', value: days }] }],
    })
    const spring: SegmentSpec = {
      key: 'spring',
      name: 'New in spring',
      basis: 'property',
      all: [
        { any: [{ property: 'first_order_at', operator: 'after', value: '2026-03-01' }] },
        { any: [{ property: 'first_order_at', operator: 'before', value: '2026-06-01' }] },
      ],
    }
    const shop = await rig.openShop({
      timezone: 'America/New_York',
      segments: [since('last_order_at', 30), since('first_order_at', 30), spring],
    })
    const order = (externalId: string, email: string, placedAt: Date) =>
      toOrder({ externalId, placedAt, customer: { email } })
    await shop.sell([
      order('1', 'old@example.com', new Date('2020-01-01T00:00:00Z')),
      order('2', 'old@example.com', new Date()),
      order('3', 'fresh@example.com', new Date()),
      // The first and the last instant of spring in New York, and their neighbours outside.
      order('4', 'march@example.com', new Date('2026-03-01T05:00:00.000Z')),
      order('5', 'may@example.com', new Date('2026-06-01T03:59:59.999Z')),
      order('6', 'february@example.com', new Date('2026-03-01T04:59:59.999Z')),
      order('7', 'june@example.com', new Date('2026-06-01T04:00:00.000Z')),
    ])
    await shop.push()
    await apply(shop)
    await until('members are there', () => shop.klaviyo.state.isSettled())
    const { segments } = await plan(shop, { sizes: true })
    expect(segments.map(({ action, memberCount, forecast }) => [action, memberCount, forecast?.customers])).toEqual([
      ['unchanged', 2, 2],
      ['unchanged', 1, 1],
      ['unchanged', 2, 2],
    ])
  })
})

describe.concurrent('segments no longer configured', () => {
  it('are kept unless pruned', async () => {
    const shop = await rig.openShop({ segments: [above(15)] })
    await apply(shop)
    await shop.reopen({ settings: { segments: [] } })
    expect(await actions(shop)).toEqual(['unwanted'])
    expect(outcomes(await apply(shop, { confirmed: true }))).toEqual(['kept'])
    expect(outcomes(await apply(shop, { prune: true }))).toEqual(['deleted'])
    expect(await actions(shop)).toEqual([])
    expect(segmentsIn(shop)).toBe(0)
  })

  it('never include a segment that is not ours', async () => {
    const shop = await rig.openShop()
    const { connector, definition } = await handOf(shop)
    await connector.createSegment('Somebody’s own', definition(1), signal)
    expect(outcomes(await apply(shop, { prune: true, confirmed: true }))).toEqual([])
    expect(segmentsIn(shop)).toBe(1)
  })
})

describe.concurrent('the daily quota', () => {
  async function useUp(shop: Shop, kind: 'create' | 'update', count: number): Promise<void> {
    await rig.ledger.query(
      `insert into segment_changes (account_id, key, kind) select $1, 'spent', $2 from generate_series(1, $3)`,
      [shop.services.ledgerAccount.accountId, kind, count],
    )
  }

  it('defers creates beyond it', async () => {
    const shop = await rig.openShop({ segments: [above(15), LOW] })
    await useUp(shop, 'create', 99)
    expect((await plan(shop)).quota.creates).toEqual({ needed: 2, left: 1 })
    expect(outcomes(await apply(shop))).toEqual(['created', 'deferred'])
    expect((await plan(shop)).quota.creates).toEqual({ needed: 1, left: 0 })
    expect(segmentsIn(shop)).toBe(1)
  })

  it('defers updates beyond it', async () => {
    const shop = await rig.openShop({ segments: [above(15)] })
    await apply(shop)
    await useUp(shop, 'update', 100)
    await shop.reopen({ settings: { segments: [above(20)] } })
    expect(outcomes(await apply(shop))).toEqual(['deferred'])
    expect(await actions(shop)).toEqual(['update'])
  })
})

describe.concurrent('answers that are lost', () => {
  it('to the creation of a segment leave one segment, which is adopted and tagged', async () => {
    const shop = await rig.openShop({ segments: [above(15)] })
    shop.klaviyo.faults.add({ kind: 'accept-then-drop', method: 'POST', path: '/api/segments' })
    await expect(apply(shop)).rejects.toThrow(RemoteUnavailableError)
    expect(await actions(shop)).toEqual(['adopt'])
    expect(outcomes(await apply(shop))).toEqual(['adopted'])
    expect(await plan(shop)).toMatchObject({ segments: [{ action: 'unchanged', tagged: true }] })
    expect(segmentsIn(shop)).toBe(1)
  })

  it('to the creation of the tag leave one tag, which the segment carries in the end', async () => {
    const shop = await rig.openShop({ segments: [above(15)] })
    shop.klaviyo.faults.add({ kind: 'accept-then-drop', method: 'POST', path: '/api/tags' })
    await expect(apply(shop)).rejects.toThrow(RemoteUnavailableError)
    expect(outcomes(await apply(shop))).toEqual(['unchanged'])
    expect(await plan(shop)).toMatchObject({ segments: [{ action: 'unchanged', tagged: true }] })
    expect(shop.klaviyo.state.summary()).toMatchObject({ tags: 1, segments: 1 })
  })

  it('to tagging are made good by tagging again', async () => {
    const shop = await rig.openShop({ segments: [above(15)] })
    shop.klaviyo.faults.add({ kind: 'drop', method: 'POST', path: 'relationships/segments' })
    await expect(apply(shop)).rejects.toThrow(RemoteUnavailableError)
    await apply(shop)
    expect(await plan(shop)).toMatchObject({ segments: [{ action: 'unchanged', tagged: true }] })
  })

  it('to an update are made good without a second update', async () => {
    const shop = await rig.openShop({ segments: [above(15)] })
    await apply(shop)
    await shop.reopen({ settings: { segments: [above(20)] } })
    shop.klaviyo.faults.add({ kind: 'accept-then-drop', method: 'PATCH' })
    await expect(apply(shop)).rejects.toThrow(RemoteUnavailableError)
    expect(outcomes(await apply(shop))).toEqual(['adopted'])
    expect(await actions(shop)).toEqual(['unchanged'])
    expect(shop.requests()).toMatchObject({ update_segment: 1 })
  })

  it('to an update do not make a later change by hand look like a change of the configuration', async () => {
    const shop = await rig.openShop({ segments: [above(15)] })
    await apply(shop)
    await shop.reopen({ settings: { segments: [above(20)] } })
    shop.klaviyo.faults.add({ kind: 'accept-then-drop', method: 'PATCH' })
    await expect(apply(shop)).rejects.toThrow(RemoteUnavailableError)
    await apply(shop)
    const { connector, definition } = await handOf(shop)
    await connector.updateSegment(await remoteId(shop), { definition: definition(99) }, signal)
    expect(await actions(shop)).toEqual(['drifted'])
  })
})
