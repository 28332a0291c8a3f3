import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RemoteUnavailableError } from '../../src/core/errors.ts'
import { oneOrderEach, openRig, type Rig, type Shop } from '../support/account-rig.ts'
import { SETTINGS, toOrder } from '../support/ledger.ts'
import { until } from '../support/until.ts'
import { readWholeLedger } from '../support/whole-ledger.ts'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

const DELETING = { profiles: { ...SETTINGS.profiles, onErase: 'delete' } } as const

/** Two orders of one person, the second under another address. */
async function sellToAda(shop: Shop): Promise<void> {
  const order = (externalId: string, email: string, day: string) =>
    toOrder({ externalId, placedAt: new Date(`${day}T12:00:00Z`), customer: { email, externalId: 'A1' } })
  await shop.sell([order('1', 'ada.old@example.com', '2026-01-01')])
  await shop.push()
  await shop.sell([order('2', 'ada@example.com', '2026-02-01')])
}

const waiting = ({ services }: Shop) => services.erasures.loadPendingErasures('', 10)

describe('a customer who changes address', () => {
  it('has everything under the new one, and nothing of ours under the old', async () => {
    const shop = await rig.openShop()
    await sellToAda(shop)
    expect(shop.klaviyo.state.propertiesOf('ada.old@example.com')).toMatchObject({ order_count: 1 })
    await shop.push()
    expect(shop.klaviyo.state.propertiesOf('ada.old@example.com')).toEqual({})
    expect(shop.klaviyo.state.propertiesOf('ada@example.com')).toMatchObject({ order_count: 2 })
  })
})

