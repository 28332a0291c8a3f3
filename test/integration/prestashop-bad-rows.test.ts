import { afterEach, describe, expect, it } from 'vitest'
import { newOrder, openPrestashop, prestashopSource } from '../support/prestashop.ts'
import { type ShownRow, spoilPrestashop } from '../support/prestashop-proxy.ts'
import { createModelLedger, type ModelLedger } from '../support/shop-ledger-model.ts'

const { signal } = new AbortController()
const HOUR = 3_600_000
const open: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

/** Orders 1001 to 1004, placed at 23:59:59, 00:00:00, 00:00:01 and 12:00:00 in Berlin around 1 June. */
const PLACED = ['2026-05-31T21:59:59Z', '2026-05-31T22:00:00Z', '2026-05-31T22:00:01Z', '2026-06-01T10:00:00Z']

/** A shop one of whose rows is spoiled, read as a whole, then for changes and with a sweep. */
async function readSpoiled(
  spoil: (resource: string, row: ShownRow, query: URLSearchParams) => ShownRow | null,
): Promise<ModelLedger> {
  const shop = await openPrestashop('2026-06-30T21:00:00Z')
  open.push(shop)
  for (const placedAt of PLACED)
    shop.book.place(newOrder({ placedAt: new Date(placedAt), email: `${placedAt}@shop.test`, registered: false }))
  const spoiled = await spoilPrestashop(shop.url, spoil)
  open.push(spoiled)
  const source = prestashopSource(shop, { url: spoiled.url })
  const ledger = createModelLedger(source)
  const read = async () => {
    for await (const page of source.readOrders(ledger.cursors.at(-1) ?? null, signal)) await ledger.save(page)
  }
  await read()
  // In Berlin, 1002 changes at the first second of July.
  shop.clock.advance(HOUR - 1_000)
  for (const [id, amountMinor] of [
    [1001, 500],
    [1002, 700],
    [1003, 900],
  ] as const) {
    shop.book.change(id, { kind: 'touch' })
    shop.book.change(id, { kind: 'refund', amountMinor })
    shop.clock.advance(1_000)
  }
  shop.clock.advance(26 * HOUR)
  await read()
  return ledger
}

function refundsOf(ledger: ModelLedger, id: string): readonly number[] | undefined {
  return ledger.orders.get(id)?.refunds.map(({ amountMinor }) => amountMinor)
}

describe('one row that a PrestaShop should not have', () => {
  it.each([0, '0', null, '', '-1'])(
    'a credit slip of order %j stops no reading, and no other slip',
    async (id_order) => {
      const ledger = await readSpoiled((resource, row, query) => {
        if (resource !== 'order_slip' || row['id_order'] !== '1001') return row
        // Asked for by their order, such slips are not among those of any.
        return query.has('filter[id_order]') ? null : { ...row, id_order }
      })
      expect([...ledger.orders.keys()].sort()).toEqual(['1001', '1002', '1003', '1004'])
      expect(refundsOf(ledger, '1002')).toEqual([700])
      expect(ledger.deadLetters.size).toBe(0)
    },
  )

  it('a customer that cannot be read makes the order a dead letter, and no other', async () => {
    const ledger = await readSpoiled((resource, row) =>
      resource === 'customers' && row['id'] === 501_003 ? { ...row, email: { broken: true } } : row,
    )
    expect([...ledger.deadLetters.values()]).toMatchObject([{ place: 'order 1003', field: 'id_customer' }])
    expect([...ledger.orders.keys()].sort()).toEqual(['1001', '1002', '1004'])
  })

  // The shop sorts such times before the first second of the month, which is when 1002 is listed.
  it('an order placed on no day of its month is a dead letter, and no other', async () => {
    const ledger = await readSpoiled((resource, row) =>
      row['date_add'] === '2026-06-01 00:00:00' && resource === 'orders'
        ? { ...row, date_add: '2026-06-00 10:00:00' }
        : row,
    )
    expect([...ledger.deadLetters.values()]).toMatchObject([{ place: 'order 1002', field: 'date_add' }])
    expect([...ledger.orders.keys()].sort()).toEqual(['1001', '1003', '1004'])
  })

  it('an order changed on no day of its month is a dead letter, and no other', async () => {
    const ledger = await readSpoiled((resource, row) =>
      row['date_upd'] === '2026-07-01 00:00:00' && resource === 'orders'
        ? { ...row, date_upd: '2026-07-00 10:00:00' }
        : row,
    )
    expect([...ledger.deadLetters.values()]).toMatchObject([{ place: 'order 1002', field: 'date_upd' }])
    expect(refundsOf(ledger, '1001')).toEqual([500])
    expect(refundsOf(ledger, '1003')).toEqual([900])
  })

  it('a credit slip without a day in its changed date still names its order', async () => {
    const ledger = await readSpoiled((resource, row) =>
      resource === 'order_slip' && row['id_order'] === '1002' ? { ...row, date_upd: '2026-07-00 10:00:00' } : row,
    )
    expect(refundsOf(ledger, '1001')).toEqual([500])
    expect(refundsOf(ledger, '1002')).toEqual([700])
  })

  it('a currency without a code costs the orders in it', async () => {
    const ledger = await readSpoiled((resource, row) => (resource === 'currencies' ? { ...row, iso_code: null } : row))
    expect(ledger.deadLetters.size).toBe(4)
    expect(ledger.orders.size).toBe(0)
  })
})
