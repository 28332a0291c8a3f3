import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Book, BookOrder, BookRefund } from '../shop-server/book.ts'
import type { ShopClock } from '../shop-server/shop-clock.ts'
import { actOutFaults, type ShopFaults } from '../shop-server/shop-faults.ts'
import type { Authenticate } from './auth.ts'
import { createDocuments, type Documents, WOOCOMMERCE_STATUSES } from './documents.ts'
import { Failure, invalidOrderId, noRoute } from './failure.ts'
import { type ListPage, listRows, type Row } from './list.ts'
import { decimalsOf, parseListParameters } from './list-parameters.ts'
import type { WoocommerceShopOptions } from './options.ts'
import type { SiteClock } from './site-clock.ts'

/** What a server shows, and to whom. */
export interface Site {
  readonly options: WoocommerceShopOptions
  readonly book: Book
  readonly clock: ShopClock
  readonly siteClock: SiteClock
  readonly faults: ShopFaults
  readonly authenticate: Authenticate
  listWebhooks(): readonly object[]
}

type Query = ReadonlyMap<string, string>

interface OrderRow extends Row {
  readonly order: BookOrder
}

interface RefundRow extends Row {
  readonly refund: BookRefund
  readonly order: BookOrder
}

const API = '/wp-json/wc/v3'

/** The HTTP side of a shop: routes of WordPress and WooCommerce that only read. */
export function createServer(site: Site): FastifyInstance {
  const { options, book, faults, siteClock } = site
  const app = Fastify({
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  })
  const documents = createDocuments(siteClock, options.renamedStatuses ?? {})
  const storage = options.storage ?? 'hpos'
  const statuses = [...WOOCOMMERCE_STATUSES, ...Object.values(options.renamedStatuses ?? {})]
  actOutFaults(app, faults)

  app.addHook('onRequest', async (request, reply) => {
    reply.header('date', site.clock.now().toUTCString())
    if (options.permalinks === false) {
      return reply.code(404).type('text/html').send('<html><title>404 Not Found</title></html>')
    }
    if (!request.url.startsWith(`${API}/`)) return undefined
    const [path = ''] = request.url.split('?', 1)
    const { method, headers } = request
    site.authenticate({ method, path, query: queryOf(request), authorization: headers.authorization })
    return undefined
  })
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof Failure) return reply.code(error.status).send(error.toBody())
    return reply.code(500).send({ code: 'internal_server_error', message: 'There has been a critical error.' })
  })
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(noRoute().toBody()))

  function answerList<T extends Row>(
    request: FastifyRequest,
    reply: FastifyReply,
    rowsOf: (statuses: readonly string[]) => readonly T[],
    show: (row: T, decimals: number) => Record<string, unknown>,
  ): FastifyReply {
    const isDeaf = faults.strike(request.url, ['ignore-filter']) !== null
    const query: Query = isDeaf ? new Map() : queryOf(request)
    const asked = parseListParameters(query, siteClock, statuses)
    const page = listRows(rowsOf(asked.statuses), asked, siteClock, storage)
    const records = page.rows.map((row) => pick(show(row, decimalsOf(query)), query))
    site.options.onList?.()
    return sendPage(request, reply, page, faults.strike(request.url, ['malformed-record']) ? spoil(records) : records)
  }

  app.get('/wp-json', (request, reply) =>
    reply.send(
      pick(
        {
          name: 'Sandbox',
          gmt_offset: siteClock.offsetHours(site.clock.now()),
          timezone_string: siteClock.timezone,
          namespaces: ['wc/v3'],
        },
        queryOf(request),
      ),
    ),
  )
  app.get(`${API}/orders`, (request, reply) =>
    answerList(
      request,
      reply,
      (wanted) => orderRows(book, documents, wanted),
      ({ order }, dp) => documents.toOrder(order, dp),
    ),
  )
  app.get<{ Params: { id: string } }>(`${API}/orders/:id`, (request, reply) => {
    const order = findOrder(book, request.params.id)
    const shown = pick(documents.toOrder(order, decimalsOf(queryOf(request))), queryOf(request))
    return reply.send(faults.strike(request.url, ['malformed-record']) ? spoil([shown])[0] : shown)
  })
  app.get<{ Params: { id: string } }>(`${API}/orders/:id/refunds`, (request, reply) => {
    const order = findOrder(book, request.params.id)
    const show = ({ refund }: RefundRow, dp: number) => {
      const { parent_id: _, ...own } = documents.toRefund(refund, order, dp)
      return own
    }
    return answerList(request, reply, () => refundRows([order]), show)
  })
  if (options.refundList !== false) {
    // It does not know `parent`: asking for one order's refunds gives those of all.
    app.get(`${API}/refunds`, (request, reply) =>
      answerList(
        request,
        reply,
        () => refundRows([...book.orders.values()]),
        ({ refund, order }, dp) => documents.toRefund(refund, order, dp),
      ),
    )
  }
  app.get(`${API}/settings/general/woocommerce_currency`, (_request, reply) =>
    reply.send({ id: 'woocommerce_currency', type: 'select', value: options.currency ?? 'EUR' }),
  )
  app.get(`${API}/reports/orders/totals`, (_request, reply) => {
    const counts = Map.groupBy(book.orders.values(), (order) => documents.statusOf(order))
    const named = statuses.map((slug) => ({ slug, name: slug, total: counts.get(slug)?.length ?? 0 }))
    return reply.send(named)
  })
  app.get(`${API}/webhooks`, (request, reply) => {
    const rows = site.listWebhooks()
    return sendPage(request, reply, { total: rows.length, totalPages: 1 }, rows)
  })
  return app
}

