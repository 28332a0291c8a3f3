import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify'
import type { Logger } from '../lib/logger.ts'
import { loadPageAssets } from '../page/assets.ts'
import { addAccessLog, logAnswer, pathOf } from './access-log.ts'
import { addAdmission } from './admission.ts'
import type { HttpApplication } from './application.ts'
import { createTokenCheck } from './bearer-token.ts'
import { answerFailure } from './failures.ts'
import { addJsonBody, BODY_LIMIT } from './json-body.ts'
import { createRequestLimits } from './limits.ts'
import { addOpenApi } from './openapi.ts'
import { createOpenSessions, createPageSessions } from './page/session.ts'
import './route-config.ts'
import { addDocumentationRoutes } from './routes/documentation.ts'
import { addExplainRoutes } from './routes/explain.ts'
import { addJobRoutes } from './routes/jobs.ts'
import { addMetricRoutes } from './routes/metrics.ts'
import { addPageRoutes } from './routes/page.ts'
import { addProbeRoutes } from './routes/probes.ts'
import { addRunRoutes } from './routes/runs.ts'
import { addWebhookRoutes } from './routes/webhooks.ts'
import { SECURITY_HEADERS } from './security-headers.ts'
import { addStopping } from './stopping.ts'
import { TIME_LIMITS } from './time-limits.ts'
import { compileSerializer, compileValidator, type HttpApp, type ZodTypeProvider } from './type-provider.ts'
import { addUnknownRoutes } from './unknown-routes.ts'
import { createUnreadableRequestHandler } from './unreadable-requests.ts'

/** What the door opens to, and for whom. */
export interface HttpDoor {
  readonly application: HttpApplication
  /** Null: programs on this machine need none, and nobody else is answered. */
  readonly token: string | null
  readonly logger: Logger
  /** Of this program, for the documentation. */
  readonly version: string
  /** Under which people reach the page, when a proxy in front asks for it under another name. */
  readonly publicUrl?: string | null
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed. */
  readonly trustProxy?: readonly string[]
}

/** The server without a port: for tests, and for `createHttpServer`. */
export async function buildHttpServer(door: HttpDoor): Promise<HttpApp> {
  const { application, token, logger, version, publicUrl = null, trustProxy = [] } = door
  const app: HttpApp = fastify({
    loggerInstance: logger.child({}, { serializers: { req: toLogged, res: () => undefined } }) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => randomUUID(),
    // Without a token only this machine is answered, by the name it was called: that is no proxy's to say.
    trustProxy: token === null || trustProxy.length === 0 ? false : [...trustProxy],
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 700 },
    requestTimeout: TIME_LIMITS.requestMs,
    handlerTimeout: TIME_LIMITS.handlerMs,
    keepAliveTimeout: TIME_LIMITS.keepAliveMs,
    connectionTimeout: TIME_LIMITS.silentSocketMs,
    http: { headersTimeout: TIME_LIMITS.headersMs, connectionsCheckingInterval: TIME_LIMITS.checkEveryMs },
    forceCloseConnections: 'idle',
    // While stopping, requests on open connections are refused by our own hook, as problem documents.
    return503OnClosing: false,
    clientErrorHandler: createUnreadableRequestHandler(logger),
    frameworkErrors: answerUnroutable,
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(compileValidator)
  app.setSerializerCompiler(compileSerializer)
  app.setErrorHandler(answerFailure)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headersOf(request))
  })
  addAccessLog(app)
  addStopping(app)
  addJsonBody(app)
  await app.register(rateLimit, { global: false })
  await app.register(cookie)
  app.decorateRequest('pageSession', null)
  const limits = createRequestLimits(app)
  const hasToken = token === null ? null : createTokenCheck(token)
  addAdmission(app, hasToken, limits)
  addUnknownRoutes(app)
  await addOpenApi(app, version)
  addJobRoutes(app, application)
  addRunRoutes(app, application)
  addExplainRoutes(app, application)
  await app.register(async (scope: HttpApp) => addWebhookRoutes(scope, application))
  addProbeRoutes(app, application)
  addMetricRoutes(app, application)
  addDocumentationRoutes(app)
  const assets = loadPageAssets()
  const sessions = token === null ? createOpenSessions() : createPageSessions(token, application)
  await app.register(async (scope: HttpApp) =>
    addPageRoutes(scope, { application, assets, sessions, limits, hasToken, publicUrl }),
  )
  return app
}

/** A path that the router itself refuses never reaches the hooks. */
function answerUnroutable(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  reply.raw.once('finish', () => logAnswer(request, reply))
  answerFailure(error, request, reply.headers(headersOf(request)))
}

function headersOf(request: FastifyRequest) {
  return { ...SECURITY_HEADERS, 'x-request-id': request.id }
}

function toLogged(request: { method: string; url: string }) {
  return { method: request.method, path: pathOf(request) }
}
