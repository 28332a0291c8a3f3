import type { FastifyReply, FastifyRequest } from 'fastify'
import { isAcceptable } from './accept.ts'
import { createTokenCheck } from './bearer-token.ts'
import { isLoopback } from './loopback.ts'
import { sendProblem } from './problem.ts'
import type { HttpApp } from './type-provider.ts'

/** Per minute and process: requests with the token together, or of one address without; failed tokens of one address. */
const REQUEST_LIMITS = { requests: 300, failedTokens: 10 } as const

const MINUTE_MS = 60_000

/** Decides, before a body is read, who is answered: failed tokens → rate → token → origin → format. */
export function addAdmission(app: HttpApp, token: string | null): void {
  const hasToken = token === null ? null : createTokenCheck(token)
  const isTrusted = (request: FastifyRequest) => hasToken?.(request.headers.authorization) ?? false
  const countFailure = app.createRateLimit({ max: REQUEST_LIMITS.failedTokens, timeWindow: MINUTE_MS })
  // A caller with the token has a limit of its own: strangers behind the same proxy cannot use it up.
  const countTrusted = app.createRateLimit({
    max: REQUEST_LIMITS.requests,
    timeWindow: MINUTE_MS,
    keyGenerator: () => 'token',
  })
  const countStranger = app.createRateLimit({ max: REQUEST_LIMITS.requests, timeWindow: MINUTE_MS })

  app.addHook('onRequest', async (request, reply) => {
    const { config } = request.routeOptions
    if (config.probe === true || config.signed === true) return
    const isPublic = config.public === true || request.is404

    // Before the token is looked at: else the right guess would still be told from the wrong ones.
    if (!isPublic && hasToken !== null) {
      const failures = await countFailure(request, { increment: false })
      if (isExceeded(failures)) return sendTooMany(reply, failures.ttlInSeconds)
    }
    const trusted = isTrusted(request)
    const taken = await (trusted ? countTrusted : countStranger)(request)
    if (isExceeded(taken)) return sendTooMany(reply, taken.ttlInSeconds)

    if (!isPublic && hasToken !== null && !trusted) {
      const failures = await countFailure(request)
      if (isExceeded(failures)) return sendTooMany(reply, failures.ttlInSeconds)
      reply.header('www-authenticate', 'Bearer realm="scontrino"')
      return sendProblem(reply, 'E_UNAUTHORIZED')
    }
    if (!isPublic && hasToken === null && !isFromThisMachine(request)) return sendProblem(reply, 'E_FORBIDDEN')
    if (!request.is404 && !isAcceptable(request.headers.accept, config.mediaType ?? 'application/json')) {
      return sendProblem(reply, 'E_NOT_ACCEPTABLE')
    }
  })
}

type Limit = Awaited<ReturnType<ReturnType<HttpApp['createRateLimit']>>>
type CountedLimit = Extract<Limit, { isAllowed: false }>

function isExceeded(limit: Limit): limit is CountedLimit {
  return !limit.isAllowed && limit.isExceeded
}

function sendTooMany(reply: FastifyReply, seconds: number): FastifyReply {
  return sendProblem(reply.header('retry-after', String(Math.max(1, seconds))), 'E_TOO_MANY_REQUESTS')
}

/**
 * Without a token the listening address is loopback, which every web page in a browser on this machine can reach:
 * another name than loopback's (DNS rebinding) and another origin (a form on some page) are refused.
 */
function isFromThisMachine(request: FastifyRequest): boolean {
  const { origin } = request.headers
  if (!isLoopback(request.hostname)) return false
  return origin === undefined || URL.parse(origin)?.host === request.host
}
