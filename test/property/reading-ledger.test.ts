import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_PULLS, pullOrders } from '../../src/app/pull-orders.ts'
import { aggregateCustomer } from '../../src/core/aggregates.ts'
import { AbortedError } from '../../src/core/errors.ts'
import type { SourceOrder } from '../../src/core/order.ts'
import type { Source } from '../../src/core/source.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/aggregates.ts'
import { createOrderStore } from '../../src/store/orders.ts'
import { computeAll, openTestLedger, type TestLedger, toValuedOrder } from '../support/ledger.ts'
import { NOW } from '../support/ledger-arbitraries.ts'
import { bookToOrder } from '../support/shop-memory.ts'
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
    const wishes = { counts: NO_PULLS, full: false, onProgress: () => undefined, onCounts, signal: stop.signal }
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
