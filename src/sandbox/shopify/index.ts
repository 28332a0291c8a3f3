import { type BookTraits, createBook } from '../shop-server/book.ts'
import { createShopClock } from '../shop-server/shop-clock.ts'
import { createShopFaults } from '../shop-server/shop-faults.ts'
import type { ShopServer, ShopServerOptions } from '../shop-server/shop-server.ts'
import { createTokenDesk, type TokenDesk } from './access-tokens.ts'
import { createBucket } from './bucket.ts'
import { type BulkOperations, createBulkOperations } from './bulk-operations.ts'
import { createGraphqlServer } from './graphql-server.ts'
import { createOrderList } from './order-list.ts'
import { createRoot, toBulkLines } from './resolvers.ts'
import { sendWebhook } from './send-webhook.ts'
import { type Subscription, signedHeaders, toDeliveries } from './subscriptions.ts'

/** How to start a Shopify shop. */
export interface ShopifyShopOptions extends ShopServerOptions {
  /** Default: all that is needed, `read_all_orders` among them. */
  readonly scopes?: readonly string[]
  /** Default: five years ago. */
  readonly createdAt?: Date
  /** Whether prices are shown with their tax in them. Default: true. */
  readonly taxesIncluded?: boolean
  /** Points per second, and a twentieth of the bucket. Default: 2000. */
  readonly restoreRate?: number
}

/** A running Shopify shop, with what only Shopify has. */
export interface ShopifyShop extends ShopServer {
  /** By order of the book: how much of its merchandise bought gift cards, in minor units. */
  readonly giftCards: Map<number, number>
  readonly tokens: TokenDesk
  readonly bulk: BulkOperations
  readonly subscriptions: readonly Subscription[]
  setScopes(scopes: readonly string[]): void
  /** The headers of a delivery as the shop would sign it. */
  sign(topic: string, event: string, body: string): Record<string, string>
}

/** Every change moves the order; instants count in whole seconds. Orders are deleted for good, there is no trash. */
const TRAITS: BookTraits = {
  precisionMs: 1_000,
  movesUpdated: { edit: true, pay: true, cancel: true, refund: true, touch: true, destroy: true, 'change-email': true },
}

const APP = {
  clientId: 'sandbox-shopify-client',
  clientSecret: 'sandbox-shopify-secret',
  refreshToken: 'shprt_sandbox',
  accessToken: 'shpat_sandbox',
}
const DOMAIN = 'sandbox.myshopify.com'
const API_VERSION = '2026-10'
const SCOPES = ['read_orders', 'read_all_orders', 'read_customers', 'read_customer_merge']
const YEAR_MS = 365 * 86_400_000

/** Starts a Shopify shop whose Admin API can be read; all of it is in memory. */
export async function createShopifyShop(options: ShopifyShopOptions = {}): Promise<ShopifyShop> {
  const { timezone = 'Europe/Rome', currency = 'EUR', clock = createShopClock() } = options
  const nowMs = () => clock.now().getTime()
  const book = createBook(clock, TRAITS)
  const faults = createShopFaults()
  const giftCards = new Map<number, number>()
  const subscriptions: Subscription[] = []
  let scopes: ReadonlySet<string> = new Set(options.scopes ?? SCOPES)
  const list = createOrderList(book, () => scopes.has('read_all_orders'), nowMs)
  let url = ''
  const bulk = createBulkOperations(
    () => url,
    (query) => toBulkLines(query, root),
  )
  const root = createRoot({
    facts: { domain: DOMAIN, createdAt: options.createdAt ?? new Date(nowMs() - 5 * YEAR_MS), currency, timezone },
    book,
    list,
    view: { taxesIncluded: options.taxesIncluded ?? true, giftCards },
    bulk,
    subscriptions,
    scopes: () => scopes,
    apiVersion: API_VERSION,
  })
  const tokens = createTokenDesk(APP, clock)
  const bucket = createBucket(options.restoreRate ?? 2_000, nowMs)
  const app = createGraphqlServer({
    root,
    tokens,
    bucket,
    bulk,
    scopes: () => scopes,
    clock,
    faults,
    apiVersion: API_VERSION,
    onList: options.onList,
  })
  const sender = { shop: DOMAIN, secret: APP.clientSecret, apiVersion: API_VERSION, clock }
  const sending = new Set<Promise<number>>()
  book.onChange((order, kind) => {
    for (const { uri, headers, body } of toDeliveries(subscriptions, order, kind, sender)) {
      const delivery = sendWebhook(uri, headers, body)
      sending.add(delivery)
      void delivery.finally(() => sending.delete(delivery))
    }
  })
  url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 })
  return {
    url,
    book,
    clock,
    faults,
    giftCards,
    tokens,
    bulk,
    subscriptions,
    source: {
      type: 'shopify',
      shop: DOMAIN,
      url,
      clientId: APP.clientId,
      clientSecret: APP.clientSecret,
      // Shopify has no failed orders; here a payment that ran out stands for one.
      states: { EXPIRED: 'failed' },
    },
    setScopes: (next) => {
      scopes = new Set(next)
    },
    sign: (topic, event, body) => signedHeaders(topic, event, body, sender),
    async close() {
      await Promise.all(sending)
      await app.close()
    },
  }
}
