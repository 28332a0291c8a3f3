import type { Cursor } from '../../src/core/orders/page.ts'
import type { SecretStore } from '../../src/core/orders/secret-store.ts'
import type { Source } from '../../src/core/orders/source.ts'
import type { NewOrder } from '../../src/sandbox/shop-server/book.ts'
import type { ShopServer } from '../../src/sandbox/shop-server/shop-server.ts'
import { createShopifySource } from '../../src/sources/shopify/index.ts'
import { shopifySourceConfig } from '../../src/sources/shopify/schema.ts'
import type { ModelLedger } from './shop-ledger-model.ts'

/** A place for secrets that shows what was put there. */
export function createSecrets(): SecretStore & { kept: string | null } {
  const place = {
    kept: null as string | null,
    load: async () => place.kept,
    save: async (sealed: string) => {
      place.kept = sealed
    },
  }
  return place
}

/** A source that reads a sandbox shop; `settings` come on top of the shop's own, undefined takes one away. */
export function openShopify(
  shop: Pick<ShopServer, 'source'>,
  settings: Readonly<Record<string, unknown>> = {},
  secrets: SecretStore = createSecrets(),
): Source {
  return createShopifySource('shop', shopifySourceConfig.parse({ ...shop.source, ...settings }), { secrets })
}

/** Reads until the source has nothing more; @returns the last cursor. */
export async function pullShopify(source: Source, ledger: ModelLedger, from: Cursor | null = null): Promise<Cursor> {
  for await (const page of source.readOrders(from, new AbortController().signal)) await ledger.save(page)
  const last = ledger.cursors.at(-1)
  if (last === undefined) throw new Error('the source gave no page')
  return last
}

/** An order of 22.90 + 4.58 tax + 4.99 shipping. */
export function newShopOrder(more: Partial<NewOrder> = {}): NewOrder {
  return {
    email: 'ann@example.com',
    registered: true,
    country: 'IT',
    currency: 'EUR',
    subtotalMinor: 2_490,
    discountMinor: 200,
    taxMinor: 458,
    shippingMinor: 499,
    state: 'placed',
    test: false,
    channel: 'online',
    ...more,
  }
}
