import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { explainCustomer } from '../../src/app/explain-customer.ts'
import type { CustomerExplanation, Explanation } from '../../src/core/explanation/explanation.ts'
import { PROPERTY_NAMES } from '../../src/core/profiles/property-names.ts'
import type { SegmentSpec } from '../../src/core/segments/segment.ts'
import { oneOrderEach, openRig, type Rig, type Shop } from '../support/account-rig.ts'
import { isUnanswered } from '../support/is-unanswered.ts'
import { toOrder } from '../support/ledger.ts'

const ANN = 'ann@example.com'
const { signal } = new AbortController()

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

function ask({ services, clock }: Shop, email: string): Promise<Explanation | null> {
  const { settings, destination, customerRecords, segments } = services
  const parts = { settings, destination: destination.connector, records: customerRecords, segments }
  return explainCustomer(parts, { email, now: () => clock.at, signal })
}

async function explain(shop: Shop, email: string): Promise<CustomerExplanation> {
  const explanation = await ask(shop, email)
  if (explanation?.kind !== 'customer') throw new Error('expected a customer')
  return explanation
}

function annsOrder(id: string, totalMinor: number, email = ANN, day = '2026-03-01') {
  const placedAt = new Date(`${day}T12:00:00Z`)
  return toOrder({ externalId: id, totalMinor, placedAt, customer: { email, externalId: '7' } })
}

/** Properties that are not as they should be, as they should be and as they are. */
function differencesOf({ profiles }: CustomerExplanation) {
  return profiles[0]?.properties
    .filter(({ isSame }) => isSame !== true)
    .map(({ name, desired, actual }) => [name, desired, actual])
}

describe('explaining a customer whose profile is pushed', () => {
  it('finds every property in Klaviyo as it should be, with one request', async () => {
    const shop = await rig.openShop()
    await shop.sell([annsOrder('1', 1_000), annsOrder('2', 2_001)])
    await shop.push()
    const before = shop.klaviyo.requestCounts().total
    const explanation = await explain(shop, ' Ann@Example.com')
    expect(shop.klaviyo.requestCounts().total - before).toBe(1)
    expect(explanation).toMatchObject({
      email: ANN,
      klaviyo: { isRead: true },
      waitingFor: null,
      isStoredCurrent: true,
      stored: { orderCount: 2, revenueMinor: 3_001, aovMinor: 1_501 },
      sums: { lifetime: { orders: 2, revenueMinor: 3_001, aovMinor: 1_501, isRounded: true } },
      profiles: [{ email: ANN, isCurrent: true, push: { state: 'confirmed' }, remote: { id: expect.any(String) } }],
    })
    expect(explanation.profiles[0]?.properties.map(({ name }) => name)).toEqual([...PROPERTY_NAMES])
    expect(differencesOf(explanation)).toEqual([])
  })

  it('marks what somebody has changed there, removed, and nothing else', async () => {
    const shop = await rig.openShop()
    await shop.sell([annsOrder('1', 1_000)])
    await shop.push()
    shop.klaviyo.state.seedProfiles([{ email: ANN, properties: { aov: '10', order_count: null, shoe_size: 38 } }])
    const explanation = await explain(shop, ANN)
    expect(differencesOf(explanation)).toEqual([
      ['aov', 10, '10'],
      ['order_count', 1, null],
    ])
    expect(JSON.stringify(explanation)).not.toContain('shoe_size')
  })

  it('keeps the instant of change when only what is not pushed has changed', async () => {
    const shop = await rig.openShop({
      profiles: { mode: 'create', prefix: '', properties: ['customer_type', 'aov_updated_at'], onErase: 'clear' },
    })
    await shop.sell([annsOrder('1', 1_000), annsOrder('2', 1_000)])
    await shop.push()
    const before = (await explain(shop, ANN)).stored
    shop.clock.pass(3_600_000)
    await shop.sell([annsOrder('3', 5_000)])
    const explanation = await explain(shop, ANN)
    expect(explanation).toMatchObject({ stored: { orderCount: 3, changedAt: before?.changedAt } })
    expect([explanation.profiles[0]?.push, differencesOf(explanation)]).toEqual([{ state: 'confirmed' }, []])
  })

  it('shows a property that is no longer wanted and still there', async () => {
    const shop = await rig.openShop()
    await shop.sell([annsOrder('1', 1_000)])
    await shop.push()
    const properties = PROPERTY_NAMES.filter((name) => name !== 'net_revenue')
    await shop.reopen({ settings: { profiles: { mode: 'create', prefix: '', properties, onErase: 'clear' } } })
    const explanation = await explain(shop, ANN)
    expect(explanation.waitingFor).toBe('settings')
    expect(differencesOf(explanation)).toEqual([['net_revenue', null, 10]])
  })
})

