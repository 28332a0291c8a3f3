import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forgetSource } from '../../src/bin/forget-source.ts'
import { StoreError } from '../../src/core/errors.ts'
import { openRig, type Rig, type Shop } from '../support/account-rig.ts'
import { ended, enqueue, openJobProcess } from '../support/job-rig.ts'
import { toOrder, toPage } from '../support/ledger.ts'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

/** A shop that is read no more, of which one customer is known. */
async function openShop(): Promise<Shop> {
  const shop = await rig.openShop()
  await shop.reopen({ files: {} })
  const order = toOrder({ externalId: '1', customer: { email: 'ann@shop.test' } })
  await shop.services.orders.saveOrderPage('old', toPage([order]), new Date(0))
  return shop
}

describe('forgetting a shop', () => {
  it('changes nothing while a process reads it, and says what to do', async () => {
    const { services } = await openShop()
    await services.exclusively('pull-orders old', async () => {
      const forgetting = forgetSource(services, 'old', { patienceMs: 0 })
      await expect(forgetting).rejects.toThrow(StoreError)
      await expect(forgetting).rejects.toThrow(/reads old at this moment.* stop every scontrino start/)
    })
    expect((await forgetSource(services, 'old'))?.receipt).toMatchObject({ customers: 1, removed: 1 })
  })

  it('waits for a pull that ends soon', async () => {
    const { services } = await openShop()
    const ending = Promise.withResolvers<void>()
    const pull = services.exclusively('pull-orders old', () => ending.promise)
    // Ends the pull once forgetting has met its lock.
    const met: typeof services.exclusively = async (kind, work) => {
      const answer = await services.exclusively(kind, work)
      if (answer === null) {
        ending.resolve()
        await pull
      }
      return answer
    }
    expect(await forgetSource({ ...services, exclusively: met }, 'old')).toMatchObject({ receipt: { removed: 1 } })
  })

  it('first follows what the shop said of customers and nobody had followed yet', async () => {
    const { services } = await openShop()
    const elsewhere = toOrder({ externalId: '2', customer: { email: 'ann@shop.test', externalId: 'A' } })
    await services.orders.saveOrderPage('new', toPage([elsewhere]), new Date(0))
    const customers = [
      { kind: 'redacted' as const, email: 'ann@shop.test' },
      { kind: 'task' as const, place: 'data request 7', what: 'customer 7 asks what is stored of them' },
    ]
    await services.inbox.receive('old', { kind: 'event', key: 'event 1', orderIds: ['1'], customers })
    // Only that she asked for it takes her from the other shop as well, and for good.
    expect((await forgetSource(services, 'old'))?.receipt).toMatchObject({ customers: 0, tasks: 1 })
    expect(await services.customers.erase({ email: 'ann@shop.test' })).toMatchObject({ repeated: true, customers: 0 })
    expect(await services.inbox.loadOpen('old', 10)).toEqual([])
  })

  it('leaves an account that has no source able to tell Klaviyo', async () => {
    const shop = await openShop()
    const process = await openJobProcess({ databaseUrl: rig.url, redisUrl: null })
    try {
      process.work(shop)
      await ended(process, await enqueue(process, 'sync', shop))
      expect(shop.klaviyo.state.propertiesOf('ann@shop.test')).toMatchObject({ order_count: 1 })
      await forgetSource(shop.services, 'old')
      expect(await ended(process, await enqueue(process, 'sync', shop))).toMatchObject({ state: 'completed' })
      expect(shop.klaviyo.state.propertiesOf('ann@shop.test')).toEqual({})
    } finally {
      await process.close()
    }
  })
})
