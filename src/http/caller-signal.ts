import type { FastifyReply } from 'fastify'

/** Fires when the caller has gone or was answered. Fastify's own `request.signal` fires once a body has been read. */
export function callerSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  return gone.signal
}
