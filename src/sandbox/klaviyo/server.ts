import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { createAccountHandlers } from './accounts.ts'
import type { Answer, Handler } from './answer.ts'
import { checkRevision, checkScopes, identify } from './auth.ts'
import { createCampaignHandlers } from './campaigns.ts'
import { type ApiError, notFound, refuse, throttled } from './errors.ts'
import { type HtmlAnswer, toFaultAnswer } from './fault-answers.ts'
import { type Fault, parseFaultHeader } from './faults.ts'
import { createFlowHandlers } from './flows.ts'
import { createImportHandlers } from './import-jobs.ts'
import { createLimiter } from './limiter.ts'
import type { OperationId } from './limits.ts'
import { createMetricHandlers } from './metrics.ts'
import type { Operation } from './operation.ts'
import { OPERATIONS } from './operations.ts'
import { createPrivacyHandlers } from './privacy.ts'
import { createProfileHandlers } from './profiles.ts'
import { parseQuery, type Query } from './query.ts'
import { createReadBody, NO_BODY, type RequestBody } from './request-body.ts'
import { bucketsOf } from './request-budgets.ts'
import type { LoggedRequest, RequestLog } from './request-log.ts'
import { createMemberHandlers } from './segment-members.ts'
import { createSegmentHandlers } from './segments.ts'
import { createTagHandlers } from './tags.ts'
import { createTemplateHandlers } from './templates.ts'
import type { World } from './world.ts'

const JSON_API = 'application/vnd.api+json'

/** What is known of a request by the time its body is read. */
interface Admission {
  readonly query: Query
  readonly fault: Fault | null
  readonly entry: LoggedRequest
}

