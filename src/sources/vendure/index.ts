import type { Cursor, OrderPage } from '../../core/orders/page.ts'
import type { Source } from '../../core/orders/source.ts'
import { keepSince } from '../../reading/keep-since.ts'
import { readShop } from '../../reading/read-shop.ts'
import { checkVendure } from './check.ts'
import { createVendureClient } from './client.ts'
import { createVendureFeeds } from './feeds.ts'
import type { VendureSourceConfig } from './schema.ts'
import { fetchServer } from './server.ts'

const NO_WEBHOOKS = 'Vendure has no webhooks of its own: changes come with the next sync, so let it run often'

/** A source that reads one channel of a Vendure server; holds nothing open between calls. Vendure sends no webhooks. */
export function createVendureSource(name: string, config: VendureSourceConfig): Source {
  const client = createVendureClient(config)
  const open = async (signal: AbortSignal) =>
    createVendureFeeds(config, client, await fetchServer(config, client, signal))

  async function* readOrders(from: Cursor | null, signal: AbortSignal): AsyncGenerator<OrderPage> {
    yield* readShop(await open(signal), from, signal)
  }

  return {
    name,
    webhookSteps: [NO_WEBHOOKS],
    check: (signal) => checkVendure(name, config, client, signal),
    readOrders,
    async fetchOrders(ids, signal) {
      const { fetchOrders, timing } = await open(signal)
      return keepSince(await fetchOrders(ids, signal), timing.since)
    },
  }
}
