import { createBook, type OrderChange } from '../shop-server/book.ts'
import { createShopClock } from '../shop-server/shop-clock.ts'
import { createShopFaults } from '../shop-server/shop-faults.ts'
import type { ShopServer } from '../shop-server/shop-server.ts'
import { createAuthenticate } from './auth.ts'
import { createDocuments } from './documents.ts'
import { SANDBOX_KEY, SANDBOX_WEBHOOK_SECRET, type WoocommerceShopOptions } from './options.ts'
import { createServer } from './server.ts'
import { createSiteClock } from './site-clock.ts'
import { toTraits } from './traits.ts'
import { createWebhookSender, type Topic } from './webhook-sender.ts'

/** A running WooCommerce shop. */
export interface WoocommerceShop extends ShopServer {
  /** Makes a webhook for each thing that happens to orders, to this address over plain http; each begins with a ping. */
  addWebhooks(url: string): void
  /** Resolves when every webhook that something called for has been sent. */
  settled(): Promise<void>
}

/** The webhook that tells of a change; null: none does. */
const TOPICS: Readonly<Record<OrderChange['kind'] | 'place', Topic | null>> = {
  place: 'order.created',
  edit: 'order.updated',
  pay: 'order.updated',
  cancel: 'order.updated',
  refund: 'order.updated',
  touch: 'order.updated',
  'change-email': 'order.updated',
  // The refund is deleted, and its order not saved.
  'delete-refund': null,
  trash: 'order.deleted',
  destroy: 'order.deleted',
  restore: 'order.restored',
}

/** Starts a shop whose book is empty; all state is in memory. */
export async function createWoocommerceShop(options: WoocommerceShopOptions = {}): Promise<WoocommerceShop> {
  const clock = options.clock ?? createShopClock()
  const book = createBook(clock, toTraits(options))
  const faults = createShopFaults()
  const siteClock = createSiteClock(options.timezone ?? 'UTC')
  const isTls = options.behindTls === true
  let url = ''
  let sender = createWebhookSender(null, url, clock)
  // A site behind TLS knows itself by https, whatever it is called by.
  const homeUrl = () => (isTls ? url.replace(/^http:/, 'https:') : url)
  const authenticate = createAuthenticate(homeUrl, isTls)
  const listWebhooks = () => sender.list()
  const app = createServer({ options, book, clock, siteClock, faults, authenticate, listWebhooks })
  url = await app.listen({ port: options.port ?? 0, host: '127.0.0.1' })

  const documents = createDocuments(siteClock, options.renamedStatuses ?? {})
  book.onChange((order, kind) => {
    const topic = TOPICS[kind]
    if (topic === null || order.state === 'draft') return
    // Built when it is sent: it may already tell of later changes.
    const isGone = topic === 'order.deleted'
    sender.send(topic, () => (isGone ? { id: order.id } : documents.toOrder(book.orders.get(order.id) ?? order, 2)))
  })

  return {
    url,
    book,
    clock,
    faults,
    source: {
      type: 'woocommerce',
      url,
      ...SANDBOX_KEY,
      ...(isTls && { auth: 'basic' }),
      webhookSecrets: [SANDBOX_WEBHOOK_SECRET],
    },
    addWebhooks(target) {
      sender = createWebhookSender(target, homeUrl(), clock)
    },
    settled: () => sender.settled(),
    async close() {
      await sender.settled()
      await app.close()
    },
  }
}
