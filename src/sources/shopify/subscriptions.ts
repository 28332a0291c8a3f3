import { z } from 'zod'
import { RemoteRejectedError } from '../../core/errors.ts'
import type { WebhookSubscription, WebhookSubscriptions } from '../../core/orders/webhook.ts'
import type { ShopifyClient } from './client.ts'
import { CREATE_SUBSCRIPTION, DELETE_SUBSCRIPTION, SUBSCRIPTIONS_PAGE } from './documents.ts'

/** What we want to be told of. Topics about privacy can only be subscribed in the app's own configuration. */
const TOPICS = [
  'ORDERS_CREATE',
  'ORDERS_UPDATED',
  'ORDERS_CANCELLED',
  'ORDERS_EDITED',
  'ORDERS_DELETE',
  'REFUNDS_CREATE',
  'CUSTOMERS_DELETE',
] as const

/** Needs a scope of its own. */
const MERGE = { topic: 'CUSTOMERS_MERGE', scope: 'read_customer_merge' } as const

const userErrors = z.array(z.object({ field: z.array(z.string()).nullable(), message: z.string() }))

const page = z.object({
  webhookSubscriptions: z.object({
    nodes: z.array(z.object({ id: z.string(), topic: z.string(), uri: z.string() })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
  currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }),
})

/** The webhooks made through the API, those of the app's configuration file not among them. Shopify has no stopped ones: it deletes them. */
export function createSubscriptions(client: ShopifyClient): WebhookSubscriptions {
  let mayMerge = true
  return {
    /** After `list` without what it found the key may not be told of: asking for that would end a repair. */
    get topics() {
      return mayMerge ? [...TOPICS, MERGE.topic] : TOPICS
    },
    async list(signal) {
      const { found, scopes } = await listSubscriptions(client, signal)
      mayMerge = scopes.has(MERGE.scope) || scopes.has(MERGE.scope.replace('read', 'write'))
      return found
    },
    create: (topic, url, signal) => createSubscription(client, topic, url, signal),
    remove: (id, signal) => deleteSubscription(client, id, signal),
  }
}

async function listSubscriptions(
  client: ShopifyClient,
  signal: AbortSignal,
): Promise<{ readonly found: readonly WebhookSubscription[]; readonly scopes: ReadonlySet<string> }> {
  const found: WebhookSubscription[] = []
  for (let after: string | null = null; ; ) {
    const variables: Record<string, unknown> = { after }
    const { data } = await client.ask({
      document: SUBSCRIPTIONS_PAGE,
      variables,
      answer: page,
      what: 'listing Shopify webhooks',
      needs: 'read_orders',
      signal,
    })
    const { nodes, pageInfo } = data.webhookSubscriptions
    for (const { id, topic, uri } of nodes) found.push({ id, topic, url: uri, active: true })
    if (!pageInfo.hasNextPage || pageInfo.endCursor === null) {
      return { found, scopes: new Set(data.currentAppInstallation.accessScopes.map(({ handle }) => handle)) }
    }
    after = pageInfo.endCursor
  }
}

async function createSubscription(
  client: ShopifyClient,
  topic: string,
  uri: string,
  signal: AbortSignal,
): Promise<void> {
  const what = `creating the Shopify webhook ${topic}`
  const { data } = await client.ask({
    document: CREATE_SUBSCRIPTION,
    variables: { topic, uri },
    answer: z.object({
      webhookSubscriptionCreate: z.object({ webhookSubscription: z.object({ id: z.string() }).nullable(), userErrors }),
    }),
    what,
    needs: topic === MERGE.topic ? MERGE.scope : 'read_orders and read_customers',
    isMutation: true,
    signal,
  })
  const { webhookSubscription, userErrors: errors } = data.webhookSubscriptionCreate
  if (webhookSubscription === null) throw refusal(what, errors)
}

async function deleteSubscription(client: ShopifyClient, id: string, signal: AbortSignal): Promise<void> {
  const what = 'deleting a Shopify webhook'
  const { data } = await client.ask({
    document: DELETE_SUBSCRIPTION,
    variables: { id },
    answer: z.object({
      webhookSubscriptionDelete: z.object({ deletedWebhookSubscriptionId: z.string().nullable(), userErrors }),
    }),
    what,
    needs: 'read_orders and read_customers',
    isMutation: true,
    signal,
  })
  const { deletedWebhookSubscriptionId, userErrors: errors } = data.webhookSubscriptionDelete
  if (deletedWebhookSubscriptionId === null) throw refusal(what, errors)
}

function refusal(what: string, errors: z.infer<typeof userErrors>): RemoteRejectedError {
  const fields = errors.flatMap(({ field }) => field?.join('.') ?? []).join(', ')
  return new RemoteRejectedError(`${what}: Shopify refused it${fields === '' ? '' : ` (${fields})`}`, 200, [])
}
