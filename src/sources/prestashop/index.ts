import type { Source } from '../../core/orders/source.ts'
import { keepSince } from '../../reading/keep-since.ts'
import { readShop } from '../../reading/read-shop.ts'
import { checkPrestashop } from './check.ts'
import { createPrestashopClient } from './client.ts'
import { createPrestashopFeeds } from './feeds.ts'
import type { PrestashopSourceConfig } from './schema.ts'
import { assertZone } from './zone.ts'

const NO_WEBHOOKS = 'PrestaShop has no webhooks of its own: changes come with the next sync, so let it run often'

/** A source that reads a PrestaShop by its webservice; holds nothing open between calls but idle connections. */
export function createPrestashopSource(name: string, config: PrestashopSourceConfig): Source {
  const client = createPrestashopClient(config)
  return {
    name,
    webhookSteps: [NO_WEBHOOKS],
    check: (signal) => checkPrestashop(name, config, client, signal),
    async *readOrders(from, signal) {
      await assertZone(client, { ...config, name }, signal)
      yield* readShop(createPrestashopFeeds(config, client), from, signal)
    },
    async fetchOrders(ids, signal) {
      const { fetchOrders, timing } = createPrestashopFeeds(config, client)
      return keepSince(await fetchOrders(ids, signal), timing.since)
    },
  }
}
