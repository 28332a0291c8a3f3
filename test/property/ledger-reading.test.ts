import { describe, expect, test } from 'vitest'
import type { OrderPage } from '../../src/core/orders/page.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { openTestLedger, toOrder, toPage } from '../support/ledger.ts'

const NEWER = new Date('2026-03-02T00:00:00Z')
const OLDER = new Date('2026-03-01T00:00:00Z')

/** A ledger with one order that was last changed at `NEWER`, and what became of it after one more page. */
async function afterwards(page: Partial<OrderPage>, { deleted = false } = {}) {
  await using ledger = await open()
  const save = (next: OrderPage) => ledger.orders.saveOrderPage('web', next, new Date(0))
  await save(toPage([toOrder({ externalId: '1', totalMinor: 500, updatedAt: NEWER })]))
  if (deleted) await save({ ...toPage([]), deleted: ['1'] })
  await save({ ...toPage([]), ...page })
  const { rows } = await ledger.db.query<{ total: number; state: string }>(
    'select total_minor::integer as total, state from orders',
  )
  return rows[0]
}

async function open() {
  const ledger = await openTestLedger()
  const orders = createOrderStore(ledger.db, await ledger.openAccount())
  return { db: ledger.db, orders, [Symbol.asyncDispose]: () => ledger.close() }
}

const version = (updatedAt: Date, totalMinor = 900) => [toOrder({ externalId: '1', totalMinor, updatedAt })]

describe('an order that is stored already', () => {
  test('keeps its newer version when a file has an older one', async () => {
    expect(await afterwards({ orders: version(OLDER) })).toMatchObject({ total: 500 })
  })

  test('becomes what the shop has now, whatever the shop’s clock said of it before', async () => {
    expect(await afterwards({ orders: version(OLDER), reading: 'live' })).toMatchObject({ total: 900 })
  })

  test('keeps its newer version against a copy that was made before', async () => {
    expect(await afterwards({ orders: version(OLDER), reading: 'export' })).toMatchObject({ total: 500 })
  })

  test('stays deleted when a copy was made before that', async () => {
    const orders = version(NEWER, 500)
    expect(await afterwards({ orders, reading: 'export' }, { deleted: true })).toMatchObject({ state: 'deleted' })
  })

  test('comes back when a file has it again', async () => {
    expect(await afterwards({ orders: version(NEWER, 500) }, { deleted: true })).toMatchObject({ state: 'placed' })
  })

  test('comes back when the shop has it again', async () => {
    const orders = version(NEWER, 500)
    expect(await afterwards({ orders, reading: 'live' }, { deleted: true })).toMatchObject({ state: 'placed' })
  })
})
