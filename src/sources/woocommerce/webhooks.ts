import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { WebhookDelivery, WebhookReading } from '../../core/orders/webhook.ts'
import { isSignedBody } from '../../lib/signed-body.ts'
import type { WoocommerceSourceConfig } from './schema.ts'

const PING = /^webhook_id=\d{1,20}$/
const LONGEST_PING = 40
const TOPICS = new Set(['order.created', 'order.updated', 'order.deleted', 'order.restored'])
const LONGEST_DELIVERY_ID = 64

/** Of an order the whole comes, in the version of the webhook; of a deleted one only the id. */
const payload = z.object({ id: z.int().positive(), date_modified_gmt: z.string().max(32).nullish().catch(undefined) })

/**
 * A reader of deliveries of WooCommerce: base64 of HMAC-SHA256 over the body. There is no timestamp, so an old delivery cannot
 * be told from a new one: its order is fetched anew, which does no harm.
 */
export function createWoocommerceWebhookReader({
  webhookSecrets: secrets = [],
}: Pick<WoocommerceSourceConfig, 'webhookSecrets'>): (delivery: WebhookDelivery) => WebhookReading {
  return (delivery) => readWebhook(delivery, secrets)
}

function readWebhook({ headers, body, receivedAt }: WebhookDelivery, secrets: readonly string[]): WebhookReading {
  // Sent when a webhook is made, without a signature, and to be answered with 200.
  if (body.length <= LONGEST_PING && PING.test(body.toString('latin1').trim())) {
    return { kind: 'ignored', reason: 'the ping of a new webhook' }
  }
  if (secrets.length === 0) return { kind: 'refused', reason: 'no webhookSecrets are configured' }
  if (!isSignedBody(body, headers['x-wc-webhook-signature'], secrets)) {
    return { kind: 'refused', reason: 'the signature is not the shop’s' }
  }
  const topic = headers['x-wc-webhook-topic'] ?? ''
  if (!TOPICS.has(topic)) return { kind: 'ignored', reason: 'not about an order' }
  const parsed = payload.safeParse(parseJson(body))
  if (!parsed.success) return { kind: 'ignored', reason: 'names no order' }
  const { id, date_modified_gmt: modified } = parsed.data
  const orderId = String(id)
  // The delivery's own id is the same for all deliveries of a second: it tells apart only with the order's.
  const moment = headers['x-wc-webhook-delivery-id']?.slice(0, LONGEST_DELIVERY_ID) ?? receivedAt.toISOString()
  const version = modified ? `${modified} ${digestOf(body)}` : moment
  return { kind: 'event', key: `${orderId} ${topic} ${version}`, orderIds: [orderId], customers: [] }
}

/** Two changes within one second have the same date and another body. */
function digestOf(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 16)
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
