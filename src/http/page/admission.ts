import type { FastifyReply, FastifyRequest } from 'fastify'
import { toUrl } from '../../page/link.ts'
import { secondsToWait, withRetryAfter } from '../limits.ts'
import { isFromOurPage, isFromThisMachine } from '../origin.ts'
import { PROBLEM_KINDS, type ProblemCode } from '../problem-kinds.ts'
import type { HttpApp } from '../type-provider.ts'
import { sendProblemPage } from './answer.ts'
import { type PageDoor, SESSION_COOKIE } from './door.ts'
import { voiceOf } from './voice.ts'

/**
 * Decides who sees a page: machine (without a token) → session → rate → where a form comes from. A stranger is led to
 * the login, a stream is refused.
 */
export function addPageAdmission(scope: HttpApp, door: PageDoor): void {
  const { sessions, limits, hasToken, publicUrl } = door
  const refuse = (request: FastifyRequest, reply: FastifyReply, code: ProblemCode) => {
    const { what = '', advice = '' } = voiceOf(request, reply).words.errors[code] ?? {}
    return sendProblemPage(door, request, reply, {
      status: PROBLEM_KINDS[code].status,
      code,
      text: `${what} ${advice}`,
    })
  }
  scope.addHook('onRequest', async (request, reply) => {
    const { config } = request.routeOptions
    if (hasToken === null && !isFromThisMachine(request)) return refuse(request, reply, 'E_FORBIDDEN')
    if (config.page === 'asset') return
    request.pageSession = sessions.read(request.cookies[SESSION_COOKIE])

    const count = request.pageSession === null ? limits.countStranger : limits.countTrusted
    const wait = secondsToWait(await count(request))
    if (wait !== null) return refuse(request, withRetryAfter(reply, wait), 'E_TOO_MANY_REQUESTS')
    // After the limit: who knocks too often does not ask the ledger.
    if (request.pageSession !== null && (await sessions.isClosed(request.pageSession))) request.pageSession = null

    if (config.public !== true && request.pageSession === null) {
      if (config.page === 'events') return reply.code(401).send()
      const next = request.method === 'GET' ? request.url : '/'
      return reply.redirect(toUrl('/login', { next: next === '/' ? null : next }), 303)
    }
    if (request.method === 'POST' && !isFromOurPage(request, publicUrl)) return refuse(request, reply, 'E_FORBIDDEN')
  })
}
