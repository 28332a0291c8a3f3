import { describe, expect, test } from 'vitest'
import { lookUpAbsent } from '../../src/app/look-up-absent.ts'
import { ContractError, RemoteUnavailableError } from '../../src/core/errors.ts'
import type { OrderStore } from '../../src/core/orders/order-store.ts'
import type { OrderPage, RollCall } from '../../src/core/orders/page.ts'
import type { FetchedOrders, Source } from '../../src/core/orders/source.ts'
import { toOrder, toPage } from '../support/ledger.ts'

const { signal } = new AbortController()
const WISHES = { acceptDeletions: false, signal }
const rollCall: RollCall = {
  placedFrom: new Date('2026-01-01T00:00:00Z'),
  placedBefore: new Date('2026-02-01T00:00:00Z'),
  externalIds: [],
}
const idsTo = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1))

/** A ledger that holds `stored` orders of the range, of which `absent` are not named. */
function ledgerWith(absent: readonly string[], stored: number): OrderStore {
  const unused = () => Promise.reject(new Error('not for this'))
  return {
    beginReading: unused,
    resetCursor: unused,
    saveOrderPage: unused,
    saveFetchedOrders: unused,
    loadAbsent: async () => ({ absent, stored }),
  }
}

/** A shop that still knows the orders in `known`; notes what it was asked for. */
function shopKnowing(known: readonly string[]) {
  const asked: string[][] = []
  async function fetchOrders(ids: readonly string[]): Promise<FetchedOrders> {
    asked.push([...ids])
    return {
      orders: ids.filter((id) => known.includes(id)).map((externalId) => toOrder({ externalId })),
      rejected: [],
      missing: ids.filter((id) => !known.includes(id)),
    }
  }
  const source: Source = { name: 'shop', check: async () => [], readOrders: async function* () {}, fetchOrders }
  return { source, asked }
}

const page: OrderPage = { ...toPage([toOrder({ externalId: '99' })]), rollCall, deleted: ['98'] }

describe('stored orders that a roll call does not name', () => {
  test('are deleted when the shop says that it has them no more', async () => {
    const { source } = shopKnowing([])
    const found = await lookUpAbsent({ source, orders: ledgerWith(['1', '2'], 10) }, page, WISHES)
    expect(found.deleted).toEqual(['98', '1', '2'])
    expect(found.orders.map((order) => order.externalId)).toEqual(['99'])
  })

  test('are read when the shop still has them', async () => {
    const { source } = shopKnowing(['1'])
    const found = await lookUpAbsent({ source, orders: ledgerWith(['1', '2'], 10) }, page, WISHES)
    expect([found.orders.map((order) => order.externalId), found.deleted]).toEqual([
      ['99', '1'],
      ['98', '2'],
    ])
  })

  test('are not asked for when there are none', async () => {
    const { source, asked } = shopKnowing([])
    expect(await lookUpAbsent({ source, orders: ledgerWith([], 10) }, page, WISHES)).toBe(page)
    expect(asked).toEqual([])
  })

  test('stay when the look-up fails', async () => {
    const fetchOrders = () => Promise.reject(new RemoteUnavailableError('the shop is away'))
    const { source } = shopKnowing([])
    const looking = lookUpAbsent({ source: { ...source, fetchOrders }, orders: ledgerWith(['1'], 10) }, page, WISHES)
    await expect(looking).rejects.toThrow(RemoteUnavailableError)
  })

  test('stay at a source that can look none up', async () => {
    const { fetchOrders: _, ...source } = shopKnowing([]).source
    expect(await lookUpAbsent({ source, orders: ledgerWith(['1'], 10) }, page, WISHES)).toBe(page)
  })
})

describe('orders that vanish all at once', () => {
  test('are not deleted when they are more than half of many: the key may see less than before', async () => {
    const { source } = shopKnowing([])
    const looking = lookUpAbsent({ source, orders: ledgerWith(idsTo(51), 101) }, page, WISHES)
    await expect(looking).rejects.toThrow(ContractError)
    await expect(looking).rejects.toMatchObject({ context: { missing: 51, stored: 101 } })
  })

  test.each([
    { what: 'fifty of fifty', missing: 50, stored: 50 },
    { what: 'half of many', missing: 51, stored: 102 },
  ])('are deleted when they are $what', async ({ missing, stored }) => {
    const { source } = shopKnowing([])
    const found = await lookUpAbsent({ source, orders: ledgerWith(idsTo(missing), stored) }, page, WISHES)
    expect(found.deleted).toHaveLength(missing + 1)
  })

  test('are read, however many, when the shop still has them', async () => {
    const { source } = shopKnowing(idsTo(200))
    const found = await lookUpAbsent({ source, orders: ledgerWith(idsTo(200), 200) }, page, WISHES)
    expect([found.orders.length, found.deleted]).toEqual([201, ['98']])
  })

  test('are deleted, however many, when somebody has said that they may be', async () => {
    const { source } = shopKnowing([])
    const ledger = ledgerWith(idsTo(200), 200)
    const found = await lookUpAbsent({ source, orders: ledger }, page, { ...WISHES, acceptDeletions: true })
    expect(found.deleted).toHaveLength(201)
  })
})
