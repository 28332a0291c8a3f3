import type { FastifyRequest } from 'fastify'
import { isLoopback } from './loopback.ts'

/**
 * Without a token the listening address is loopback, which every web page in a browser on this machine can reach:
 * another name than loopback's (DNS rebinding), another origin (a form on some page), and what a page of another origin
 * embeds or fetches without saying so (an image, which names no origin) are refused. A link may lead here from anywhere.
 */
export function isFromThisMachine(request: FastifyRequest): boolean {
  const { origin, 'sec-fetch-site': site, 'sec-fetch-dest': destination } = request.headers
  if (!isLoopback(request.hostname)) return false
  const isForeign = site === 'cross-site' || site === 'same-site'
  if (isForeign && destination !== 'document') return false
  return origin === undefined || URL.parse(origin)?.host === request.host
}

/**
 * Whether a browser sent this from a page of ours: browsers name the origin of every form. Behind a proxy that puts
 * another `Host`, the origin is that of the public address.
 */
export function isFromOurPage({ headers: { origin }, host }: FastifyRequest, publicUrl: string | null): boolean {
  const sender = URL.parse(origin ?? '')?.host
  return sender !== undefined && (sender === host || (publicUrl !== null && sender === URL.parse(publicUrl)?.host))
}