describe('explaining a customer whose profile is not as it should be', () => {
  it('says that the push is still to come', async () => {
    const shop = await rig.openShop()
    await shop.sell([annsOrder('1', 1_000)])
    const { profiles, klaviyo } = await explain(shop, ANN)
    expect(klaviyo).toMatchObject({ isRead: true })
    expect(profiles).toMatchObject([{ push: { state: 'pending' }, remote: null }])
  })

  it('says that an import is under way', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(11))
    await shop.step()
    const { profiles } = await explain(shop, 'c3@example.com')
    expect(profiles).toMatchObject([{ push: { state: 'in-flight' } }])
    await shop.push()
  })

  it('says that Klaviyo has no such profile and none is created', async () => {
    const shop = await rig.openShop({
      profiles: { mode: 'update-existing', prefix: '', properties: PROPERTY_NAMES, onErase: 'clear' },
    })
    await shop.sell([annsOrder('1', 1_000)])
    await shop.push()
    const { profiles } = await explain(shop, ANN)
    expect(profiles).toMatchObject([{ push: { state: 'absent', at: expect.any(Date) }, remote: null }])
  })

  it('says why Klaviyo refused it', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(11))
    shop.klaviyo.faults.add({ kind: 'row-error', emailContains: 'c3@', path: '/api/profile-bulk-import-jobs' })
    await shop.push()
    const { profiles } = await explain(shop, 'c3@example.com')
    const push = { state: 'refused', code: expect.any(String), reason: expect.any(String), at: expect.any(Date) }
    expect(profiles).toMatchObject([{ push, remote: null }])
  })

  it('explains the rest when Klaviyo refuses the key, and says so', async () => {
    const shop = await rig.openShop()
    await shop.sell([annsOrder('1', 1_000)])
    await shop.push()
    shop.klaviyo.faults.add({ kind: 'auth' })
    const explanation = await explain(shop, ANN)
    expect(explanation.klaviyo).toEqual({ isRead: false, code: 'E_AUTH', message: expect.stringContaining('401') })
    expect(explanation.profiles).toMatchObject([{ push: { state: 'confirmed' }, remote: null }])
    expect(explanation.profiles[0]?.properties[0]).toEqual({ name: 'aov', desired: 10, actual: null, isSame: null })
  })

  it('does not wait for a Klaviyo that does not answer', async () => {
    const shop = await rig.openShop()
    await shop.sell([annsOrder('1', 1_000)])
    shop.klaviyo.faults.add({ kind: 'delay', delayMs: 60_000, path: '/api/profiles' })
    const { klaviyo, sums } = await explain(shop, ANN)
    expect(await isUnanswered(shop.klaviyo, 'get_profiles')).toBe(true)
    expect(klaviyo).toMatchObject({ isRead: false, code: 'E_REMOTE_UNAVAILABLE' })
    expect(sums.lifetime.revenueMinor).toBe(1_000)
  })
})

describe('explaining a customer of several addresses', () => {
  it('counts all their orders together, whichever address is asked for', async () => {
    const shop = await rig.openShop()
    await shop.sell([annsOrder('1', 1_000, 'old@example.com', '2026-02-01')])
    await shop.push()
    await shop.sell([annsOrder('2', 3_000)])
    const explanation = await explain(shop, 'old@example.com')
    expect(explanation).toMatchObject({
      email: 'old@example.com',
      profileEmail: ANN,
      emails: [ANN, 'old@example.com'],
      shopIds: [{ source: 'till', externalId: '7' }],
      sums: { lifetime: { orders: 2, aovMinor: 2_000 } },
    })
    expect(explanation.profiles).toMatchObject([
      { email: ANN, isCurrent: true, push: { state: 'pending' } },
      { email: 'old@example.com', isCurrent: false, push: { state: 'pending' } },
    ])
    expect(explanation.profiles[1]?.properties.find(({ name }) => name === 'aov')).toEqual({
      name: 'aov',
      desired: null,
      actual: 10,
      isSame: false,
    })
  })

  it('tells the ids of customers who were merged in the shop', async () => {
    const shop = await rig.openShop()
    await shop.sell([
      annsOrder('1', 1_000),
      toOrder({ externalId: '2', totalMinor: 3_000, customer: { email: 'two@example.com', externalId: '8' } }),
    ])
    await shop.services.customers.mergeShopCustomers('till', '7', '8')
    const { shopIds, waitingFor, sums, isStoredCurrent } = await explain(shop, 'two@example.com')
    expect(shopIds.map(({ externalId }) => externalId)).toEqual(['7', '8'])
    expect([waitingFor, isStoredCurrent, sums.lifetime.orders]).toEqual(['records', false, 2])
  })
})

