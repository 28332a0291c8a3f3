import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aggregateCustomer } from '../../src/core/customers/aggregates.ts'
import { placeOfOrder, type SourceOrder } from '../../src/core/orders/order.ts'
import type { OrderPage } from '../../src/core/orders/page.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { loadDeadLetters } from '../../src/store/orders/dead-letters.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { computeAll, openTestLedger, type TestLedger, toOrder, toPage, toValuedOrder } from '../support/ledger.ts'
import { NOW } from '../support/ledger-arbitraries.ts'
import { loadAggregates } from '../support/stored-ledger.ts'

const IDS = ['1', '2', '3', '4', '5', '6']
const EMAILS = ['ann@shop.test', 'bob@shop.test']
const day = (of: number) => new Date(Date.UTC(2026, 2, of, 12))

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

/** Each order keeps its date and customer; its content and its fate change from page to page. */
const record = fc.record({
  id: fc.constantFrom(...IDS),
  fate: fc.constantFrom('read', 'read', 'deleted', 'rejected'),
  updatedOn: fc.integer({ min: 1, max: 3 }),
  totalMinor: fc.integer({ min: 0, max: 900 }),
})
type Reading = { id: string; fate: string; updatedOn: number; totalMinor: number }
const pages = fc.array(fc.uniqueArray(record, { selector: ({ id }) => id, maxLength: 4 }), {
  minLength: 1,
  maxLength: 8,
})

function orderOf({ id, updatedOn, totalMinor }: Reading): SourceOrder {
  const number = Number(id)
  const email = EMAILS[number % EMAILS.length] ?? ''
  return toOrder({
    externalId: id,
    placedAt: day(number),
    updatedAt: day(10 + updatedOn),
    totalMinor,
    customer: { email },
  })
}

function pageOf(list: readonly Reading[]): OrderPage {
  const of = (fate: string) => list.filter((one) => one.fate === fate)
  return {
    ...toPage(of('read').map(orderOf)),
    deleted: of('deleted').map(({ id }) => id),
    rejected: of('rejected').map(({ id }) => ({ place: placeOfOrder(id), reason: 'expected something else' })),
  }
}

/** Stale writes lose; what left the shop keeps its content, so that it counts again when it comes back as it was. */
function modelOf(readings: readonly Reading[]) {
  const orders = new Map<string, SourceOrder>()
  const open = new Set<string>()
  for (const one of readings) {
    const stored = orders.get(one.id)
    if (one.fate === 'rejected') open.add(placeOfOrder(one.id))
    else open.delete(placeOfOrder(one.id))
    if (one.fate === 'deleted' && stored !== undefined) orders.set(one.id, { ...stored, state: 'deleted' })
    if (one.fate !== 'read') continue
    const order = orderOf(one)
    if (stored === undefined || order.updatedAt >= stored.updatedAt) orders.set(one.id, order)
  }
  return { orders: [...orders.values()], open: [...open].sort() }
}

async function expectSums(account: LedgerAccount, orders: readonly SourceOrder[]): Promise<void> {
  const expected = EMAILS.flatMap((email) => {
    const own = orders.filter(({ customer, state }) => customer?.email === email && state !== 'deleted')
    const aggregate = aggregateCustomer(own.map(toValuedOrder), [], account.settings, NOW)
    return aggregate === null ? [] : [[email, aggregate] as const]
  })
  expect(await loadAggregates(ledger.db, account)).toEqual(Object.fromEntries(expected))
}

describe('orders that leave a shop', () => {
  test('leave every sum, close their dead letters, and count again when they come back', async () => {
    await fc.assert(
      fc.asyncProperty(pages, fc.boolean(), async (list, computing) => {
        const account = await ledger.openAccount()
        const store = createOrderStore(ledger.db, account)
        const aggregates = createAggregateStore(ledger.db, account)
        for (const readings of list) {
          await store.saveOrderPage('shop', pageOf(readings), new Date(0))
          if (computing) await computeAll(aggregates, NOW)
        }
        await computeAll(aggregates, NOW)
        const model = modelOf(list.flat())
        await expectSums(account, model.orders)
        const letters = await loadDeadLetters(ledger.db, account.accountId, 100)
        expect(letters.map(({ place }) => place).sort()).toEqual(model.open)
      }),
      { numRuns: 60 },
    )
  })

  test('are those of the range that a roll call does not name and that are not known as deleted', async () => {
    const range = fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }))
    await fc.assert(
      fc.asyncProperty(pages, range, fc.subarray(IDS), async (list, [from, before], externalIds) => {
        const account = await ledger.openAccount()
        const store = createOrderStore(ledger.db, account)
        for (const readings of list) await store.saveOrderPage('shop', pageOf(readings), new Date(0))
        const rollCall = { placedFrom: day(from), placedBefore: day(before), externalIds }
        const inRange = modelOf(list.flat()).orders.filter(
          ({ placedAt, state }) => state !== 'deleted' && placedAt >= day(from) && placedAt < day(before),
        )
        const { absent, stored } = await store.loadAbsent('shop', rollCall)
        const expected = inRange.map(({ externalId }) => externalId).filter((id) => !externalIds.includes(id))
        expect([absent.toSorted(), stored]).toEqual([expected.toSorted(), inRange.length])
        expect((await store.loadAbsent('another', rollCall)).stored).toBe(0)
      }),
      { numRuns: 40 },
    )
  })
})
