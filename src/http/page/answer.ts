import type { FastifyReply, FastifyRequest } from 'fastify'
import { renderProblem } from '../../page/layout.ts'
import { SECURITY_HEADERS } from '../security-headers.ts'
import type { PageDoor } from './door.ts'
import { voiceOf } from './voice.ts'

/** Its own files and nothing else: no inline script or style, no other host, no frame. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const PAGE_HEADERS = {
  ...SECURITY_HEADERS,
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': PAGE_POLICY,
  // With `no-referrer` browsers send forms with `Origin: null`, which could then not be told from a stranger's.
  'referrer-policy': 'same-origin',
} as const

/** Answers with a whole document. */
export function sendPage(reply: FastifyReply, document: string, status = 200): FastifyReply {
  return reply.code(status).headers(PAGE_HEADERS).send(document)
}

/** Answers with a file for a spreadsheet. `name` without its ending, of letters, digits and dashes. */
export function sendCsv(reply: FastifyReply, name: string, text: string): FastifyReply {
  return reply
    .headers({
      ...SECURITY_HEADERS,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
    })
    .send(text)
}

/** Answers with a page that says what went wrong, and where in the log there is more. */
export function sendProblemPage(
  door: PageDoor,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: { readonly status: number; readonly text: string; readonly code?: string },
): FastifyReply {
  const details = problem.code === undefined ? null : `${problem.code} · ${request.id}`
  return sendPage(
    reply,
    renderProblem(voiceOf(request, reply), door.assets.urls, problem.text, details),
    problem.status,
  )
}