describe('the profile of a forgotten person', () => {
  it('loses our properties and nothing else', async () => {
    const shop = await rig.openShop()
    shop.klaviyo.state.seedProfiles([{ email: 'c0@example.com', properties: { loyalty: 'gold' } }])
    await shop.sell(oneOrderEach(2))
    await shop.push()
    expect(shop.klaviyo.state.propertiesOf('c0@example.com')).toMatchObject({ aov: 10, loyalty: 'gold' })

    const receipt = await shop.services.customers.erase({ email: 'c0@example.com' })
    expect(receipt).toMatchObject({ customers: 1, orders: 1, identities: 1, profiles: { clear: 1, delete: 0 } })
    await shop.compute()
    expect(await shop.push()).toMatchObject({ erased: 1, confirmed: 0, refused: 0 })
    expect(shop.klaviyo.state.propertiesOf('c0@example.com')).toEqual({ loyalty: 'gold' })
    expect(shop.klaviyo.state.propertiesOf('c1@example.com')).toMatchObject({ aov: 10 })
  })

  it('is filled by no later reading, and its address is nowhere in the ledger', async () => {
    const own = await openRig()
    try {
      const shop = await own.openShop()
      await shop.sell(oneOrderEach(2))
      await shop.push()
      await shop.services.customers.erase({ email: 'c0@example.com' })
      expect(await readWholeLedger(own.ledger)).toContain('c0@example.com')
      await shop.push()
      await shop.sell(oneOrderEach(2, 5_000, '2026-04-01'))
      expect(await shop.push()).toMatchObject({ erased: 0, confirmed: 1 })
      expect(shop.klaviyo.state.propertiesOf('c0@example.com')).toEqual({})
      expect(await readWholeLedger(own.ledger)).not.toContain('c0@example.com')
    } finally {
      await own.close()
    }
  })

  it('is cleared under every address it ever had', async () => {
    const shop = await rig.openShop()
    await sellToAda(shop)
    await shop.push()
    await shop.services.customers.erase({ source: 'till', externalId: 'A1' })
    expect(await waiting(shop)).toEqual([
      { email: 'ada.old@example.com', action: 'clear' },
      { email: 'ada@example.com', action: 'clear' },
    ])
    await shop.push()
    expect(shop.klaviyo.state.propertiesOf('ada@example.com')).toEqual({})
  })

  it('is not created when it was never pushed', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(1))
    await shop.services.customers.erase({ email: 'c0@example.com' })
    expect(await shop.push()).toMatchObject({ erased: 1, confirmed: 0 })
    expect(shop.klaviyo.state.summary().profiles).toBe(0)
  })

  it('is left alone when we never had anything to do with it', async () => {
    const shop = await rig.openShop()
    shop.klaviyo.state.seedProfiles([{ email: 'stranger@example.com', properties: { aov: 7 } }])
    const receipt = await shop.services.customers.erase({ email: 'stranger@example.com' })
    expect(receipt).toMatchObject({ customers: 0, profiles: { clear: 0, delete: 0 } })
    await shop.push()
    expect(shop.klaviyo.state.propertiesOf('stranger@example.com')).toEqual({ aov: 7 })
  })

  it('is cleared only after an import that may still fill it', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(12))
    expect(await shop.step()).toMatchObject({ done: false })
    await shop.services.customers.erase({ email: 'c3@example.com' })
    expect(await shop.push()).toMatchObject({ erased: 1 })
    expect(shop.klaviyo.state.propertiesOf('c3@example.com')).toEqual({})
    expect(shop.klaviyo.state.propertiesOf('c4@example.com')).toMatchObject({ aov: 10 })
    expect(await waiting(shop)).toEqual([])
  })

  it('is cleared by the next push when the answer to the first is lost', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(1))
    await shop.push()
    await shop.services.customers.erase({ email: 'c0@example.com' })
    shop.klaviyo.faults.add({ kind: 'accept-then-drop', path: '/api/profile-import', times: 1 })
    await expect(shop.push()).rejects.toBeInstanceOf(RemoteUnavailableError)
    expect(await waiting(shop)).toHaveLength(1)
    expect(await shop.push()).toMatchObject({ erased: 1 })
    expect(await waiting(shop)).toEqual([])
  })

  it('is deleted with everything in it where that is configured, pushed by us or not', async () => {
    const shop = await rig.openShop(DELETING)
    shop.klaviyo.state.seedProfiles([{ email: 'ada@example.com', properties: { loyalty: 'gold' } }])
    await sellToAda(shop)
    const receipt = await shop.services.customers.erase({ email: 'ada@example.com' })
    expect(receipt.profiles).toEqual({ clear: 0, delete: 2 })
    expect(await shop.push()).toMatchObject({ erased: 2 })
    await until('both are deleted', () => shop.klaviyo.state.summary().profiles === 0)
    expect(shop.requests()).toMatchObject({ request_profile_deletion: 2 })
  })

  it('waits for a key that may delete it, and keeps nobody else from being pushed', async () => {
    const most = ['accounts:read', 'profiles:read', 'profiles:write', 'lists:read', 'lists:write']
    const keys = { pk_test: most, pk_more: [...most, 'data-privacy:write'] }
    const shop = await rig.openShop(DELETING, { apiKeys: keys })
    await shop.sell(oneOrderEach(1))
    await shop.push()
    await shop.services.customers.erase({ email: 'c0@example.com' })
    await shop.sell(oneOrderEach(2, 5_000, '2026-04-01'))
    expect(await shop.push()).toMatchObject({ erased: 0, refused: 1, confirmed: 1 })
    expect(await shop.services.erasures.loadRefusedErasures(10)).toMatchObject([
      {
        email: 'c0@example.com',
        code: 'permission_denied',
        reason: 'the key needs data-privacy:write to delete profiles',
      },
    ])
    await shop.reopen({ apiKey: 'pk_more' })
    expect(await shop.push()).toMatchObject({ erased: 1, refused: 0 })
    await until('the profile is deleted', () => shop.klaviyo.state.propertiesOf('c0@example.com') === undefined)
  })

  it('is deleted, not only cleared, when that was configured before the push', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(1))
    await shop.push()
    await shop.services.customers.erase({ email: 'c0@example.com' })
    await shop.reopen({ settings: DELETING })
    const again = await shop.services.customers.erase({ email: 'c0@example.com' })
    expect(again).toMatchObject({ repeated: true, customers: 0, profiles: { clear: 0, delete: 1 } })
    await shop.push()
    await until('the profile is deleted', () => shop.klaviyo.state.summary().profiles === 0)
  })
})