/** `any` leaves out the trash and drafts of the checkout, whatever else is named with it. */
function orderRows(book: Book, documents: Documents, wanted: readonly string[]): OrderRow[] {
  const isWanted = (status: string) =>
    wanted.includes('any') ? status !== 'trash' && status !== 'checkout-draft' : wanted.includes(status)
  return [...book.orders.values()]
    .filter((order) => isWanted(documents.statusOf(order)))
    .map((order) => ({ id: order.id, createdAt: order.placedAt, modifiedAt: order.updatedAt, order }))
}

function refundRows(orders: readonly BookOrder[]): RefundRow[] {
  return orders.flatMap((order) =>
    order.refunds.map((refund) => ({ id: refund.id, createdAt: refund.at, modifiedAt: refund.at, refund, order })),
  )
}

/** Also one in the trash. @throws Failure 404. */
function findOrder(book: Book, id: string): BookOrder {
  const order = /^\d+$/.test(id) ? book.orders.get(Number(id)) : undefined
  if (order === undefined) throw /^\d+$/.test(id) ? invalidOrderId() : noRoute()
  return order
}

function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { total, totalPages }: Pick<ListPage<Row>, 'total' | 'totalPages'>,
  records: readonly object[],
): FastifyReply {
  reply.header('x-wp-total', String(total)).header('x-wp-totalpages', String(totalPages))
  // To https although it was asked by http, as seen behind a proxy: not to be followed.
  if (totalPages > 1) reply.header('link', `<https://${request.host}${request.url}>; rel="next"`)
  return reply.send(records)
}

/** `page[]=1` and `page=1,2` are the same to WordPress; of a name that comes twice the last counts, as in PHP. */
function queryOf(request: FastifyRequest): Query {
  const found = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(request.url.split('?').slice(1).join('?'))) {
    const list = name.endsWith('[]') ? name.slice(0, -2) : null
    if (list === null) found.set(name, value)
    else found.set(list, [...(found.has(list) ? [found.get(list)] : []), value].join(','))
  }
  return found
}

function pick(document: Record<string, unknown>, query: Query): Record<string, unknown> {
  const fields = query.get('_fields')
  if (fields === undefined || fields === '') return document
  const wanted = new Set(fields.split(',').map((field) => field.trim()))
  return Object.fromEntries(Object.entries(document).filter(([name]) => wanted.has(name)))
}

/** The first record as a careless plug-in would leave it. */
function spoil(records: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  return records.map((record, index) => (index === 0 ? { ...record, total: 'n/a' } : record))
}