describe('the segments of a customer', () => {
  const high: SegmentSpec = {
    key: 'high',
    name: 'High',
    all: [{ any: [{ property: 'aov', operator: 'gt', value: 20 }] }],
    basis: 'property',
  }

  it('are judged by the stored figures, before there are any in Klaviyo', async () => {
    const shop = await rig.openShop({ segments: [high] })
    await shop.sell([annsOrder('1', 1_000)])
    expect((await explain(shop, ANN)).segments).toMatchObject([
      {
        key: 'high',
        standing: 'create',
        remoteId: null,
        lastChange: null,
        judgement: { isIn: false, groups: [{ any: [{ actual: 10, distance: { kind: 'order', fromMinor: 3_001 } }] }] },
      },
    ])
    await shop.sell([annsOrder('2', 3_001)])
    expect((await explain(shop, ANN)).segments).toMatchObject([{ judgement: { isIn: true } }])
  })

  it('say when we last wrote them, and whether somebody has changed them since', async () => {
    const shop = await rig.openShop({ segments: [high] })
    const { segments, destination } = shop.services
    await shop.sell([annsOrder('1', 1_000)])
    const definition = destination.connector.toDefinition(high)
    await segments.saveSegmentState({ key: 'high', name: 'High', remoteId: 'S1', definition }, 'create')
    const written = { remoteId: 'S1', lastChange: { kind: 'create', at: expect.any(Date) } }
    expect((await explain(shop, ANN)).segments).toMatchObject([{ standing: 'unchanged', ...written }])
    await segments.noteDrifted(['high'])
    expect((await explain(shop, ANN)).segments).toMatchObject([{ standing: 'drifted', ...written }])
    await shop.reopen({ settings: { segments: [{ ...high, name: 'Higher' }] } })
    expect((await explain(shop, ANN)).segments).toMatchObject([{ name: 'Higher', standing: 'update', ...written }])
  })

  it('by Klaviyo’s own figures are not judged', async () => {
    const shop = await rig.openShop({ segments: [{ ...high, basis: 'predictive' }] })
    await shop.sell([annsOrder('1', 1_000)])
    expect((await explain(shop, ANN)).segments).toMatchObject([{ basis: 'predictive', judgement: null }])
  })

  it('hold nobody whose orders do not count', async () => {
    const all = [{ any: [{ property: 'aov', operator: 'lt', value: 20 }] }] as const
    const shop = await rig.openShop({ segments: [{ ...high, all }] })
    await shop.sell([{ ...annsOrder('1', 1_000), state: 'cancelled' }])
    expect(await explain(shop, ANN)).toMatchObject({
      stored: null,
      isStoredCurrent: true,
      orders: [{ value: { notCounted: 'cancelled' } }],
      segments: [{ judgement: { isIn: false, groups: [{ any: [{ actual: null }] }] } }],
    })
  })
})

describe('what waits to be computed', () => {
  it('is everything before the first computation', async () => {
    const shop = await rig.openShop()
    const { readSince } = await shop.services.orders.beginReading('till')
    const page = { orders: [annsOrder('1', 1_000)], refunds: [], rejected: [], skipped: 0, cursor: {} }
    await shop.services.orders.saveOrderPage('till', page, readSince)
    expect(await explain(shop, ANN)).toMatchObject({
      waitingFor: 'first-computation',
      stored: null,
      profiles: [{ push: null }],
    })
  })

  it('is who has bought since', async () => {
    const shop = await rig.openShop()
    await shop.sell([annsOrder('1', 1_000)])
    const { readSince } = await shop.services.orders.beginReading('till')
    const page = { orders: [annsOrder('2', 3_000)], refunds: [], rejected: [], skipped: 0, cursor: {} }
    await shop.services.orders.saveOrderPage('till', page, readSince)
    expect(await explain(shop, ANN)).toMatchObject({
      waitingFor: 'records',
      isStoredCurrent: false,
      stored: { aovMinor: 1_000 },
      sums: { lifetime: { aovMinor: 2_000 } },
    })
  })

  it('is who has an order that has left the twelve months', async () => {
    const shop = await rig.openShop()
    shop.clock.at = new Date('2027-03-01T11:59:59Z')
    await shop.sell([annsOrder('1', 1_000)])
    expect(await explain(shop, ANN)).toMatchObject({ waitingFor: null, orders: [{ isIn12Months: true }] })
    shop.clock.pass(1_000)
    expect(await explain(shop, ANN)).toMatchObject({
      waitingFor: 'window',
      orders: [{ isIn12Months: false }],
      sums: { last12Months: { orders: 0, aovMinor: null } },
    })
  })
})

describe('an address that is nobody’s', () => {
  it('is answered by nothing, and Klaviyo is not asked', async () => {
    const shop = await rig.openShop()
    await shop.sell([annsOrder('1', 1_000)])
    expect(await ask(shop, 'nobody@example.com')).toBeNull()
    expect(shop.klaviyo.requestCounts().total).toBe(0)
  })

  it('is answered by no more than that it was forgotten, when it was', async () => {
    const shop = await rig.openShop()
    await shop.sell([annsOrder('1', 1_000)])
    const { erasedAt } = await shop.services.customers.erase({ email: ANN })
    const explanation = await ask(shop, ANN)
    expect(explanation).toEqual({
      kind: 'forgotten',
      account: shop.services.settings.key,
      forgottenAt: erasedAt,
    })
  })

  it('is not found in another account', async () => {
    const [shop, other] = [await rig.openShop(), await rig.openShop()]
    await shop.sell([annsOrder('1', 1_000)])
    expect(await ask(other, ANN)).toBeNull()
  })
})
