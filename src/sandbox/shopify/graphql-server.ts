import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { type DocumentNode, execute, parse, type SelectionSetNode, validate } from 'graphql'
import { z } from 'zod'
import type { ShopClock } from '../shop-server/shop-clock.ts'
import { actOutFaults, type ShopFaults } from '../shop-server/shop-faults.ts'
import type { TokenDesk } from './access-tokens.ts'
import type { Bucket } from './bucket.ts'
import type { BulkOperations } from './bulk-operations.ts'
import { actualCost, HIGHEST_COST, requestedCost } from './cost.ts'
import type { Asking } from './resolvers.ts'
import { SHOPIFY_SCHEMA } from './schema.ts'

/** What the server is made of. */
export interface ServerParts {
  readonly root: object
  readonly tokens: TokenDesk
  readonly bucket: Bucket
  readonly bulk: BulkOperations
  readonly scopes: () => ReadonlySet<string>
  readonly clock: ShopClock
  readonly faults: ShopFaults
  readonly apiVersion: string
  readonly onList: (() => void | Promise<void>) | undefined
}

const body = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).nullish() })

/** Field → the scope it needs. */
const NEEDED: Readonly<Record<string, string>> = {
  orders: 'read_orders',
  order: 'read_orders',
  nodes: 'read_orders',
  ordersCount: 'read_orders',
  bulkOperationRunQuery: 'read_orders',
  customer: 'read_customers',
}

/** The Admin API at any version's address (an unknown one is answered by this one), the token address, and exports. */
export function createGraphqlServer(parts: ServerParts): FastifyInstance {
  const { root, tokens, bucket, bulk, scopes, clock, faults, apiVersion, onList } = parts
  const app = Fastify({ exposeHeadRoutes: false, forceCloseConnections: true, bodyLimit: 4 * 1024 * 1024 })
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) =>
    done(null, new URLSearchParams(String(text))),
  )
  app.addHook('onRequest', async (_request, reply) => void reply.header('date', clock.now().toUTCString()))
  actOutFaults(app, faults)

  app.post('/admin/oauth/access_token', async (request, reply) => {
    const fields = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
    const { status, body: answer } = tokens.grant(fields)
    return reply.code(status).send(answer)
  })

  app.get('/bulk/:name', async (request, reply) => {
    const text = bulk.file((request.params as { name: string }).name)
    if (text === null) return reply.code(400).type('application/xml').send('<Error><Code>ExpiredToken</Code></Error>')
    return reply.type('application/jsonl').send(text)
  })

  app.post('/admin/api/:version/graphql.json', async (request, reply) => {
    const token = request.headers['x-shopify-access-token']
    if (!tokens.isGood(typeof token === 'string' ? token : undefined)) {
      return reply.code(401).send({ errors: '[API] Invalid API key or access token' })
    }
    reply.header('x-shopify-api-version', apiVersion)
    const asked = body.safeParse(request.body)
    if (!asked.success) return reply.code(400).send({ errors: { query: 'Required parameter missing or invalid' } })
    return await answer(reply, asked.data.query, asked.data.variables ?? {}, request.url)
  })

  async function answer(reply: FastifyReply, query: string, variables: Record<string, unknown>, url: string) {
    const document = parseDocument(query)
    const mistakes =
      typeof document === 'string' ? [document] : validate(SHOPIFY_SCHEMA, document).map((e) => e.message)
    if (typeof document === 'string' || mistakes.length > 0) {
      return reply.send({ errors: mistakes.map((message) => ({ message, extensions: { code: 'invalidQuery' } })) })
    }
    const requestedQueryCost = requestedCost(SHOPIFY_SCHEMA, document, variables)
    const cost = (actualQueryCost: number | null) => ({
      requestedQueryCost,
      actualQueryCost,
      throttleStatus: bucket.status(),
    })
    const fail = (code: string, message: string) =>
      reply.send({ data: null, errors: [{ message, extensions: { code } }], extensions: { cost: cost(null) } })
    if (requestedQueryCost > HIGHEST_COST) return fail('MAX_COST_EXCEEDED', 'Query cost is too high')
    if (!bucket.take(requestedQueryCost)) return fail('THROTTLED', 'Throttled')
    const lacking = fieldsOf(document).find((name) => NEEDED[name] !== undefined && !scopes().has(NEEDED[name]))
    if (lacking !== undefined) return fail('ACCESS_DENIED', `Access denied for ${lacking} field.`)

    const lists = /\b(?:orders|nodes)\s*\(/.test(query)
    const ignoresFilter = lists && faults.strike(url, ['ignore-filter']) !== null
    const contextValue: Asking = { warnings: [], ignoresFilter }
    const result = await execute({
      schema: SHOPIFY_SCHEMA,
      document,
      rootValue: root,
      contextValue,
      variableValues: variables,
    })
    // Plain objects, so that a fault can spoil one.
    const data: unknown = JSON.parse(JSON.stringify(result.data ?? null))
    if (lists) await onList?.()
    if (lists && hasOrders(data) && faults.strike(url, ['malformed-record']) !== null) spoil(data)
    const actual = actualCost(data)
    bucket.giveBack(Math.max(0, requestedQueryCost - actual))
    const { warnings } = contextValue
    return reply.send({
      data,
      ...(result.errors !== undefined && {
        errors: result.errors.map(({ message }) => ({ message, extensions: { code: 'INTERNAL_SERVER_ERROR' } })),
      }),
      extensions: { cost: cost(actual), ...(warnings.length > 0 && { search: warnings }) },
    })
  }

  return app
}

function parseDocument(query: string): DocumentNode | string {
  try {
    return parse(query)
  } catch (error) {
    return error instanceof Error ? error.message : 'syntax error'
  }
}

function fieldsOf(document: DocumentNode): string[] {
  const walk = (set: SelectionSetNode | undefined): string[] =>
    (set?.selections ?? []).flatMap((one) =>
      one.kind === 'Field'
        ? [one.name.value, ...walk(one.selectionSet)]
        : one.kind === 'InlineFragment'
          ? walk(one.selectionSet)
          : [],
    )
  return document.definitions.flatMap((one) => ('selectionSet' in one ? walk(one.selectionSet) : []))
}

interface WithOrders {
  readonly orders: { readonly nodes: { totalPriceSet?: { shopMoney: { amount: string } } }[] }
}

function hasOrders(data: unknown): data is WithOrders {
  const parsed = z.object({ orders: z.object({ nodes: z.array(z.object({ totalPriceSet: z.unknown() })).min(1) }) })
  return parsed.safeParse(data).success
}

/** The first order's total loses its form. */
function spoil({ orders }: WithOrders): void {
  const first = orders.nodes[0]?.totalPriceSet
  if (first !== undefined) first.shopMoney.amount = '1.234,50'
}
