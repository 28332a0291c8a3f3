import { createHash } from 'node:crypto'
import { z } from 'zod'
import { isEmail, normalizeEmail } from '../../core/customers/email.ts'
import type { CustomerChange, WebhookDelivery, WebhookReading } from '../../core/orders/webhook.ts'
import { isSignedBody } from '../../lib/signed-body.ts'
import { parseExactJson } from './exact-json.ts'
import { isOrderTail, tailOf } from './gid.ts'
import type { ShopifySourceConfig } from './schema.ts'

/** Shopify repeats a delivery for four hours, and some come a day late; a later one is an old one played again. */
const OLDEST_MS = 3 * 86_400_000

const numericId = z.union([z.number().int(), z.string().regex(/^\d{1,20}$/)]).transform(String)

const orderGid = z.string().regex(/^gid:\/\/shopify\/Order\/\d{1,20}$/)
const customerGid = z.string().regex(/^gid:\/\/shopify\/Customer\/\d{1,20}$/)

/**
 * Only the body is signed, not the header with the topic: each shape asks for what tells it from those of other topics,
 * so that an order sent again as a redaction erases nobody.
 */
const orderBody = z.object({ id: numericId, admin_graphql_api_id: orderGid.optional() })
const editBody = z.object({ order_edit: z.object({ order_id: numericId }) })
const partBody = z.object({ order_id: numericId })
const mergeBody = z.object({
  admin_graphql_api_customer_kept_id: customerGid,
  admin_graphql_api_customer_deleted_id: customerGid,
  status: z.string(),
})
const deletedCustomerBody = z.object({ admin_graphql_api_id: customerGid })
const redactBody = z.object({
  shop_domain: z.string(),
  orders_to_redact: z.array(z.unknown()),
  customer: z.object({ id: numericId.nullish(), email: z.string().nullish() }),
})

const dataRequestBody = z.object({
  shop_domain: z.string(),
  orders_requested: z.array(z.unknown()),
  customer: z.object({ id: numericId.nullish() }),
  data_request: z.object({ id: numericId }),
})
const shopRedactBody = z.object({
  shop_id: numericId,
  shop_domain: z.string(),
  customer: z.undefined().optional(),
  orders_to_redact: z.undefined().optional(),
  orders_requested: z.undefined().optional(),
})

type Meaning = { readonly orderIds: readonly string[]; readonly customers: readonly CustomerChange[] } | string

/** Whole orders, by their global id: the plain one may be rounded by whoever passed it on. */
const readOrder = (body: unknown): Meaning => {
  const { id, admin_graphql_api_id: gid } = orderBody.parse(body)
  return { orderIds: [gid === undefined ? id : tailOf(gid)], customers: [] }
}

const readPart = (body: unknown): Meaning => ({ orderIds: [partBody.parse(body).order_id], customers: [] })

/** Topic → what a delivery to this shop means, or why there is nothing to do. */
const TOPICS: Readonly<Record<string, (body: unknown, shop: string) => Meaning>> = {
  'orders/create': readOrder,
  'orders/updated': readOrder,
  'orders/paid': readOrder,
  'orders/cancelled': readOrder,
  'orders/delete': readOrder,
  'orders/edited': (body) => ({ orderIds: [editBody.parse(body).order_edit.order_id], customers: [] }),
  'refunds/create': readPart,
  'order_transactions/create': readPart,
  'customers/merge': readMerge,
  'customers/delete': (body) => {
    const { admin_graphql_api_id: gid } = deletedCustomerBody.parse(body)
    return { orderIds: [], customers: [{ kind: 'redacted', externalId: tailOf(gid) }] }
  },
  'customers/redact': readRedaction,
  'customers/data_request': readDataRequest,
  'shop/redact': readShopRedaction,
}

/**
 * A reader of deliveries that knows the secrets: signature first, nothing before it is trusted. What the headers say is
 * not signed, and after it they are believed only as far as the body bears them out.
 */
