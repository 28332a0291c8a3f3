import { execute, parse, validate } from 'graphql'
import type { Book, BookOrder } from '../shop-server/book.ts'
import { type BulkOperations, refuseBulkQuery } from './bulk-operations.ts'
import { encodeCursor, type OrderList } from './order-list.ts'
import { fromGid, type OrderViewSettings, toConnection, toGid, toOrderObject } from './order-view.ts'
import { SHOPIFY_SCHEMA } from './schema.ts'
import { parseSearch } from './search.ts'
import type { Subscription } from './subscriptions.ts'

/** The shop that is shown. */
interface ShopFacts {
  readonly domain: string
  readonly createdAt: Date
  readonly currency: string
  readonly timezone: string
}

/** Everything a query can reach. */
export interface World {
  readonly facts: ShopFacts
  readonly book: Book
  readonly list: OrderList
  readonly view: OrderViewSettings
  readonly bulk: BulkOperations
  readonly subscriptions: Subscription[]
  readonly scopes: () => ReadonlySet<string>
  readonly apiVersion: string
}

/** Of one request: what a search of it held that was ignored, and whether searches are to be ignored as a fault. */
export interface Asking {
  readonly warnings: object[]
  readonly ignoresFilter: boolean
}

interface ListWish {
  readonly first?: number
  readonly after?: string | null
  readonly query?: string | null
  readonly sortKey?: string
  readonly reverse?: boolean
}

/** Shopify counts to 25,000, and says one more for all that are more. */
const MOST_COUNTED = 25_000

/** The root of the schema: functions by field. */
export function createRoot({ facts, list, view, bulk, subscriptions, scopes, apiVersion }: World) {
  const show = (order: BookOrder | null) => (order === null ? null : toOrderObject(order, view))
  const note = (query: string | null | undefined, asking: Asking) => {
    const { warnings } = parseSearch(query)
    if (warnings.length > 0) asking.warnings.push({ path: ['orders'], query, warnings })
  }
  const find = (gid: string) => {
    const id = fromGid(gid)
    return id === null ? null : list.get(id)
  }

  return {
    orders(wish: ListWish, asking: Asking) {
      note(wish.query, asking)
      const { query, ...rest } = wish
      const { orders, hasNextPage } = list.page(asking.ignoresFilter ? rest : { ...rest, query: query ?? null })
      const sortKey = wish.sortKey ?? 'PROCESSED_AT'
      const edges = orders.map((order) => ({ node: show(order), cursor: encodeCursor(order, sortKey) }))
      const endCursor = edges.at(-1)?.cursor ?? null
      const pageInfo = { endCursor, startCursor: edges[0]?.cursor ?? null, hasNextPage, hasPreviousPage: !!wish.after }
      return { edges, nodes: edges.map(({ node }) => node), pageInfo }
    },
    order: ({ id }: { id: string }) => show(find(id)),
    nodes: ({ ids }: { ids: readonly string[] }) => ids.map((id) => show(find(id))),
    ordersCount({ query, limit }: { query?: string | null; limit?: number | null }, asking: Asking) {
      note(query, asking)
      const count = list.find(query).length
      const most = Math.min(limit ?? MOST_COUNTED + 1, MOST_COUNTED + 1)
      return { count: Math.min(count, most), precision: count < most ? 'EXACT' : 'AT_LEAST' }
    },
    shop: {
      id: toGid('Shop', 1),
      name: 'Sandbox',
      myshopifyDomain: facts.domain,
      createdAt: facts.createdAt.toISOString(),
      currencyCode: facts.currency,
      ianaTimezone: facts.timezone,
      plan: { publicDisplayName: 'Advanced' },
    },
    currentAppInstallation: () => ({
      id: toGid('AppInstallation', 1),
      accessScopes: [...scopes()].map((handle) => ({ handle })),
    }),
    bulkOperation: ({ id }: { id: string }) => bulk.look(id),
    bulkOperationRunQuery({ query }: { query: string }) {
      const refusal = refuseBulkQuery(query)
      if (refusal !== null) {
        return { bulkOperation: null, userErrors: [{ code: 'INVALID', field: ['query'], message: refusal }] }
      }
      const operation = bulk.start(query)
      const busy = { code: 'LIMIT_REACHED', field: null, message: 'Bulk operations limit reached.' }
      return { bulkOperation: operation, userErrors: operation === null ? [busy] : [] }
    },
    webhookSubscriptions: (wish: { first?: number; after?: string | null }) =>
      toConnection(
        subscriptions.map((one) => ({ ...one, format: 'JSON', apiVersion: { handle: apiVersion } })),
        wish,
      ),
    webhookSubscriptionCreate({ topic, webhookSubscription: { uri = '' } }: SubscriptionWish) {
      if (topic === 'CUSTOMERS_MERGE' && !scopes().has('read_customer_merge')) {
        const message = 'The app may not subscribe to this topic'
        return { webhookSubscription: null, userErrors: [{ field: ['topic'], message }] }
      }
      const isTaken = subscriptions.some((one) => one.topic === topic && one.uri === uri)
      if (!/^https?:\/\/./.test(uri) || isTaken) {
        const message = isTaken ? 'Address for this topic has already been taken' : 'Address is invalid'
        return { webhookSubscription: null, userErrors: [{ field: ['webhookSubscription', 'uri'], message }] }
      }
      const created = { id: toGid('WebhookSubscription', subscriptions.length + 1), topic, uri }
      subscriptions.push(created)
      return { webhookSubscription: { ...created, format: 'JSON', apiVersion: { handle: apiVersion } }, userErrors: [] }
    },
    webhookSubscriptionDelete({ id }: { id: string }) {
      const index = subscriptions.findIndex((one) => one.id === id)
      if (index < 0) {
        const message = 'Webhook subscription does not exist'
        return { deletedWebhookSubscriptionId: null, userErrors: [{ field: ['id'], message }] }
      }
      subscriptions.splice(index, 1)
      return { deletedWebhookSubscriptionId: id, userErrors: [] }
    },
  }
}

