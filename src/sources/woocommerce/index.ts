import type { Source } from '../../core/source.ts'
import { keepSince } from '../../reading/keep-since.ts'
import { readShop } from '../../reading/read-shop.ts'
import { checkWoocommerce } from './check.ts'
import { createWoocommerceClient } from './client.ts'
import { createWoocommerceFeeds } from './feeds.ts'
import type { WoocommerceSourceConfig } from './schema.ts'
import { readWoocommerceWebhook } from './webhooks.ts'

/** A source that reads a WooCommerce shop by its REST API v3. */
export function createWoocommerceSource(name: string, config: WoocommerceSourceConfig): Source {
  const client = createWoocommerceClient(config)
  const shop = createWoocommerceFeeds(client, config)
  return {
    name,
    check: (signal) => checkWoocommerce(name, client, config, signal),
    readOrders: (from, signal) => readShop(shop, from, signal),
    fetchOrders: async (ids, signal) => keepSince(await shop.fetchOrders(ids, signal), shop.timing.since),
    readWebhook: (delivery) => readWoocommerceWebhook(delivery, config.webhookSecret),
  }
}
