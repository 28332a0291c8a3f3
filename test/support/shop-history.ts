import fc from 'fast-check'
import type { BookOrder, BookTraits, OrderChange } from '../../src/sandbox/shop-server/book.ts'
import type { RigBook } from './shop-rig.ts'

/** Something that happens in a shop. Numbers are reduced to what the book allows: every step can be done or is idle. */
export interface HistoryStep {
  readonly kind: OrderChange['kind'] | 'place' | 'place-earlier'
  /** Which of the orders there are. */
  readonly pick: number
  readonly amount: number
  /** How far the clock moves on afterwards, in steps of the shop's instants. */
  readonly advance: number
  /** How late it becomes visible, as a share of the safety margin. */
  readonly lag: number
}

const EMAILS = ['ann@shop.test', 'Bob@shop.test', 'cem@shop.test', null]

const kind = fc.constantFrom<HistoryStep['kind'][]>(
  'place',
  'place',
  'place',
  'place-earlier',
  'edit',
  'edit',
  'edit',
  'refund',
  'refund',
  'delete-refund',
  'pay',
  'cancel',
  'touch',
  'touch',
  'trash',
  'restore',
  'destroy',
  'change-email',
)

/** One thing after another, many of them within one second. */
export function historySteps(maxLength: number): fc.Arbitrary<HistoryStep[]> {
  const step = fc.record({
    kind,
    pick: fc.nat({ max: 30 }),
    amount: fc.integer({ min: 1, max: 900 }),
    advance: fc.constantFrom(0, 0, 0, 0.4, 1, 3),
    lag: fc.constantFrom(0, 0, 0.5, 1),
  })
  return fc.array(step, { maxLength })
}

/** Does a step; to be awaited where the book is. Changes that the platform does not have, or the order does not allow, are left out. */
export function takeStep(book: RigBook, traits: BookTraits, nowMs: number, step: HistoryStep): unknown {
  const { kind: wish, amount } = step
  if (wish === 'place' || wish === 'place-earlier') {
    const earlier = { placedAt: new Date(nowMs - amount * traits.precisionMs) }
    return book.place({ ...newOrder(step), ...(wish === 'place-earlier' && earlier) })
  }
  const order = [...book.orders.values()][step.pick % Math.max(1, book.orders.size)]
  const change = order === undefined ? null : toChange(order, step)
  if (order === undefined || change === null || traits.movesUpdated[change.kind] === undefined) return undefined
  return book.change(order.id, change)
}

function newOrder({ pick, amount }: HistoryStep) {
  return {
    email: EMAILS[pick % EMAILS.length] ?? null,
    registered: pick % 2 === 0,
    country: 'DE',
    currency: 'EUR',
    subtotalMinor: amount,
    discountMinor: 0,
    taxMinor: pick,
    shippingMinor: 490,
    state: pick % 5 === 0 ? ('pending' as const) : ('placed' as const),
    test: false,
    channel: 'online',
  }
}

/** Null: the order does not allow it. */
function toChange(order: BookOrder, { kind: wish, pick, amount }: HistoryStep): OrderChange | null {
  const refunded = order.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0)
  const isTrashed = order.state === 'trashed'
  switch (wish) {
    case 'edit':
      return order.totalMinor - order.subtotalMinor + amount < refunded ? null : { kind: wish, subtotalMinor: amount }
    case 'refund': {
      const amountMinor = Math.min(amount, order.totalMinor - refunded)
      return amountMinor <= 0 || isTrashed ? null : { kind: wish, amountMinor }
    }
    case 'delete-refund': {
      const refund = order.refunds[pick % Math.max(1, order.refunds.length)]
      return refund === undefined ? null : { kind: wish, refundId: refund.id }
    }
    case 'change-email':
      return { kind: wish, email: `new-${pick}@shop.test` }
    case 'pay':
    case 'cancel':
    case 'trash':
      return isTrashed ? null : { kind: wish }
    case 'restore':
      return isTrashed ? { kind: wish } : null
    case 'touch':
    case 'destroy':
      return { kind: wish }
    case 'place':
    case 'place-earlier':
      return null
  }
}

const moves = fc.boolean()

/** Any way of keeping time; where trashing exists, so does restoring. */
export const bookTraits: fc.Arbitrary<BookTraits> = fc
  .record({
    precisionMs: fc.constantFrom(1, 1000),
    edit: moves,
    pay: moves,
    cancel: moves,
    refund: moves,
    'delete-refund': moves,
    trash: moves,
    restore: moves,
    'change-email': moves,
    destroy: fc.constant(false),
    touch: fc.constant(true),
  })
  .map(({ precisionMs, ...movesUpdated }) => ({ precisionMs, movesUpdated }))
