import { expect, it } from 'vitest'
import { rejectUndatable } from '../../src/app/reject-undatable.ts'
import { toOrder } from '../support/ledger.ts'

const order = (placedAt: string, updatedAt = placedAt) =>
  toOrder({ externalId: `${placedAt} ${updatedAt}`, placedAt: new Date(placedAt), updatedAt: new Date(updatedAt) })

it('takes orders of 1900 to 2199, whose changes may be told of 1970', () => {
  const orders = [
    order('1900-01-01T00:00:00Z'),
    order('2199-12-31T23:59:59Z'),
    order('2026-03-01T10:00:00Z', '1970-01-01T00:00:00Z'),
  ]
  expect(rejectUndatable({ orders, rejected: [] })).toEqual({ orders, rejected: [] })
})

it.each([
  ['placed before', order('1899-12-31T23:59:59Z')],
  ['placed after', order('2200-01-01T00:00:00Z')],
  [
    'changed after, so that every later change would count as older,',
    order('2026-03-01T10:00:00Z', '9999-12-31T00:00:00Z'),
  ],
])('sets an order %s that span apart, with a reason', (_what, undatable) => {
  const good = order('2026-03-01T10:00:00Z')
  expect(rejectUndatable({ orders: [undatable, good], rejected: [] })).toEqual({
    orders: [good],
    rejected: [{ place: `order ${undatable.externalId}`, reason: 'expected a date between 1900 and 2199' }],
  })
})
