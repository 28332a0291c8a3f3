import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpApp } from './type-provider.ts'

const MAX_PATH = 200

/** The path as it may be logged: without the query, whose values are nobody's business, and not endless. */
export function pathOf(request: Pick<FastifyRequest, 'url'>): string {
  return (request.url.split('?', 1)[0] ?? '').slice(0, MAX_PATH)
}

/** One line per request, when its answer has been sent. */
export function addAccessLog(app: HttpApp): void {
  app.addHook('onResponse', async (request, reply) => logAnswer(request, reply))
}

/** The line of one request. Probes that find nothing wrong are heard at `debug` only. */
export function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const line = {
    method: request.method,
    path: pathOf(request),
    status: reply.statusCode,
    durationMs: Math.round(reply.elapsedTime),
    address: request.ip,
  }
  const quiet = request.routeOptions.config?.probe === true && reply.statusCode < 400
  if (quiet) request.log.debug(line, 'answered')
  else request.log.info(line, 'answered')
}
