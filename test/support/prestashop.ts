import { createPrestashopShop, type PrestashopOptions } from '../../src/sandbox/prestashop/index.ts'
import type { BookOrder, NewOrder } from '../../src/sandbox/shop-server/book.ts'
import { createShopClock } from '../../src/sandbox/shop-server/shop-clock.ts'
import type { ShopServer } from '../../src/sandbox/shop-server/shop-server.ts'
import { createPrestashopSource } from '../../src/sources/prestashop/index.ts'
import { type PrestashopSourceConfig, prestashopSourceConfig } from '../../src/sources/prestashop/schema.ts'
import { bookToOrder } from './shop-memory.ts'

/** A PrestaShop whose clock stands at `startedAt`, to be told to move. */
export async function openPrestashop(startedAt: string, options: PrestashopOptions = {}): Promise<ShopServer> {
  return createPrestashopShop({ timezone: 'Europe/Berlin', ...options, clock: createShopClock(new Date(startedAt)) })
}

/** A source that reads it, with settings other than its own; also with such as the schema refuses. */
export function prestashopSource(shop: ShopServer, more: Partial<PrestashopSourceConfig> = {}) {
  return createPrestashopSource('shop', { ...prestashopSourceConfig.parse(shop.source), ...more })
}

/** An order of 27.40 EUR. */
export function newOrder(more: Partial<NewOrder> = {}): NewOrder {
  return {
    email: 'ann@shop.test',
    registered: true,
    country: 'DE',
    currency: 'EUR',
    subtotalMinor: 2000,
    discountMinor: 100,
    taxMinor: 350,
    shippingMinor: 490,
    state: 'placed',
    test: false,
    channel: 'online',
    ...more,
  }
}

/** What sums depend on, of an order of the shop. */
export function worthOfBook(order: BookOrder): object {
  return worthOf(bookToOrder(order))
}

/** What sums depend on, of an order that was read. Refunds in the order of their ids. */
export function worthOf({
  externalId,
  currency,
  totalMinor,
  state,
  customer,
  refunds,
}: ReturnType<typeof bookToOrder>): object {
  const given = refunds
    .map((refund) => [refund.externalId, refund.amountMinor] as const)
    .sort(([a], [b]) => a.localeCompare(b))
  return { externalId, currency, totalMinor, state, email: customer?.email ?? null, refunds: given }
}
