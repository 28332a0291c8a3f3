import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ContractError, RateLimitedError, RemoteRejectedError, RemoteUnavailableError } from '../../src/core/errors.ts'
import { PROPERTY_NAMES } from '../../src/core/profiles/property-names.ts'
import { oneOrderEach, openRig, type Rig } from '../support/account-rig.ts'
import { toOrder } from '../support/ledger.ts'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

const IMPORTS = '/api/profile-bulk-import-jobs'
const SINGLE = '/api/profile-import'
const HOUR_MS = 3_600_000

describe('pushing profiles', () => {
  it('sends up to ten one by one', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(10))
    expect(await shop.push()).toMatchObject({ confirmed: 10, imports: 0 })
    expect(shop.requests()).toEqual({ create_or_update_profile: 10 })
    expect(shop.klaviyo.state.propertiesOf('c3@example.com')).toMatchObject({ aov: 10, order_count: 1 })
  })

  it('sends eleven in one import', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(11))
    expect(await shop.push()).toMatchObject({ confirmed: 11, imports: 1, refused: 0 })
    expect(shop.requests()).toMatchObject({ bulk_import_profiles: 1 })
    expect(shop.requests()).not.toHaveProperty('create_or_update_profile')
  })

  it('asks Klaviyo nothing when nothing has changed', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(12))
    await shop.push()
    const { total } = shop.klaviyo.requestCounts()
    await shop.sell(oneOrderEach(12))
    expect(await shop.push()).toMatchObject({ confirmed: 0, imports: 0 })
    expect(shop.klaviyo.requestCounts().total).toBe(total)
  })

  it('says when to come back instead of waiting for an import', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(11))
    expect(await shop.step()).toMatchObject({ done: false, delayMs: 500 })
  })

  it('clears everything of ours when no order of a customer counts any more', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(2))
    await shop.push()
    const [order = toOrder({ externalId: 'none' })] = oneOrderEach(1, 1_000, '2026-04-01')
    const refunds = [{ externalId: 'r1', refundedAt: new Date('2026-04-01T12:00:00Z'), amountMinor: 1_000 }]
    await shop.sell([{ ...order, refunds }])
    expect(await shop.push()).toMatchObject({ confirmed: 1 })
    expect(shop.klaviyo.state.propertiesOf('c0@example.com')).toEqual({})
    expect(shop.klaviyo.state.propertiesOf('c1@example.com')).toHaveProperty('aov', 10)
  })

  it('clears a property that is taken out of the configuration', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(11))
    await shop.push()
    const properties = PROPERTY_NAMES.filter((name) => name !== 'net_revenue')
    await shop.reopen({ settings: { profiles: { mode: 'create', prefix: '', properties, onErase: 'clear' } } })
    await shop.compute()
    expect(await shop.push()).toMatchObject({ confirmed: 11 })
    expect(shop.klaviyo.state.propertiesOf('c7@example.com')).not.toHaveProperty('net_revenue')
    expect(shop.klaviyo.state.propertiesOf('c7@example.com')).toHaveProperty('aov', 10)
  })

  it('moves the properties when their prefix changes', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(11))
    await shop.push()
    await shop.reopen({
      settings: { profiles: { mode: 'create', prefix: 'shop_', properties: PROPERTY_NAMES, onErase: 'clear' } },
    })
    await shop.compute()
    await shop.push()
    const names = Object.keys(shop.klaviyo.state.propertiesOf('c7@example.com') ?? {})
    expect(names.length).toBeGreaterThan(5)
    expect(names.filter((name) => !name.startsWith('shop_'))).toEqual([])
  })

  it('leaves properties alone that are not ours', async () => {
    const shop = await rig.openShop()
    shop.klaviyo.state.seedProfiles([{ email: 'c0@example.com', properties: { birthday: '05-01', aov: 3 } }])
    await shop.sell(oneOrderEach(1))
    await shop.push()
    expect(shop.klaviyo.state.propertiesOf('c0@example.com')).toMatchObject({ birthday: '05-01', aov: 10 })
  })
})

