import type { Cursor, OrderPage } from '../../core/page.ts'
import type { SecretStore } from '../../core/secret-store.ts'
import type { Source } from '../../core/source.ts'
import { keepSince } from '../../reading/keep-since.ts'
import { readShop } from '../../reading/read-shop.ts'
import { parseShopCursor } from '../../reading/shop-cursor.ts'
import { startInUtc } from '../../reading/timing-config.ts'
import { fetchAccess, refuseHiddenHistory } from './access.ts'
import { checkShop } from './check.ts'
import { createShopifyClient } from './client.ts'
import { createShop } from './feeds.ts'
import { fetchOrders } from './fetch-orders.ts'
import { keepVisible } from './keep-visible.ts'
import type { ShopifySourceConfig } from './schema.ts'
import { createSubscriptions } from './subscriptions.ts'
import { createWebhookReader } from './webhooks.ts'

/** A source that reads a Shopify shop through its GraphQL Admin API; renewed tokens are kept, sealed, in `secrets`. */
export function createShopifySource(
  name: string,
  config: ShopifySourceConfig,
  { secrets }: { readonly secrets: SecretStore },
): Source {
  const client = createShopifyClient(config, secrets)
  const readWebhook = createWebhookReader(config)

  async function* readOrders(from: Cursor | null, signal: AbortSignal): AsyncGenerator<OrderPage> {
    const access = await fetchAccess(client, signal)
    const shop = createShop(client, config, access)
    const known = parseShopCursor(from, shop.meaning)
    if (known === null) refuseHiddenHistory(access, startInUtc(config.since))
    yield* readShop(shop, known === null ? from : keepVisible(known, access, shop.timing.sweep.reachMs), signal)
  }

  return {
    name,
    check: (signal) => checkShop(name, config, client, signal),
    readOrders,
    fetchOrders: async (ids, signal) =>
      keepSince(await fetchOrders(client, config, ids, signal), startInUtc(config.since)),
    ...(readWebhook !== undefined && { readWebhook, subscriptions: createSubscriptions(client) }),
  }
}
