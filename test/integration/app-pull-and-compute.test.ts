import { appendFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { computeAggregates } from '../../src/app/compute-aggregates.ts'
import { NO_PULLS, type PullCounts, pullOrders } from '../../src/app/pull-orders.ts'
import { AbortedError, StoreError } from '../../src/core/errors.ts'
import type { OrderStore } from '../../src/core/orders/order-store.ts'
import { oneOrderEach, openRig, type Rig, type Shop } from '../support/account-rig.ts'
import { SETTINGS } from '../support/ledger.ts'
import { writeOrders } from '../support/order-file.ts'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

const HEAD = 'Id,Date,Email,Total\n'
const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `${from + i},2026-03-01,c${from + i}@example.com,10.00\n`).join('')

type Wishes = Parameters<typeof pullOrders>[1]

async function pull(shop: Shop, wishes: Partial<Wishes> = {}, orders?: OrderStore): Promise<PullCounts> {
  const source = shop.services.sources.get('shop')?.connector
  if (source === undefined) throw new Error('the shop has no file')
  return pullOrders(
    { source, orders: orders ?? shop.services.orders },
    {
      counts: NO_PULLS,
      full: false,
      acceptDeletions: false,
      onProgress: () => undefined,
      onCounts: async () => undefined,
      signal: new AbortController().signal,
      ...wishes,
    },
  )
}

async function openShop(count: number): Promise<{ shop: Shop; path: string }> {
  const path = writeOrders('orders.csv', HEAD + rows(0, count))
  const shop = await rig.openShop()
  await shop.reopen({ files: { shop: path } })
  return { shop, path }
}

async function storedOrders({ services }: Shop): Promise<number> {
  const { rows: found } = await rig.ledger.query<{ count: number }>(
    'select count(*)::integer as count from orders where account_id = $1',
    [services.ledgerAccount.accountId],
  )
  return found[0]?.count ?? 0
}

describe('pulling orders', () => {
  it('makes a dead letter of an order whose date stands for none, and keeps the rest', async () => {
    const undated = '20,0001-01-01,c20@example.com,10.00\n21,9999-12-31,c21@example.com,10.00\n'
    const shop = await rig.openShop()
    await shop.reopen({ files: { shop: writeOrders('orders.csv', HEAD + rows(0, 2) + undated) } })
    expect(await pull(shop)).toMatchObject({ orders: 2, rejected: 2 })
    const { rows: letters } = await rig.ledger.query(
      'select place, reason from dead_letters where account_id = $1 order by place',
      [shop.services.ledgerAccount.accountId],
    )
    const reason = 'expected a date between 1900 and 2199'
    expect(letters).toEqual([
      { place: 'order 20', reason },
      { place: 'order 21', reason },
    ])
  })

  it('reads a file once, and then only what has come since', async () => {
    const { shop, path } = await openShop(20)
    expect(await pull(shop)).toMatchObject({ orders: 20, changed: 20 })
    expect(await pull(shop)).toMatchObject({ orders: 0, changed: 0 })
    appendFileSync(path, rows(20, 23))
    expect(await pull(shop)).toMatchObject({ changed: 3 })
    expect(await storedOrders(shop)).toBe(23)
  })

  it('reads everything again when asked to, and changes nothing by it', async () => {
    const { shop } = await openShop(20)
    await pull(shop)
    expect(await pull(shop, { full: true })).toMatchObject({ orders: 20, changed: 0 })
  })

  it('goes on after the last saved page when it is stopped between two', async () => {
    const { shop } = await openShop(12_000)
    const stop = new AbortController()
    const onCounts = async () => stop.abort()
    await expect(pull(shop, { onCounts, signal: stop.signal })).rejects.toThrow(AbortedError)
    const before = await storedOrders(shop)
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(12_000)
    const rest = await pull(shop)
    expect(rest.orders).toBe(12_000 - before)
    expect(await storedOrders(shop)).toBe(12_000)
  })

  it('adds up what it did before and after', async () => {
    const { shop } = await openShop(12_000)
    const stop = new AbortController()
    let kept = NO_PULLS
    const onCounts = async (counts: PullCounts) => {
      kept = { ...counts }
      stop.abort()
    }
    await pull(shop, { onCounts, signal: stop.signal }).catch(() => undefined)
    expect(await pull(shop, { counts: kept })).toMatchObject({ orders: 12_000, changed: 12_000 })
  })

  it('loses no page to a database that fails while one is being saved', async () => {
    const { shop } = await openShop(12_000)
    let saves = 0
    const { orders } = shop.services
    const failing: OrderStore = {
      ...orders,
      async saveOrderPage(...page) {
        saves += 1
        if (saves === 2) throw new StoreError('away')
        return orders.saveOrderPage(...page)
      },
    }
    await expect(pull(shop, {}, failing)).rejects.toThrow(StoreError)
    await pull(shop)
    expect(await storedOrders(shop)).toBe(12_000)
  })

  it('tells how far it is', async () => {
    const { shop } = await openShop(20)
    const told: unknown[] = []
    await pull(shop, { onProgress: (progress) => told.push(progress) })
    expect(told.at(-1)).toMatchObject({ step: 'pulling shop' })
  })
})

describe('computing aggregates', () => {
  const compute = (shop: Shop, signal = new AbortController().signal) =>
    computeAggregates(
      { aggregates: shop.services.aggregates },
      { now: shop.clock.at, onProgress: () => undefined, signal },
    )

  async function save(shop: Shop, count: number): Promise<void> {
    const { orders } = shop.services
    const page = { orders: oneOrderEach(count), refunds: [], rejected: [], skipped: 0, cursor: {} }
    await orders.saveOrderPage('till', page, (await orders.beginReading('till')).readSince)
  }

  it('computes what is dirty once', async () => {
    const shop = await rig.openShop()
    await save(shop, 30)
    expect(await compute(shop)).toEqual({ customers: 30, changed: 30, everything: true })
    expect(await compute(shop)).toEqual({ customers: 0, changed: 0, everything: false })
  })

  it('computes everyone anew when a setting that matters has changed', async () => {
    const shop = await rig.openShop()
    await save(shop, 30)
    await compute(shop)
    await shop.reopen({ settings: { currency: 'EUR', profiles: { ...SETTINGS.profiles, prefix: 'shop_' } } })
    expect(await compute(shop)).toMatchObject({ customers: 30, changed: 0, everything: true })
    expect(await shop.services.profiles.countPending()).toBe(30)
  })

  it('brings bands in line with new borders without computing anyone', async () => {
    const shop = await rig.openShop()
    await save(shop, 30)
    await compute(shop)
    await shop.push()
    await shop.reopen({ settings: { currency: 'EUR', bands: { at: [5, 9], margin: null, minStayDays: null } } })
    expect(await compute(shop)).toMatchObject({ customers: 0, everything: false })
    const pending = await shop.services.profiles.loadPending(50)
    expect(pending.map(({ aggregate }) => aggregate?.band)).toEqual(pending.map(() => 'high'))
    expect(pending).toHaveLength(30)
  })

  it('stops before it begins when its process is stopping', async () => {
    const shop = await rig.openShop()
    await save(shop, 30)
    await expect(compute(shop, AbortSignal.abort())).rejects.toThrow(AbortedError)
    expect(await compute(shop)).toMatchObject({ customers: 30 })
  })
})