export function createShopifyWebhookReader(
  config: Pick<ShopifySourceConfig, 'shop' | 'webhookSecrets' | 'clientSecret'>,
): ((delivery: WebhookDelivery) => WebhookReading) | undefined {
  const secrets = config.webhookSecrets ?? (config.clientSecret === undefined ? [] : [config.clientSecret])
  if (secrets.length === 0) return undefined
  return function readWebhook({ headers, body, receivedAt }) {
    if (!isSignedBody(body, headers['x-shopify-hmac-sha256'], secrets)) return refused('the signature is not right')
    if (headers['x-shopify-shop-domain'] !== config.shop) return refused('it is of another shop, or of none')
    const triggeredMs = Date.parse(headers['x-shopify-triggered-at'] ?? '')
    if (!(receivedAt.getTime() - triggeredMs < OLDEST_MS)) return refused('it is too old, or of no time')
    return readSigned(headers, body, config.shop)
  }
}

function readSigned(headers: WebhookDelivery['headers'], body: Buffer, shop: string): WebhookReading {
  const topic = headers['x-shopify-topic'] ?? ''
  const read = Object.hasOwn(TOPICS, topic) ? TOPICS[topic] : undefined
  if (read === undefined) return { kind: 'ignored', reason: 'not a topic that concerns orders or customers' }
  try {
    const meaning = read(parseExactJson(body.toString('utf8')), shop)
    if (typeof meaning === 'string') return { kind: 'ignored', reason: meaning }
    if (!meaning.orderIds.every(isOrderTail)) return { kind: 'ignored', reason: 'it names no order' }
    return { kind: 'event', key: keyOf(topic, headers, body), ...meaning }
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof z.ZodError)) throw error
    return { kind: 'ignored', reason: `its body is not what ${topic} holds` }
  }
}

/** The webhook id differs between repetitions of one event; event id and topic do not. */
function keyOf(topic: string, headers: WebhookDelivery['headers'], body: Buffer): string {
  const event = headers['x-shopify-event-id']
  if (event !== undefined && /^[\w-]{1,100}$/.test(event)) return `${event}:${topic}`
  return `${createHash('sha256').update(body).digest('hex')}:${topic}`
}

function refused(reason: string): WebhookReading {
  return { kind: 'refused', reason }
}

function readMerge(body: unknown): Meaning {
  const merge = mergeBody.parse(body)
  if (merge.status !== 'completed') return 'a merge of customers that did not come about'
  const keptId = tailOf(merge.admin_graphql_api_customer_kept_id)
  const goneId = tailOf(merge.admin_graphql_api_customer_deleted_id)
  return { orderIds: [], customers: [{ kind: 'merged', keptId, goneId }] }
}

function readRedaction(body: unknown, shop: string): Meaning {
  const { shop_domain: domain, customer } = redactBody.parse(body)
  if (domain !== shop) return 'a redaction in another shop'
  const email = normalizeEmail(customer.email ?? '')
  const person = { ...(customer.id && { externalId: customer.id }), ...(isEmail(email) && { email }) }
  if (Object.keys(person).length === 0) return 'it names nobody by customer id or e-mail address'
  return { orderIds: [], customers: [{ kind: 'redacted', ...person }] }
}

/** The address is not told on: it is looked up where it belongs, in the shop. */
function readDataRequest(body: unknown, shop: string): Meaning {
  const { shop_domain: domain, customer, data_request: request } = dataRequestBody.parse(body)
  if (domain !== shop) return 'a question about a customer of another shop'
  const who = customer.id ? `customer ${customer.id}` : 'a customer whom Shopify names to the owner of the app'
  const what =
    `${who} asks what is stored of them: look their address up in the shop, and answer with what ` +
    'scontrino explain <address> --json tells'
  return { orderIds: [], customers: [{ kind: 'task', place: `data request ${request.id}`, what }] }
}

/** Nothing is deleted at a word that may have been sent before: the app may be back in the shop. */
function readShopRedaction(body: unknown, shop: string): Meaning {
  const { shop_domain: domain } = shopRedactBody.parse(body)
  if (domain !== shop) return 'a redaction of another shop'
  const what =
    'the app was taken out of the shop, and what is stored of its customers is to go within 30 days: take the source out ' +
    'of the configuration, then scontrino forget --source <its key>'
  return { orderIds: [], customers: [{ kind: 'task', place: `redaction of ${domain}`, what }] }
}