/** The HTTP side of the account: fault → authentication → revision → limits → query → scopes → body → operation. */
export function createServer(world: World, log: RequestLog): FastifyInstance {
  const app = Fastify({
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  })
  const limiter = createLimiter(world.settings.enforceLimits)
  const admissions = new WeakMap<FastifyRequest, Admission>()
  const handlers: Partial<Record<OperationId, Handler>> = {
    ...createAccountHandlers(world),
    ...createMetricHandlers(world),
    ...createProfileHandlers(world),
    ...createPrivacyHandlers(world),
    ...createImportHandlers(world),
    ...createSegmentHandlers(world),
    ...createMemberHandlers(world),
    ...createFlowHandlers(world),
    ...createTagHandlers(world),
    ...createTemplateHandlers(world),
    ...createCampaignHandlers(world),
  }

  app.removeAllContentTypeParsers()
  const readBody = createReadBody()
  app.addContentTypeParser([JSON_API, 'application/json'], (request: FastifyRequest, payload: Readable) =>
    readBody(payload, request.headers['content-encoding']),
  )

  for (const operation of OPERATIONS) {
    app.route({
      method: operation.method,
      url: operation.path,
      onRequest: (request, reply) => admit(operation, request, reply),
      handler: (request, reply) => carryOut(operation, request, reply),
    })
  }

  async function admit(operation: Operation, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const url = toUrl(request)
    const entry = log.open(request.method, url.pathname, operation.id, world.clock.now())
    const fault = faultFor(request, url.pathname)
    const { query, errors } = parseQuery(url.searchParams, operation.query)
    admissions.set(request, { query, fault, entry })
    const finish = (answer: Answer | HtmlAnswer) => deliver(reply, answer, { fault, entry })

    if (fault?.kind === 'drop') return cut(reply, entry)
    if (fault?.kind === 'delay') await sleep(fault.delayMs ?? 1_000, undefined, { ref: false })
    const faulty = fault === null ? null : toFaultAnswer(fault)
    if (faulty !== null) return finish(faulty)

    const identity = identify(request.headers.authorization, world.settings.apiKeys)
    if ('refused' in identity) return finish(refuse(identity.refused))
    const revision = request.headers['revision']
    const wrongRevision = checkRevision(typeof revision === 'string' ? revision : undefined)
    if (wrongRevision !== null) return finish(refuse(wrongRevision))

    const verdict = limiter.take(bucketsOf(operation, query), world.clock.now())
    reply.headers(verdict.headers)
    if (verdict.retryAfterSeconds !== null) return finish(refuse(throttled(verdict.retryAfterSeconds)))
    const forbidden = checkScopes(identity.scopes, operation.scopes)
    if (forbidden !== null) return finish(refuse(forbidden))
    return errors.length > 0 ? finish(refuse(...errors)) : undefined
  }

  async function carryOut(operation: Operation, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const admission = admissions.get(request)
    const handler = handlers[operation.id]
    if (admission === undefined || handler === undefined) return deliver(reply, refuse(notFound('Not found.')), null)
    const body = (request.body as RequestBody | undefined) ?? NO_BODY
    if (body.kind === 'refused') return deliver(reply, refuse(body.error), admission)
    const url = toUrl(request)
    const call = {
      params: request.params as Record<string, string>,
      query: admission.query,
      body: body.value,
      bodyBytes: body.bytes,
      self: url.href,
      origin: url.origin,
      fault: admission.fault,
    }
    if (admission.fault?.kind === 'duplicate') handler(call)
    return deliver(reply, handler(call), admission)
  }

  function faultFor(request: FastifyRequest, path: string): Fault | null {
    const header = request.headers['x-sandbox-fault']
    if (typeof header !== 'string') return world.faults.strike(request.method, path)
    return parseFaultHeader(header) ?? { kind: 'status', status: 400 }
  }

  function deliver(
    reply: FastifyReply,
    answer: Answer | HtmlAnswer,
    admission: Pick<Admission, 'fault' | 'entry'> | null,
  ): FastifyReply {
    const kind = admission?.fault?.kind
    if (admission !== null && kind === 'accept-then-drop') return cut(reply, admission.entry)
    const html = 'html' in answer
    const text = html ? answer.html : answer.document === null ? '' : JSON.stringify(answer.document)
    const headers = html ? {} : answer.headers
    const type = html ? 'text/html; charset=UTF-8' : JSON_API
    if (admission !== null) log.close(admission.entry, kind === 'truncate' ? 0 : answer.status)
    if (kind === 'truncate') return sendHalf(reply, answer.status, type, text)
    reply.code(answer.status).headers(headers ?? {})
    if (text !== '') reply.type(type)
    return reply.send(text === '' ? undefined : text)
  }

  function cut(reply: FastifyReply, entry: LoggedRequest): FastifyReply {
    log.close(entry, 0)
    reply.hijack()
    reply.raw.socket?.destroy()
    return reply
  }

  app.setNotFoundHandler((request, reply) => {
    const { pathname } = toUrl(request)
    const entry = log.open(request.method, pathname, null, world.clock.now())
    return deliver(reply, refuse(isKnownPath(pathname) ? notAllowed(request.method) : notFound('Not found.')), {
      fault: null,
      entry,
    })
  })
  app.setErrorHandler((error: { code?: string }, request, reply) => {
    return deliver(reply, refuse(toApiError(error.code)), admissions.get(request) ?? null)
  })
  return app
}

/** The promised length is that of the whole answer, so that the client can tell. */
function sendHalf(reply: FastifyReply, status: number, type: string, text: string): FastifyReply {
  reply.hijack()
  const bytes = Buffer.from(text)
  reply.raw.writeHead(status, { 'content-type': type, 'content-length': bytes.length })
  reply.raw.write(bytes.subarray(0, bytes.length >> 1), () => reply.raw.socket?.destroy())
  return reply
}

function toUrl(request: FastifyRequest): URL {
  const url = new URL(request.originalUrl, `${request.protocol}://${request.host}`)
  // Written again so that brackets and quotes are encoded, as in Klaviyo's own links.
  url.search = url.searchParams.toString()
  return url
}

const KNOWN_PATHS = OPERATIONS.map(({ path }) => new RegExp(`^${path.replace(/:id/, '[^/]+')}/?$`))

function isKnownPath(path: string): boolean {
  return KNOWN_PATHS.some((known) => known.test(path))
}

function notAllowed(method: string): ApiError {
  const detail = `Method "${method}" not allowed.`
  return { status: 405, code: 'method_not_allowed', title: 'Method not allowed.', detail }
}

function toApiError(code: string | undefined): ApiError {
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    const title = 'Unsupported media type in request.'
    return { status: 415, code: 'unsupported_media_type', title, detail: `${title} Use ${JSON_API}.` }
  }
  const title = 'A server error occurred.'
  return { status: code?.startsWith('FST_') === true ? 400 : 500, code: 'error', title, detail: title }
}
