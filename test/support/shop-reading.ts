import { onTestFinished } from 'vitest'
import type { SourceOrder } from '../../src/core/orders/order.ts'
import type { Cursor } from '../../src/core/orders/page.ts'
import type { Source } from '../../src/core/orders/source.ts'
import type { BookOrder, NewOrder } from '../../src/sandbox/shop-server/book.ts'
import { openSource } from './open-source.ts'
import { createModelLedger, type ModelLedger } from './shop-ledger-model.ts'
import type { RigOptions, RigShop, ShopRig } from './shop-rig.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** A shop, its source, and a ledger that is read into. */
export interface ShopReading<S extends RigShop = RigShop> {
  readonly idOf: ShopRig['idOf']
  readonly shop: S
  readonly source: Source
  readonly ledger: ModelLedger
  /** From the last saved cursor to the end, or until so many pages are saved; answers how many were. */
  read(pages?: number): Promise<number>
}

/** Noon of a day on which no clock is set. */
export const STARTED_AT = new Date('2026-07-01T12:00:00Z')

/** Opens a shop of the rig with settings of its source; it closes with the test. */
export async function openReading<S extends RigShop>(
  rig: Pick<ShopRig<S>, 'open' | 'idOf'>,
  settings: Readonly<Record<string, unknown>> = {},
  options: Partial<RigOptions> = {},
): Promise<ShopReading<S>> {
  const shop = await rig.open({ startedAt: STARTED_AT, ...options })
  onTestFinished(() => shop.close())
  return readingOf(shop, openSource(shop, settings), rig.idOf)
}

/** An empty ledger for a source of a shop. */
export function readingOf<S extends RigShop>(shop: S, source: Source, idOf: ShopRig['idOf']): ShopReading<S> {
  const ledger = createModelLedger(source)
  async function read(pages = Number.POSITIVE_INFINITY): Promise<number> {
    let saved = 0
    for await (const page of source.readOrders(ledger.cursors.at(-1) ?? null, new AbortController().signal)) {
      await ledger.save(page)
      saved += 1
      if (saved >= pages) break
    }
    return saved
  }
  return { shop, source, idOf, ledger, read }
}

/** An order of 25.32 EUR. */
export function newOrder(more: Partial<NewOrder> = {}): NewOrder {
  return {
    email: 'ann@shop.test',
    registered: true,
    country: 'DE',
    currency: 'EUR',
    subtotalMinor: 2_000,
    discountMinor: 300,
    taxMinor: 342,
    shippingMinor: 490,
    state: 'placed',
    test: false,
    channel: 'online',
    ...more,
  }
}

/** States that no policy counts. */
const NEVER_COUNTS = new Set(['deleted', 'trashed', 'draft', 'failed'])

/** What sums depend on, of an order. */
export interface Worth {
  readonly externalId: string
  readonly placedAt: Date
  readonly currency: string
  readonly totalMinor: number
  readonly state: string
  readonly email: string | null
  readonly refundedMinor: number
}

/** Of every order that counts or may. Sorted by id. */
export function worthOfLedger({ orders }: Pick<ModelLedger, 'orders'>): Worth[] {
  return [...orders.values()]
    .filter((order) => !NEVER_COUNTS.has(order.state) && !order.test)
    .map((order) => worthOf(order, order.customer?.email ?? null, order.refunds))
    .toSorted(byId)
}

/** The same of the shop's book. `since`: without orders placed before it. */
export function worthOfBook({ shop, idOf }: Pick<ShopReading, 'shop' | 'idOf'>, since = new Date(0)): Worth[] {
  return [...shop.book.orders.values()]
    .filter((order) => !NEVER_COUNTS.has(order.state) && !order.test)
    .filter((order) => order.placedAt >= since)
    .map((order) => worthOf({ ...order, externalId: idOf(order.id) }, order.email, order.refunds))
    .toSorted(byId)
}

function worthOf(
  order: Pick<SourceOrder, 'externalId' | 'placedAt' | 'currency' | 'totalMinor'> &
    Pick<SourceOrder | BookOrder, 'state'>,
  email: string | null,
  refunds: readonly { amountMinor: number }[],
): Worth {
  const { externalId, placedAt, currency, totalMinor, state } = order
  const refundedMinor = refunds.reduce((sum, refund) => sum + refund.amountMinor, 0)
  return { externalId, placedAt, currency, totalMinor, state, email: email?.toLowerCase() ?? null, refundedMinor }
}

function byId(a: Worth, b: Worth): number {
  return a.externalId < b.externalId ? -1 : 1
}

/** Places orders of some customers over some months, in every state, refunded now and then. */
export async function fillShop({ shop }: Pick<ShopReading, 'shop'>, count: number, until = STARTED_AT): Promise<void> {
  const states = ['placed', 'placed', 'placed', 'pending', 'cancelled', 'failed', 'draft'] as const
  for (let n = 0; n < count; n += 1) {
    const { id, totalMinor } = await shop.book.place(
      newOrder({
        placedAt: new Date(until.getTime() - 100 * DAY_MS + n * 7 * HOUR_MS),
        email: n % 11 === 0 ? null : `Customer${n % 9}@shop.test`,
        registered: n % 2 === 0,
        subtotalMinor: 1_000 + 37 * n,
        currency: ['EUR', 'JPY', 'KWD'][n % 3] ?? 'EUR',
        state: states[n % states.length] ?? 'placed',
      }),
    )
    const refundedAt = new Date(until.getTime() - 50 * DAY_MS + n * 7 * HOUR_MS)
    const refund = { kind: 'refund', amountMinor: n % 14 === 0 ? totalMinor : 250 } as const
    if (n % 7 === 0) await shop.book.change(id, refund, refundedAt)
  }
}

/** Goes on from a cursor into another ledger: what it gives is what is new. */
export async function readOn(source: Source, from: Cursor | null): Promise<ReadonlyMap<string, SourceOrder>> {
  const fresh = createModelLedger(source)
  for await (const page of source.readOrders(from, new AbortController().signal)) await fresh.save(page)
  return fresh.orders
}
