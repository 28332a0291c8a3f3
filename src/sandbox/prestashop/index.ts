import { type BookTraits, createBook } from '../shop-server/book.ts'
import { createShopClock } from '../shop-server/shop-clock.ts'
import { createShopFaults } from '../shop-server/shop-faults.ts'
import type { ShopServer, ShopServerOptions } from '../shop-server/shop-server.ts'
import type { Keys } from './access.ts'
import { createWebservice } from './server.ts'
import { createResources } from './shop-rows.ts'
import { QUOTE_STATE } from './states.ts'

/** How to start a PrestaShop. */
export interface PrestashopOptions extends ShopServerOptions {
  /** More keys, with the resources each may read. */
  readonly keys?: Keys
}

/** Observed on 8.2.1: neither a credit slip nor its deletion moves the order. There is no trash; addresses are customers'. */
const TRAITS: BookTraits = {
  precisionMs: 1_000,
  movesUpdated: {
    edit: true,
    pay: true,
    cancel: true,
    refund: false,
    'delete-refund': false,
    touch: true,
    destroy: false,
  },
}

const KEY = 'SANDBOX0PRESTASHOP0WEBSERVICEKEY'

/** Starts a PrestaShop whose webservice can be read; all of it is in memory. */
export async function createPrestashopShop(options: PrestashopOptions = {}): Promise<ShopServer> {
  const { timezone = 'Europe/Paris', currency = 'EUR', clock = createShopClock() } = options
  const book = createBook(clock, TRAITS)
  const faults = createShopFaults()
  const resources = createResources({ book, timezone, currency })
  const app = createWebservice({
    resources,
    keys: { [KEY]: 'all', ...options.keys },
    clock,
    faults,
    onList: options.onList,
  })
  const url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 })
  return {
    url,
    book,
    clock,
    faults,
    source: { type: 'prestashop', url, key: KEY, timezone, states: { [QUOTE_STATE]: 'draft' } },
    close: () => app.close(),
  }
}
