import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { retryRejects } from '../../src/bin/retry-rejects.ts'
import { StoreError } from '../../src/core/errors.ts'
import { openRig, type Rig, type Shop } from '../support/account-rig.ts'
import { toPage } from '../support/ledger.ts'
import { writeOrders } from '../support/order-file.ts'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

/** A shop whose sources `good` and `bad` were read to the end; `bad` had records that could not be read. */
async function openShop(): Promise<Shop> {
  const shop = await rig.openShop()
  const path = writeOrders('orders.csv', 'Id,Date,Email,Total\n')
  await shop.reopen({ files: { good: path, bad: path } })
  const { orders } = shop.services
  for (const source of ['good', 'bad', 'no-longer-configured']) {
    const { readSince } = await orders.beginReading(source)
    const rejected = source === 'good' ? [] : ['2', '3'].map((place) => ({ place, reason: 'no date' }))
    await orders.saveOrderPage(source, { ...toPage([]), rejected }, readSince)
  }
  return shop
}

const cursorOf = async ({ services }: Shop, source: string) => (await services.orders.beginReading(source)).cursor

describe('a retry', () => {
  it('puts back only the configured sources that had rejected records', async () => {
    const shop = await openShop()
    expect(await retryRejects(rig.ledger, shop.services)).toEqual({ refused: 0, sources: ['bad'] })
    expect([await cursorOf(shop, 'bad'), await cursorOf(shop, 'good')]).toEqual([null, { at: 'end' }])
  })

  it('waits for a running pull, whose next page would undo it', async () => {
    const shop = await openShop()
    const { orders, exclusively } = shop.services
    const pulling = Promise.withResolvers<void>()
    const ending = Promise.withResolvers<void>()
    const pull = exclusively('pull-orders bad', async () => {
      pulling.resolve()
      await ending.promise
      const { readSince } = await orders.beginReading('bad')
      await orders.saveOrderPage('bad', toPage([], [], { at: 'next page' }), readSince)
      return true
    })
    await pulling.promise
    // Ends the pull once the retry has met its lock.
    const met = async <T>(kind: string, work: (signal: AbortSignal) => Promise<T>) => {
      const answer = await exclusively(kind, work)
      if (answer === null) {
        ending.resolve()
        await pull
      }
      return answer
    }
    await retryRejects(rig.ledger, { ...shop.services, exclusively: met })
    expect(await cursorOf(shop, 'bad')).toBeNull()
  })

  it('names the sources that a pull still reads when its patience ends, and leaves their cursor alone', async () => {
    const shop = await openShop()
    await shop.services.exclusively('pull-orders bad', async () => {
      const retry = retryRejects(rig.ledger, shop.services, { patienceMs: 0 })
      await expect(retry).rejects.toThrow(StoreError)
      await expect(retry).rejects.toThrow(/reads bad, .* run scontrino retry again/)
    })
    expect(await cursorOf(shop, 'bad')).toEqual({ at: 'end' })
  })
})
