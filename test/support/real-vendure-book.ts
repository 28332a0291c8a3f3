import type { Client } from 'pg'
import type { BookOrder, BookRefund, NewOrder, OrderChange } from '../../src/sandbox/shop-server/book.ts'
import { PRICES, type RealOrder, type RealVendureShop } from './real-vendure-shop.ts'
import type { ShiftedTime } from './shifted-time.ts'
import type { RigBook } from './shop-rig.ts'

/** An order with what the shop's staff would see of it. */
interface KnownOrder extends BookOrder {
  /** Null: a draft. */
  readonly real: RealOrder | null
  readonly pieces: number
  /** What its first payment, which all refunds are of, still holds. */
  readonly refundableMinor: number
}

/**
 * Places and changes orders on a real server, and keeps what that must come to. The server sells its own products in
 * euros; an order that failed is placed well, one of nobody is some guest's, and what an order does not allow is left out.
 * Instants of the past, and the loss of orders, come from its database, as an import does it.
 */
export function createRealVendureBook(
  shop: RealVendureShop,
  database: Pick<Client, 'query'>,
  time: ShiftedTime,
  domain: string,
): RigBook {
  const orders = new Map<number, KnownOrder>()
  /** Addresses as they were given, in small letters, and what became of their customers. */
  const accounts = new Map<string, { readonly isRegistered: boolean }>()
  let nobodies = 0

  function toAddress(email: string | null): string {
    if (email !== null) return email.replace('@shop.test', `.${domain}@shop.test`)
    nobodies += 1
    return `nobody${nobodies}.${domain}@shop.test`
  }

  async function back(id: number, at: Date): Promise<void> {
    const values = [id, new Date(time.toServer(at.getTime())).toISOString()]
    await database.query(
      `update "order" set "createdAt" = $2::timestamptz, "updatedAt" = $2::timestamptz,
         "orderPlacedAt" = case when "orderPlacedAt" is null then null else $2::timestamptz end where id = $1`,
      values,
    )
  }

  async function place(order: NewOrder): Promise<BookOrder> {
    const email = toAddress(order.email)
    const known = accounts.get(email.toLowerCase()) ?? { isRegistered: order.registered && order.email !== null }
    accounts.set(email.toLowerCase(), known)
    // Guests are known by small letters.
    const shown = known.isRegistered ? email : email.toLowerCase()
    const pieces = 1 + (order.subtotalMinor % 3)
    const real =
      order.state === 'draft' ? null : await buy(shown, known.isRegistered, pieces, order.state === 'pending')
    const id = Number(real?.id ?? (await shop.draft()))
    if (order.placedAt !== undefined) await back(id, order.placedAt)
    const at = order.placedAt ?? (await placedAt(id))
    const placed: KnownOrder = {
      ...order,
      id,
      email: real === null ? null : shown,
      registered: known.isRegistered,
      currency: 'EUR',
      state: order.state === 'failed' || order.state === 'cancelled' ? 'placed' : order.state,
      placedAt: at,
      updatedAt: at,
      paid: order.state !== 'pending',
      customerId: null,
      refunds: [],
      totalMinor: real?.total ?? 0,
      real,
      pieces,
      refundableMinor: real?.total ?? 0,
    }
    orders.set(id, placed)
    if (order.state === 'cancelled') await change(id, { kind: 'cancel' })
    return orders.get(id) ?? placed
  }

  async function buy(email: string, isRegistered: boolean, pieces: number, isPending: boolean): Promise<RealOrder> {
    const cart = await shop.fillCart(email, isRegistered, [pieces, 0, 1])
    return cart.pay(isPending ? 'authorize-only' : 'card')
  }

  async function placedAt(id: number): Promise<Date> {
    const { rows } = await database.query(
      'select floor(extract(epoch from coalesce("orderPlacedAt", "createdAt")) * 1000)::text as ms from "order" where id = $1',
      [id],
    )
    return new Date(time.toShifted(Number(rows[0].ms)))
  }

  async function change(id: number, wish: OrderChange): Promise<void> {
    const order = orders.get(id)
    if (order === undefined) throw new Error(`there is no order ${id}`)
    if (wish.kind === 'destroy') {
      // Nothing that hangs on it is asked for.
      await database.query('begin')
      await database.query(`set local session_replication_role = 'replica'`)
      await database.query('delete from "order" where id = $1', [id])
      await database.query('commit')
      orders.delete(id)
      return
    }
    if (order.real === null) return
    const changed = await changeReal({ ...order, real: order.real }, wish)
    orders.set(id, { ...order, ...changed })
  }

  async function changeReal(
    order: KnownOrder & { readonly real: RealOrder },
    wish: OrderChange,
  ): Promise<Partial<KnownOrder>> {
    const { real, pieces, refundableMinor, totalMinor } = order
    switch (wish.kind) {
      case 'edit': {
        if (order.state !== 'placed') return {}
        const isLess = wish.subtotalMinor % 2 === 0 && pieces > 1 && refundableMinor >= PRICES[0]
        await shop.modify({ ...real, lines: withPieces(real, pieces) }, isLess ? pieces - 1 : pieces + 1)
        if (isLess) return { pieces: pieces - 1, ...refunded(order, PRICES[0]) }
        return { pieces: pieces + 1, totalMinor: totalMinor + PRICES[0] }
      }
      case 'refund': {
        const amount = Math.min(wish.amountMinor, refundableMinor)
        if (!order.paid || amount <= 0) return {}
        await shop.refund(real, amount, true)
        return refunded(order, amount)
      }
      case 'pay':
        if (order.state !== 'pending') return {}
        await shop.settle(real)
        return { paid: true, state: 'placed' }
      case 'cancel':
        if (order.state === 'cancelled') return {}
        await shop.cancel(real)
        return { state: 'cancelled' }
      case 'touch':
        await shop.note(real)
        return {}
      case 'change-email':
        await changeEmail(order, toAddress(wish.email))
        return { email: orders.get(order.id)?.email ?? null }
      default:
        throw new Error(`Vendure has no ${wish.kind}`)
    }
  }

  /** An address that is somebody else's stays theirs. */
  async function changeEmail({ id, email: former }: KnownOrder, email: string): Promise<void> {
    const key = former?.toLowerCase() ?? ''
    const account = accounts.get(key)
    if (account === undefined || accounts.has(email.toLowerCase())) return
    await shop.changeEmail({ id: String(id) }, email)
    accounts.delete(key)
    accounts.set(email.toLowerCase(), account)
    for (const order of orders.values()) {
      if (order.email?.toLowerCase() === key) orders.set(order.id, { ...order, email })
    }
  }

  return { orders, place, change }
}

function withPieces({ lines }: RealOrder, pieces: number): RealOrder['lines'] {
  return lines.map((line, index) => (index === 0 ? { ...line, quantity: pieces } : line))
}

function refunded(order: KnownOrder, amountMinor: number): Partial<KnownOrder> {
  const refund: BookRefund = { id: order.refunds.length + 1, orderId: order.id, at: order.placedAt, amountMinor }
  return { refunds: [...order.refunds, refund], refundableMinor: order.refundableMinor - amountMinor }
}