describe('profiles: update-existing', () => {
  const profiles = { mode: 'update-existing', prefix: '', properties: PROPERTY_NAMES, onErase: 'clear' } as const

  it.each([3, 20])('creates nobody (%i customers)', async (count) => {
    const shop = await rig.openShop({ profiles })
    shop.klaviyo.state.seedProfiles([{ email: 'c0@example.com' }, { email: 'c1@example.com' }])
    await shop.sell(oneOrderEach(count))
    expect(await shop.push()).toMatchObject({ confirmed: 2, absent: count - 2, refused: 0 })
    expect(shop.klaviyo.state.summary().profiles).toBe(2)
    expect(await shop.services.profiles.loadRefused(10)).toEqual([])
  })

  it('looks for absent customers again after a day', async () => {
    const shop = await rig.openShop({ profiles })
    await shop.sell(oneOrderEach(3))
    await shop.push()
    shop.klaviyo.state.seedProfiles([{ email: 'c2@example.com' }])
    shop.clock.pass(HOUR_MS)
    expect(await shop.push()).toMatchObject({ confirmed: 0, absent: 0 })
    shop.clock.pass(24 * HOUR_MS)
    expect(await shop.push()).toMatchObject({ confirmed: 1, absent: 2 })
    expect(shop.klaviyo.state.propertiesOf('c2@example.com')).toHaveProperty('aov', 10)
  })

  it('looks for them at once when told to', async () => {
    const shop = await rig.openShop({ profiles })
    await shop.sell(oneOrderEach(3))
    await shop.push()
    shop.klaviyo.state.seedProfiles([{ email: 'c2@example.com' }])
    shop.clock.pass(1_000)
    expect(await shop.push({ recheckAbsent: true })).toMatchObject({ confirmed: 1, absent: 2 })
  })

  it('creates those it had left alone when the mode changes to create', async () => {
    const shop = await rig.openShop({ profiles })
    await shop.sell(oneOrderEach(3))
    await shop.push()
    await shop.reopen({ settings: { profiles: { ...profiles, mode: 'create' } } })
    shop.clock.pass(1_000)
    expect(await shop.push()).toMatchObject({ confirmed: 3 })
  })
})

