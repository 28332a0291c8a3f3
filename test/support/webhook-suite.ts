import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { AccountServices } from '../../src/app/services.ts'
import { RemoteRejectedError, RemoteUnavailableError } from '../../src/core/errors.ts'
import type { SourceOrder } from '../../src/core/orders/order.ts'
import type { Source } from '../../src/core/orders/source.ts'
import type { CustomerChange } from '../../src/core/orders/webhook.ts'
import type { WebhookEvent } from '../../src/core/orders/webhook-inbox.ts'
import { loadDeadLetters } from '../../src/store/orders/dead-letters.ts'
import { openRig, type Rig, type Shop } from './account-rig.ts'
import { type JobProcess, openJobProcess } from './job-rig.ts'
import { toOrder } from './ledger.ts'
import { until } from './until.ts'

const HOUR_MS = 3_600_000

/** A shop whose orders can only be looked up. */
function createLookUp() {
  const orders = new Map<string, SourceOrder>()
  const asked: string[][] = []
  const refused = new Set<string>()
  let failures = 0
  const source: Source = {
    name: 'live',
    check: async () => [],
    async *readOrders() {},
    async fetchOrders(ids) {
      asked.push([...ids])
      if (failures > 0) {
        failures -= 1
        throw new RemoteUnavailableError('fetching orders: the shop is away')
      }
      if (ids.some((id) => refused.has(id))) throw new RemoteRejectedError('fetching orders: answered 422', 422, [])
      const found = ids.flatMap((id) => orders.get(id) ?? [])
      return { orders: found, rejected: [], missing: ids.filter((id) => !orders.has(id)) }
    },
  }
  return {
    source,
    asked,
    fail(times: number) {
      failures = times
    },
    sell(externalId: string, totalMinor: number) {
      orders.set(
        externalId,
        toOrder({
          externalId,
          totalMinor,
          customer: { email: `${externalId}@example.com`, externalId: `customer of ${externalId}` },
        }),
      )
    },
    refuse: (externalId: string) => void refused.add(externalId),
    lose: (externalId: string) => void orders.delete(externalId),
  }
}

