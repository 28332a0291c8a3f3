import type { Cursor, OrderPage } from '../../core/orders/page.ts'
import type { SecretStore } from '../../core/orders/secret-store.ts'
import type { Source } from '../../core/orders/source.ts'
import { keepSince } from '../../reading/keep-since.ts'
import { readShop } from '../../reading/read-shop.ts'
import { parseShopCursor } from '../../reading/shop-cursor.ts'
import { startInUtc } from '../../reading/timing-config.ts'
import { fetchAccess, refuseHiddenHistory } from './access.ts'
import { checkShopify } from './check.ts'
import { createShopifyClient } from './client.ts'
import { createShopifyFeeds } from './feeds.ts'
import { fetchOrders } from './fetch-orders.ts'
import { keepVisible } from './keep-visible.ts'
import type { ShopifySourceConfig } from './schema.ts'
import { createSubscriptions } from './subscriptions.ts'
import { createShopifyWebhookReader } from './webhooks.ts'

const NO_SECRET =
  'set webhookSecrets to the client secret of the app: with accessToken alone no delivery can be checked'
const PRIVACY_TOPICS =
  'the topics about privacy (customers/redact, customers/data_request, shop/redact) can only be entered in the app’s ' +
  'own configuration, with the same address'

/** A source that reads a Shopify shop through its GraphQL Admin API; renewed tokens are kept, sealed, in `secrets`. */
export function createShopifySource(
  name: string,
  config: ShopifySourceConfig,
  { secrets }: { readonly secrets: SecretStore },
): Source {
  const client = createShopifyClient(config, secrets)
  const readWebhook = createShopifyWebhookReader(config)

  async function* readOrders(from: Cursor | null, signal: AbortSignal): AsyncGenerator<OrderPage> {
    const access = await fetchAccess(client, signal)
    const shop = createShopifyFeeds(client, config, access)
    const known = parseShopCursor(from, shop.meaning)
    if (known === null) refuseHiddenHistory(access, startInUtc(config.since))
    yield* readShop(shop, known === null ? from : keepVisible(known, access, shop.timing.sweep.reachMs), signal)
  }

  return {
    name,
    check: (signal) => checkShopify(name, config, client, signal),
    readOrders,
    fetchOrders: async (ids, signal) =>
      keepSince(await fetchOrders(client, config, ids, signal), startInUtc(config.since)),
    webhookSteps: readWebhook === undefined ? [NO_SECRET] : [PRIVACY_TOPICS],
    ...(readWebhook !== undefined && { readWebhook, subscriptions: createSubscriptions(client) }),
  }
}
