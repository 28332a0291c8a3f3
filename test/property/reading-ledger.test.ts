import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_PULLS, pullOrders } from '../../src/app/pull-orders.ts'
import { aggregateCustomer } from '../../src/core/customers/aggregates.ts'
import { AbortedError, ContractError } from '../../src/core/errors.ts'
import type { SourceOrder } from '../../src/core/orders/order.ts'
import type { Source } from '../../src/core/orders/source.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { loadDeadLetters } from '../../src/store/orders/dead-letters.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { computeAll, openTestLedger, type TestLedger, toValuedOrder } from '../support/ledger.ts'
import { NOW } from '../support/ledger-arbitraries.ts'
import { bookToOrder, createMemoryShop } from '../support/shop-memory.ts'
import { newOrder } from '../support/shop-reading.ts'
import { openStory, type Reader, shopStory } from '../support/shop-story.ts'
import { loadAggregates } from '../support/stored-ledger.ts'

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

const SWEEP_OF_ALL = { everyMs: 20_000, reach: 1_000_000_000 }

/** Pulls, and computes in between as the worker does; a pull that is to be killed ends after so many saved pages. */
function pullsInto(account: LedgerAccount, source: Source): Reader {
  const orders = createOrderStore(ledger.db, account)
  const aggregates = createAggregateStore(ledger.db, account)
  return async ({ pages }) => {
    const stop = new AbortController()
    let left = pages ?? Number.POSITIVE_INFINITY
    const onCounts = async () => {
      left -= 1
      if (left <= 0) stop.abort()
    }
    const wishes = {
      counts: NO_PULLS,
      full: false,
      acceptDeletions: false,
      onProgress: () => undefined,
      onCounts,
      signal: stop.signal,
    }
    await pullOrders({ source, orders }, wishes).catch((error: unknown) => {
      expect(error).toBeInstanceOf(AbortedError)
    })
    await computeAll(aggregates, NOW)
  }
}

/** What the ledger has to hold: amounts of each order, and what its customers' aggregates come to. */
function expected(orders: readonly SourceOrder[], { settings }: LedgerAccount) {
  const addresses = new Set(orders.flatMap((order) => order.customer?.email?.toLowerCase() ?? []))
  const aggregates = [...addresses].flatMap((address) => {
    const own = orders.filter((order) => order.customer?.email?.toLowerCase() === address)
    const aggregate = aggregateCustomer(own.map(toValuedOrder), [], settings, NOW)
    return aggregate === null ? [] : [[address, aggregate] as const]
  })
  const rows = orders
    .map((order) => {
      const { totalMinor, refundedMinor, state } = toValuedOrder(order)
      return { externalId: order.externalId, totalMinor, refundedMinor, state }
    })
    .toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1))
  return { rows, aggregates: Object.fromEntries(aggregates) }
}

async function stored({ accountId, settings, ...rest }: LedgerAccount) {
  const { rows } = await ledger.db.query(
    `select external_id as "externalId", total_minor as "totalMinor", refunded_minor as "refundedMinor", state
     from orders where account_id = $1 and state <> 'deleted' order by external_id collate "C"`,
    [accountId],
  )
  return { rows, aggregates: await loadAggregates(ledger.db, { accountId, settings, ...rest }) }
}

describe('a ledger that was pulled from a shop that changes meanwhile', () => {
  test('sums up to the book, to the cent, after the next sweep', async () => {
    await fc.assert(
      fc.asyncProperty(shopStory, async (told) => {
        const { memory, timing, live, quieten } = openStory({ ...told, ...SWEEP_OF_ALL })
        const account = await ledger.openAccount()
        const read = pullsInto(account, memory.source)
        await live(read)
        await quieten(read, SWEEP_OF_ALL.everyMs)
        const listed = [...memory.book.orders.values()].filter((order) => order.state !== 'trashed')
        const wanted = listed.filter((order) => order.placedAt >= timing.since).map(bookToOrder)
        expect(await stored(account)).toEqual(expected(wanted, account))
      }),
      { numRuns: 60 },
    )
  })
})

describe('a ledger that is read anew from the beginning', () => {
  const DAY_MS = 86_400_000
  const old = new Date('2025-01-01T00:00:00Z')

  /** A shop whose sweeps do not reach its old orders, and its ledger. Destroying moves nothing. */
  async function openShop(count: number) {
    const memory = createMemoryShop({
      traits: { precisionMs: 1_000, movesUpdated: { edit: true, destroy: false } },
      pageSize: 200,
      timing: { safetyMs: 0, lookBackMs: 0, sweep: { everyMs: DAY_MS, reachMs: DAY_MS }, since: new Date(0) },
    })
    const ids = Array.from({ length: count }, () => memory.book.place({ ...newOrder(), placedAt: old }).id)
    memory.clock.advance(DAY_MS)
    const account = await ledger.openAccount()
    const orders = createOrderStore(ledger.db, account)
    const pull = (full: boolean) => {
      memory.clock.advance(2 * DAY_MS)
      const { signal } = new AbortController()
      const wishes = {
        counts: NO_PULLS,
        full,
        acceptDeletions: false,
        onProgress: () => undefined,
        onCounts: async () => undefined,
        signal,
      }
      return pullOrders({ source: memory.source, orders }, wishes)
    }
    const letters = async () => (await loadDeadLetters(ledger.db, account.accountId, 100)).map(({ place }) => place)
    return { memory, ids, account, pull, letters }
  }

  test('loses an order that left the shop where no sweep reaches', async () => {
    const { memory, ids, account, pull } = await openShop(3)
    await pull(false)
    memory.book.change(ids[1] ?? 0, { kind: 'destroy' })
    await pull(false)
    expect((await stored(account)).rows).toHaveLength(3)
    await pull(true)
    expect((await stored(account)).rows.map(({ externalId }) => Number(externalId))).toEqual([ids[0], ids[2]])
  })

  test('closes the dead letter of an order that left the shop before it could ever be read', async () => {
    const { memory, ids, pull, letters } = await openShop(2)
    memory.broken.add(ids[0] ?? 0).add(ids[1] ?? 0)
    await pull(false)
    expect(await letters()).toHaveLength(2)
    memory.book.change(ids[0] ?? 0, { kind: 'destroy' })
    await pull(true)
    expect(await letters()).toEqual([`order ${ids[1]}`])
  })

  test('closes the dead letter of an order that is read well later', async () => {
    const { memory, ids, account, pull, letters } = await openShop(2)
    memory.broken.add(ids[0] ?? 0)
    await pull(false)
    memory.broken.clear()
    memory.book.change(ids[0] ?? 0, { kind: 'edit', subtotalMinor: 1 })
    await pull(false)
    expect(await letters()).toEqual([])
    expect((await stored(account)).rows).toHaveLength(2)
  })

  test('keeps everything when most orders of a time are gone at once: the key may see less than before', async () => {
    const { memory, ids, account, pull } = await openShop(120)
    await pull(false)
    for (const id of ids.slice(0, 90)) memory.book.change(id, { kind: 'destroy' })
    await expect(pull(true)).rejects.toThrow(ContractError)
    expect((await stored(account)).rows).toHaveLength(120)
  })
})
