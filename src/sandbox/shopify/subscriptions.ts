import { createHmac, randomUUID } from 'node:crypto'
import type { BookOrder, OrderChange } from '../shop-server/book.ts'
import type { ShopClock } from '../shop-server/shop-clock.ts'
import { tailOf, toGid } from './order-view.ts'

/** A webhook of the app. */
export interface Subscription {
  readonly id: string
  readonly topic: string
  readonly uri: string
}

/** What a delivery is signed and marked with. */
interface Sender {
  readonly shop: string
  readonly secret: string
  readonly apiVersion: string
  readonly clock: ShopClock
}

/** Topic → header's word: ORDERS_CREATE → orders/create. */
function toTopicName(topic: string): string {
  return topic.toLowerCase().replace('_', '/')
}

/** The topics a change is told under. */
const TOLD: Readonly<Partial<Record<OrderChange['kind'] | 'place', readonly string[]>>> = {
  place: ['ORDERS_CREATE'],
  edit: ['ORDERS_EDITED', 'ORDERS_UPDATED'],
  pay: ['ORDERS_PAID', 'ORDERS_UPDATED'],
  cancel: ['ORDERS_CANCELLED', 'ORDERS_UPDATED'],
  refund: ['REFUNDS_CREATE', 'ORDERS_UPDATED'],
  touch: ['ORDERS_UPDATED'],
  'change-email': ['ORDERS_UPDATED'],
  destroy: ['ORDERS_DELETE'],
}

/** Ids are plain digits beyond what a JavaScript number holds, as Shopify writes them. */
function toBody(topic: string, order: BookOrder): string {
  const id = tailOf(order.id)
  if (topic === 'ORDERS_DELETE') return `{"id":${id}}`
  if (topic === 'ORDERS_EDITED') return `{"order_edit":{"id":${id}1,"order_id":${id},"line_items":{"additions":[]}}}`
  if (topic === 'REFUNDS_CREATE') {
    const refund = order.refunds.at(-1)?.id ?? 0
    return `{"id":${tailOf(refund)},"order_id":${id},"admin_graphql_api_id":"${toGid('Refund', refund)}"}`
  }
  return `{"id":${id},"admin_graphql_api_id":"${toGid('Order', order.id)}","updated_at":"${order.updatedAt.toISOString()}"}`
}

/** The deliveries of a change, signed: headers and body as they go over the wire. */
export function toDeliveries(
  subscriptions: readonly Subscription[],
  order: BookOrder,
  kind: OrderChange['kind'] | 'place',
  sender: Sender,
): { readonly uri: string; readonly headers: Record<string, string>; readonly body: string }[] {
  const event = randomUUID()
  return subscriptions
    .filter(({ topic }) => TOLD[kind]?.includes(topic) === true)
    .map(({ topic, uri }) => {
      const body = toBody(topic, order)
      return { uri, body, headers: signedHeaders(toTopicName(topic), event, body, sender) }
    })
}

/** The headers of one delivery. */
export function signedHeaders(topic: string, event: string, body: string, sender: Sender): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-shopify-topic': topic,
    'x-shopify-shop-domain': sender.shop,
    'x-shopify-api-version': sender.apiVersion,
    'x-shopify-webhook-id': randomUUID(),
    'x-shopify-event-id': event,
    'x-shopify-triggered-at': sender.clock.now().toISOString(),
    'x-shopify-hmac-sha256': createHmac('sha256', sender.secret).update(body).digest('base64'),
  }
}