describe('imports that do not end well', () => {
  it.each(['cancelled', 'expired'] as const)('are posted again when Klaviyo calls them %s', async (kind) => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(30))
    shop.klaviyo.faults.add({ kind, method: 'POST', path: IMPORTS, times: 2 })
    expect(await shop.push()).toMatchObject({ confirmed: 30, abandoned: 2, imports: 3 })
    expect(shop.klaviyo.state.summary().profiles).toBe(30)
  })

  it('are told as a failure when Klaviyo cancels them again and again', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(30))
    shop.klaviyo.faults.add({ kind: 'cancelled', times: 50 })
    await expect(shop.push()).rejects.toThrow(ContractError)
    expect(shop.requests()).toMatchObject({ bulk_import_profiles: 5 })
    shop.klaviyo.faults.clear()
    expect(await shop.push()).toMatchObject({ confirmed: 30 })
  })

  it('have every page of their errors read', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(300))
    shop.klaviyo.faults.add({ kind: 'row-error', rows: 250 })
    expect(await shop.push()).toMatchObject({ confirmed: 50, refused: 250 })
    expect(await shop.services.profiles.loadRefused(1_000)).toHaveLength(250)
    expect(shop.requests()).toMatchObject({ get_errors_for_bulk_import_profiles_job: 3 })
  })

  it('lose no refusal when their errors cannot be read at first', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(300))
    shop.klaviyo.faults.add({ kind: 'row-error', rows: 250 })
    shop.klaviyo.faults.add({ kind: 'status', status: 429, retryAfterSeconds: 60, path: 'import-errors', times: 1 })
    await expect(shop.push()).rejects.toThrow(RateLimitedError)
    expect(await shop.services.profiles.loadRefused(1_000)).toHaveLength(0)
    expect(await shop.push()).toMatchObject({ refused: 250 })
    expect(await shop.services.profiles.loadRefused(1_000)).toHaveLength(250)
  })

  it('lose one malformed address among ten thousand and nobody else', async () => {
    const shop = await rig.openShop()
    const orders = oneOrderEach(10_000)
    orders[5_000] = toOrder({ externalId: 'odd', customer: { email: 'jürgen@example.com' } })
    await shop.sell(orders)
    expect(await shop.push()).toMatchObject({ confirmed: 9_999, refused: 1 })
    expect(await shop.services.profiles.loadRefused(10)).toMatchObject([{ email: 'jürgen@example.com' }])
    expect(shop.klaviyo.state.summary().profiles).toBe(9_999)
  })

  it.each([3, 12])('never carry a profile over 100 KB, and say why (%i customers)', async (count) => {
    const shop = await rig.openShop()
    const { policy } = shop.services.settings
    await shop.reopen({ settings: { policy: { ...policy, name: 'x'.repeat(100_000) } } })
    await shop.sell(oneOrderEach(count))
    expect(await shop.push()).toMatchObject({ confirmed: 0, refused: count, imports: 0 })
    const [refused] = await shop.services.profiles.loadRefused(1)
    expect(refused).toMatchObject({ code: 'too_large', reason: expect.stringContaining('100 KB') })
    expect(shop.klaviyo.requestCounts().total).toBe(0)
  })

  it('are halved when Klaviyo finds them too large', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(100))
    shop.klaviyo.faults.add({ kind: 'status', status: 413, method: 'POST', path: IMPORTS })
    expect(await shop.push()).toMatchObject({ confirmed: 100, imports: 2, abandoned: 0 })
  })

  it('leave nothing in flight when Klaviyo refuses them as a whole', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(100))
    shop.klaviyo.faults.add({ kind: 'status', status: 422, method: 'POST', path: IMPORTS })
    await expect(shop.push()).rejects.toThrow(RemoteRejectedError)
    expect(await shop.services.profiles.loadOpenImports()).toEqual([])
    expect(await shop.services.profiles.countPending()).toBe(100)
    expect(await shop.push()).toMatchObject({ confirmed: 100, imports: 1 })
  })
})

describe('answers that are lost', () => {
  it.each(['accept-then-drop', 'drop', 'truncate'] as const)(
    'to the start of an import lead to the same content once more (%s)',
    async (kind) => {
      const shop = await rig.openShop()
      await shop.sell(oneOrderEach(30))
      shop.klaviyo.faults.add({ kind, method: 'POST', path: IMPORTS })
      await expect(shop.push()).rejects.toThrow(RemoteUnavailableError)
      expect(await shop.push()).toMatchObject({ confirmed: 30, imports: 1 })
      expect(shop.klaviyo.state.summary().profiles).toBe(30)
      expect(await shop.services.profiles.countPending()).toBe(0)
      expect(await shop.services.profiles.loadOpenImports()).toEqual([])
    },
  )

  it('to a single profile lead to the same profile once more', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(3))
    shop.klaviyo.faults.add({ kind: 'accept-then-drop', method: 'POST', path: SINGLE })
    await expect(shop.push()).rejects.toThrow(RemoteUnavailableError)
    expect(await shop.push()).toMatchObject({ confirmed: 3 })
    expect(shop.klaviyo.state.summary().profiles).toBe(3)
  })

  it('to a poll change nothing', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(30))
    const { counts } = await shop.step()
    shop.clock.pass(1_000)
    shop.klaviyo.faults.add({ kind: 'drop', method: 'GET', path: IMPORTS, times: 3 })
    await expect(shop.step({ counts })).rejects.toThrow(RemoteUnavailableError)
    expect(await shop.push({ counts })).toMatchObject({ confirmed: 30, imports: 1 })
    expect(shop.requests()).toMatchObject({ bulk_import_profiles: 1 })
  })
})