interface SubscriptionWish {
  readonly topic: string
  readonly webhookSubscription: { readonly uri?: string }
}

/**
 * The lines of an export, as ungrouped ones may come: children stand anywhere, some before their parents, and parents in
 * no order that was asked for.
 */
export function toBulkLines(query: string, root: object): { roots: number; lines: string[] } {
  const document = parse(query)
  if (validate(SHOPIFY_SCHEMA, document).length > 0) return { roots: 0, lines: [] }
  const contextValue: Asking = { warnings: [], ignoresFilter: false }
  const every = { ...root, orders: (wish: ListWish) => (root as Root).orders({ ...wish, first: 1e9 }, contextValue) }
  const result = execute({ schema: SHOPIFY_SCHEMA, document, rootValue: every, contextValue })
  if (result instanceof Promise) throw new Error('an export is evaluated at once')
  const orders = result.data?.['orders']
  if (!isConnection(orders)) throw new Error('an export of something else than orders')
  const edges = orders.edges as readonly { readonly node: Readonly<Record<string, unknown>> }[]
  const parents: string[] = []
  const children: string[] = []
  for (const { node } of edges.toReversed()) {
    const own = Object.entries(node).filter(([, value]) => !isConnection(value))
    parents.push(JSON.stringify(Object.fromEntries(own)))
    for (const value of Object.values(node)) {
      if (!isConnection(value)) continue
      for (const edge of value.edges) children.push(JSON.stringify({ ...edge.node, __parentId: node['id'] }))
    }
  }
  const half = Math.floor(children.length / 2)
  return { roots: parents.length, lines: [...children.slice(0, half), ...parents, ...children.slice(half)] }
}

type Root = ReturnType<typeof createRoot>

function isConnection(value: unknown): value is { edges: { node: object }[] } {
  return typeof value === 'object' && value !== null && 'edges' in value
}
