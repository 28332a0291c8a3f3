import type { FastifyReply, FastifyRequest } from 'fastify'
import { isAcceptable } from './accept.ts'
import { bearerOf, type TokenCheck } from './bearer-token.ts'
import { type RequestLimits, secondsToWait, withRetryAfter } from './limits.ts'
import { isFromThisMachine } from './origin.ts'
import { sendProblem } from './problem.ts'
import type { HttpApp } from './type-provider.ts'

/**
 * Decides, before a body is read, which programs are answered: failed tokens → rate → token → origin → format. The pages
 * for people have an admission of their own.
 */
export function addAdmission(app: HttpApp, hasToken: TokenCheck | null, limits: RequestLimits): void {
  const isTrusted = (request: FastifyRequest) => hasToken?.(bearerOf(request.headers.authorization)) ?? false
  const { countFailure, countTrusted, countStranger } = limits

  app.addHook('onRequest', async (request, reply) => {
    const { config } = request.routeOptions
    if (config.probe === true || config.signed === true || config.page !== undefined) return
    const isPublic = config.public === true || request.is404

    // Before the token is looked at: else the right guess would still be told from the wrong ones.
    if (!isPublic && hasToken !== null) {
      const wait = secondsToWait(await countFailure(request, { increment: false }))
      if (wait !== null) return sendTooMany(reply, wait)
    }
    const trusted = isTrusted(request)
    const wait = secondsToWait(await (trusted ? countTrusted : countStranger)(request))
    if (wait !== null) return sendTooMany(reply, wait)

    if (!isPublic && hasToken !== null && !trusted) {
      const failed = secondsToWait(await countFailure(request))
      if (failed !== null) return sendTooMany(reply, failed)
      reply.header('www-authenticate', 'Bearer realm="scontrino"')
      return sendProblem(reply, 'E_UNAUTHORIZED')
    }
    if (!isPublic && hasToken === null && !isFromThisMachine(request)) return sendProblem(reply, 'E_FORBIDDEN')
    if (!request.is404 && !isAcceptable(request.headers.accept, config.mediaType ?? 'application/json')) {
      return sendProblem(reply, 'E_NOT_ACCEPTABLE')
    }
  })
}

function sendTooMany(reply: FastifyReply, seconds: number): FastifyReply {
  return sendProblem(withRetryAfter(reply, seconds), 'E_TOO_MANY_REQUESTS')
}