describe('content that changes', () => {
  it('while its import is under way waits for its end, then follows', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(20, 1_000))
    const { counts } = await shop.step()
    await shop.sell(oneOrderEach(20, 2_000, '2026-04-01'))
    await shop.step({ counts })
    expect(shop.requests()).toEqual({ bulk_import_profiles: 1 })
    expect(await shop.push({ counts })).toMatchObject({ confirmed: 40, imports: 2 })
    expect(shop.klaviyo.state.propertiesOf('c4@example.com')).toHaveProperty('aov', 20)
    expect(await shop.services.profiles.countPending()).toBe(0)
  })

  it('after a lost answer is what Klaviyo ends up with', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(20, 1_000))
    shop.klaviyo.faults.add({ kind: 'accept-then-drop', method: 'POST', path: IMPORTS })
    await expect(shop.push()).rejects.toThrow(RemoteUnavailableError)
    await shop.sell(oneOrderEach(20, 2_000, '2026-04-01'))
    await shop.push()
    expect(shop.klaviyo.state.propertiesOf('c4@example.com')).toHaveProperty('aov', 20)
    expect(await shop.services.profiles.countPending()).toBe(0)
  })

  it('is what it takes to send a refused profile again', async () => {
    const shop = await rig.openShop()
    shop.klaviyo.faults.add({ kind: 'row-error', emailContains: 'c7@' })
    await shop.sell(oneOrderEach(20))
    expect(await shop.push()).toMatchObject({ confirmed: 19, refused: 1 })
    const { total } = shop.klaviyo.requestCounts()
    expect(await shop.push()).toMatchObject({ confirmed: 0, refused: 0 })
    expect(shop.klaviyo.requestCounts().total).toBe(total)
    await shop.sell(oneOrderEach(8, 2_000, '2026-04-01').slice(7))
    expect(await shop.push()).toMatchObject({ confirmed: 1 })
    expect(await shop.services.profiles.loadRefused(10)).toEqual([])
  })

  it('is not needed when somebody asks for a refused profile again', async () => {
    const shop = await rig.openShop()
    shop.klaviyo.faults.add({ kind: 'row-error', emailContains: 'c7@' })
    await shop.sell(oneOrderEach(20))
    await shop.push()
    expect(await shop.services.profiles.retryRefused()).toBe(1)
    expect(await shop.push()).toMatchObject({ confirmed: 1 })
  })
})

describe('a Klaviyo that asks for patience', () => {
  it.each([
    ['seconds', 7],
    ['a day', 86_400],
  ])('is given %s, told as the delay of the error', async (_name, retryAfterSeconds) => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(20))
    shop.klaviyo.faults.add({ kind: 'status', status: 429, retryAfterSeconds, method: 'POST', path: IMPORTS })
    const error = await shop.push().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RateLimitedError)
    expect(error).toHaveProperty('delayMs', retryAfterSeconds * 1_000)
    expect(await shop.push()).toMatchObject({ confirmed: 20 })
  })

  it('in the middle of many loses no count of what was done before', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(8))
    const kept: object[] = []
    const onCounts = async (counts: object) => void kept.push({ ...counts })
    await shop.push({ onCounts })
    await shop.sell(oneOrderEach(20, 2_000, '2026-04-01'))
    shop.klaviyo.faults.add({ kind: 'status', status: 429, method: 'GET', path: IMPORTS, retryAfterSeconds: 60 })
    await expect(shop.push({ onCounts })).rejects.toThrow(RateLimitedError)
    expect(kept.at(-1)).toMatchObject({ confirmed: 0, imports: 1 })
    expect(kept).toContainEqual(expect.objectContaining({ confirmed: 8 }))
  })
})