/** From an event to Klaviyo, on the store that keeps the jobs; `redisUrl` null: Postgres. */
export function testWebhooks(redisUrl: string | null): void {
  let rig: Rig
  beforeAll(async () => {
    rig = await openRig()
  })
  afterAll(() => rig?.close())

  async function open() {
    const shop: Shop = await rig.openShop()
    const live = createLookUp()
    await shop.reopen({ connectors: { live: live.source } })
    const process: JobProcess = await openJobProcess({ databaseUrl: rig.url, redisUrl })
    onTestFinished(() => process.close())
    const account = shop.services.settings.key
    const receive = async (event: Omit<WebhookEvent, 'kind'>) => {
      if (await shop.services.inbox.receive('live', { kind: 'event', ...event })) {
        await process.queues.wakeWebhooks(account, 'live')
      }
    }
    return {
      shop,
      live,
      process,
      aovOf: (email: string) => shop.klaviyo.state.propertiesOf(email)?.['aov'],
      tell: (key: string, ...orderIds: string[]) => receive({ key, orderIds, customers: [] }),
      tellOf: (key: string, ...customers: CustomerChange[]) => receive({ key, orderIds: [], customers }),
    }
  }

  describe('a webhook', () => {
    it('brings the order’s customer to Klaviyo', async () => {
      const { live, process, shop, tell, aovOf } = await open()
      process.work(shop)
      live.sell('a', 4_200)
      await tell('event 1', 'a')
      await until('the profile is there', () => aovOf('a@example.com') === 42)
    })

    it('that comes twice is worked off once', async () => {
      const { live, process, shop, tell, aovOf } = await open()
      live.sell('a', 4_200)
      await tell('event 1', 'a')
      await tell('event 1', 'a')
      process.work(shop)
      await until('the profile is there', () => aovOf('a@example.com') === 42)
      await tell('event 1', 'a')
      live.sell('b', 1_000)
      await tell('event 2', 'b')
      await until('the next profile is there', () => aovOf('b@example.com') === 10)
      expect(live.asked).toEqual([['a'], ['b']])
    })

    it('with something for a person is told among the rejects until somebody has seen to it', async () => {
      const { shop, process, tellOf } = await open()
      process.work(shop)
      await tellOf('event 1', { kind: 'task', place: 'data request 1', what: 'somebody asks' })
      const { accountId } = shop.services.ledgerAccount
      const letters = await until('it is told', async () => {
        const all = await loadDeadLetters(rig.ledger, accountId, 10)
        return all.length > 0 ? all : null
      })
      expect(letters).toMatchObject([{ source: 'live', place: 'data request 1', reason: 'somebody asks' }])
    })

    it('that asks for an erasure is followed though the key of its shop is refused', async () => {
      const { live, process, shop, tell, tellOf, aovOf } = await open()
      process.work(shop)
      live.sell('a', 1_000)
      await tell('event 1', 'a')
      await until('the profile is there', () => aovOf('a@example.com') === 10)
      const { keyFingerprint = '' } = shop.services.sources.get('live') ?? {}
      await shop.services.pauses.pause('live', keyFingerprint, 'the shop answered 401')
      await tell('event 2', 'b')
      await tellOf('event 3', { kind: 'redacted', email: 'a@example.com', externalId: 'customer of a' })
      await until('the number is cleared', () => aovOf('a@example.com') === undefined)
      expect(await shop.services.inbox.loadOpen('live', 10)).toMatchObject([{ orderIds: ['b'] }])
    })

    it('that asks for an erasure is followed while the shop does not answer', async () => {
      const { live, process, shop, tell, tellOf, aovOf } = await open()
      process.work(shop)
      live.sell('a', 1_000)
      await tell('event 1', 'a')
      await until('the profile is there', () => aovOf('a@example.com') === 10)
      live.fail(1_000)
      await tell('event 2', 'b')
      await tellOf('event 3', { kind: 'redacted', email: 'a@example.com' })
      const { accountId } = shop.services.ledgerAccount
      await until('nobody is known any more', async () => {
        const { rows } = await rig.ledger.query('select from customers where account_id = $1', [accountId])
        return rows.length === 0
      })
    })

    it('with something for a person is told while a long pull of its source keeps everything else waiting', async () => {
      const { process, shop, tellOf } = await open()
      const pulling = Promise.withResolvers<void>()
      const pull = shop.services.exclusively('pull-orders live', () => pulling.promise)
      process.work(shop)
      await tellOf('event 1', { kind: 'task', place: 'data request 2', what: 'somebody asks' })
      const { accountId } = shop.services.ledgerAccount
      await until('it is told', async () => (await loadDeadLetters(rig.ledger, accountId, 10)).length === 1)
      pulling.resolve()
      await pull
    })

    it('about an order that is gone takes it out of the sums', async () => {
      const { live, process, shop, tell, aovOf } = await open()
      process.work(shop)
      live.sell('a', 4_200)
      await tell('event 1', 'a')
      await until('the profile is there', () => aovOf('a@example.com') === 42)
      live.lose('a')
      await tell('event 2', 'a')
      await until('the number is cleared', () => aovOf('a@example.com') === undefined)
    })

    it('is worked off when the shop answers again', async () => {
      const { live, process, shop, tell, aovOf } = await open()
      process.work(shop)
      live.fail(1)
      live.sell('a', 4_200)
      await tell('event 1', 'a')
      await until('the profile is there', () => aovOf('a@example.com') === 42, 20_000)
      expect(live.asked.length).toBeGreaterThan(1)
    })

    it('that two customers became one puts their orders together', async () => {
      const { live, process, shop, tell, tellOf, aovOf } = await open()
      process.work(shop)
      live.sell('a', 1_000)
      live.sell('b', 3_000)
      await tell('event 1', 'a', 'b')
      await until('both profiles are there', () => aovOf('a@example.com') === 10 && aovOf('b@example.com') === 30)
      await tellOf('event 2', { kind: 'merged', keptId: 'customer of a', goneId: 'customer of b' })
      await until(
        'one number is left',
        () => [aovOf('a@example.com'), aovOf('b@example.com')].filter((aov) => aov !== undefined).join() === '20',
      )
    })

    it('that asks for an erasure clears the profile, for good', async () => {
      const { live, process, shop, tell, tellOf, aovOf } = await open()
      process.work(shop)
      live.sell('a', 1_000)
      await tell('event 1', 'a')
      await until('the profile is there', () => aovOf('a@example.com') === 10)
      await tellOf('event 2', { kind: 'redacted', email: 'a@example.com', externalId: 'customer of a' })
      await until('the number is cleared', () => aovOf('a@example.com') === undefined)
      live.sell('b', 1_000)
      await tell('event 3', 'a', 'b')
      await until('the next profile is there', () => aovOf('b@example.com') === 10)
      expect(aovOf('a@example.com')).toBeUndefined()
    })

    it('that cannot be followed keeps no other waiting', async () => {
      const { live, process, shop, tell, tellOf, aovOf } = await open()
      process.work(shop)
      await tellOf('event 1', { kind: 'redacted', email: 'no address' })
      live.refuse('a')
      live.sell('a', 1_000)
      live.sell('b', 1_000)
      await tell('event 2', 'a', 'b')
      await until('the other profile is there', () => aovOf('b@example.com') === 10)
      const { accountId } = shop.services.ledgerAccount
      const letters = await loadDeadLetters(rig.ledger, accountId, 10)
      expect(letters.map(({ place }) => place)).toEqual(['order a', expect.stringMatching(/^webhook event \d+$/)])
    })

    it('puts in no more work while a pull of its source keeps the last from beginning', async () => {
      const { live, process, shop, tell, aovOf } = await open()
      live.sell('a', 1_000)
      const pulling = Promise.withResolvers<void>()
      const pull = shop.services.exclusively('pull-orders live', () => pulling.promise)
      let turnedAway = 0
      const exclusively: AccountServices['exclusively'] = async (kind, work) => {
        const done = await shop.services.exclusively(kind, work)
        if (done === null && kind === 'pull-orders live') turnedAway += 1
        return done
      }
      process.work({ services: { ...shop.services, exclusively } })
      const countOf = async (wanted: string, state?: string) => {
        const counts = await process.queues.countJobs()
        const those = counts.filter((one) => one.job === wanted && (state === undefined || one.state === state))
        return those.reduce((sum, one) => sum + one.count, 0)
      }
      const count = () => countOf('push-profiles')
      // Until the work is put back it counts as begun, and an event then has other work put in.
      const isPutBack = async () => (await countOf('ingest-webhook', 'active')) === 0
      const before = await count()
      for (let n = 0; n < 4; n++) {
        const met = turnedAway
        await tell(`event ${n}`, 'a')
        await until('the work has begun and was turned away', async () => turnedAway > met && (await isPutBack()))
      }
      expect(await count()).toBeLessThanOrEqual(before + 2)
      pulling.resolve()
      await pull
      await until('the profile is there', () => aovOf('a@example.com') === 10)
    })

    it('received where the clock is ahead is worked off without waiting for the others’ clocks', async () => {
      const { live, process, shop, tell, aovOf } = await open()
      process.work(shop)
      live.sell('a', 4_200)
      const ahead = Date.now() + HOUR_MS
      const clock = vi.spyOn(Date, 'now').mockReturnValue(ahead)
      await tell('event 1', 'a').finally(() => clock.mockRestore())
      await until('the profile is there', () => aovOf('a@example.com') === 42)
    })

    it('of a hundred is never lost, however they are spread', async () => {
      const { live, process, shop, tell, aovOf } = await open()
      process.work(shop)
      const names = Array.from({ length: 100 }, (_, index) => `n${index}`)
      for (const name of names) live.sell(name, 1_500)
      for (let at = 0; at < names.length; at += 10) {
        await Promise.all(names.slice(at, at + 10).map((name) => tell(`event ${name}`, name)))
      }
      await until('all profiles are there', () => names.every((name) => aovOf(`${name}@example.com`) === 15), 30_000)
    })
  })
}
