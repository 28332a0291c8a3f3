import type { Source } from '../../core/orders/source.ts'
import { keepSince } from '../../reading/keep-since.ts'
import { readShop } from '../../reading/read-shop.ts'
import { checkWoocommerce } from './check.ts'
import { createWoocommerceClient } from './client.ts'
import { createWoocommerceFeeds } from './feeds.ts'
import type { WoocommerceSourceConfig } from './schema.ts'
import { createWoocommerceWebhookReader } from './webhooks.ts'

const NO_SECRET = 'choose a secret and put it into webhookSecrets: without one every delivery is refused'
const STEPS = [
  'in the shop, WooCommerce > Settings > Advanced > Webhooks, add one webhook for each topic: Order created, Order updated, ' +
    'Order deleted, Order restored',
  'give each this address as its delivery URL, that secret, API version WP REST API Integration v3, and status Active',
]

/** A source that reads a WooCommerce shop by its REST API v3. */
export function createWoocommerceSource(name: string, config: WoocommerceSourceConfig): Source {
  const client = createWoocommerceClient(config)
  const shop = createWoocommerceFeeds(client, config)
  return {
    name,
    check: (signal) => checkWoocommerce(name, client, config, signal),
    readOrders: (from, signal) => readShop(shop, from, signal),
    fetchOrders: async (ids, signal) => keepSince(await shop.fetchOrders(ids, signal), shop.timing.since),
    webhookSteps: [...(config.webhookSecrets === undefined ? [NO_SECRET] : []), ...STEPS],
    readWebhook: createWoocommerceWebhookReader(config),
  }
}
