import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpApp } from './type-provider.ts'

/** Per minute and process: requests with one token or session, or of one address without; failed tokens of one address. */
const REQUEST_LIMITS = { requests: 300, failedTokens: 10 } as const

const MINUTE_MS = 60_000

type Count = ReturnType<HttpApp['createRateLimit']>

/** Counts what callers do; each counter answers with `secondsToWait`. */
export interface RequestLimits {
  /** Of one address. `increment: false` only looks. */
  readonly countFailure: Count
  /** Of the token, or of a session of the page. */
  readonly countTrusted: Count
  readonly countStranger: Count
}

/** The counters of one server. */
export function createRequestLimits(app: HttpApp): RequestLimits {
  const timeWindow = MINUTE_MS
  return {
    countFailure: app.createRateLimit({ max: REQUEST_LIMITS.failedTokens, timeWindow }),
    // A caller with the token has a limit of its own: strangers behind the same proxy cannot use it up.
    countTrusted: app.createRateLimit({
      max: REQUEST_LIMITS.requests,
      timeWindow,
      keyGenerator: ({ pageSession }: FastifyRequest) => (pageSession === null ? 'token' : `session ${pageSession.id}`),
    }),
    countStranger: app.createRateLimit({ max: REQUEST_LIMITS.requests, timeWindow }),
  }
}

/** How long somebody has to wait, in seconds and at least one; null: not at all. */
export function secondsToWait(limit: Awaited<ReturnType<Count>>): number | null {
  return !limit.isAllowed && limit.isExceeded ? Math.max(1, limit.ttlInSeconds) : null
}

/** The header that goes with a 429. */
export function withRetryAfter(reply: FastifyReply, seconds: number): FastifyReply {
  return reply.header('retry-after', String(seconds))
}
