import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { ShopClock } from '../shop-server/shop-clock.ts'
import { actOutFaults, type ShopFaults } from '../shop-server/shop-faults.ts'
import { type Keys, readKey, refuse } from './access.ts'
import { isError, type WebserviceError } from './errors.ts'
import { listRows } from './list.ts'
import type { Resource, Row } from './resource.ts'

/** What the webservice is made of. */
export interface WebserviceParts {
  readonly resources: Readonly<Record<string, Resource>>
  readonly keys: Keys
  readonly clock: ShopClock
  readonly faults: ShopFaults
  readonly onList: (() => void | Promise<void>) | undefined
}

const VERSION = '8.2.1'

/** The HTTP side: key → store → resource → method → query. */
export function createWebservice(parts: WebserviceParts): FastifyInstance {
  const { resources, keys, clock, faults, onList } = parts
  const app = Fastify({ exposeHeadRoutes: false, forceCloseConnections: true })
  app.addHook('onRequest', async (_request, reply) => void reply.header('date', clock.now().toUTCString()))
  actOutFaults(app, faults)
  app.route({ method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], url: '/api/:resource', handler: answerList })
  app.route({ method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], url: '/api/:resource/:id', handler: answerOne })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))

  /** The resource asked for, or null when the request has been answered. */
  function admit(request: FastifyRequest, reply: FastifyReply): Resource | null {
    const query = queryOf(request)
    const key = readKey(request.headers.authorization, query)
    const permissions = key === null ? undefined : keys[key]
    if (permissions === undefined) {
      // In plain text, whatever format was asked for.
      void reply
        .code(401)
        .header('www-authenticate', 'Basic realm="Welcome to PrestaShop Webservice"')
        .type('text/html; charset=UTF-8')
        .send('401 Unauthorized')
      return null
    }
    reply.header('psws-version', VERSION)
    const { resource } = request.params as { resource: string }
    const error = refuse(permissions, { method: request.method, resource, query }, Object.keys(resources))
    if (error === null) return resources[resource] ?? null
    sendError(reply, query, error)
    return null
  }

  async function answerList(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const resource = admit(request, reply)
    if (resource === null) return reply
    const query = queryOf(request)
    const ignoresFilter = faults.strike(request.url, ['ignore-filter']) !== null
    const rows = listRows(resource, query, ignoresFilter)
    await onList?.()
    if (isError(rows)) return sendError(reply, query, rows)
    const shown = spoil(rows, () => faults.strike(request.url, ['malformed-record']) !== null)
    return send(reply, query, shown.length === 0 ? [] : { [resource.listName]: shown })
  }

  async function answerOne(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const resource = admit(request, reply)
    if (resource === null) return reply
    const { id } = request.params as { id: string }
    const row = resource.rows().find((one) => one.id === Number.parseInt(id, 10))
    if (row === undefined) return reply.code(404).send()
    return send(reply, queryOf(request), { [resource.oneName]: row })
  }

  return app
}

function queryOf(request: FastifyRequest): URLSearchParams {
  return new URL(request.url, 'http://sandbox.invalid').searchParams
}

/** Anything but JSON in capitals is XML. */
function send(reply: FastifyReply, query: URLSearchParams, body: object): FastifyReply {
  if (query.get('output_format') === 'JSON') {
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(body))
  }
  return reply.type('text/xml;charset=utf-8').send('<?xml version="1.0" encoding="UTF-8"?>\n<prestashop/>\n')
}

function sendError(reply: FastifyReply, query: URLSearchParams, { status, code, message }: WebserviceError) {
  return send(reply.code(status), query, { errors: [{ code, message }] })
}

/** One order of a page that shows amounts loses one to a number format. */
function spoil(rows: readonly Row[], isStruck: () => boolean): readonly Row[] {
  const [first, ...others] = rows
  if (first?.['total_paid_tax_incl'] === undefined || !isStruck()) return rows
  return [{ ...first, total_paid_tax_incl: '1.234,50 €' }, ...others]
}
