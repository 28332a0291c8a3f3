import type { FastifyReply, FastifyRequest } from 'fastify'
import { renderLogin } from '../../page/layout.ts'
import { secondsToWait, withRetryAfter } from '../limits.ts'
import { sendPage } from '../page/answer.ts'
import { type PageDoor, SESSION_COOKIE } from '../page/door.ts'
import { formOf } from '../page/form.ts'
import { SESSION_HOURS } from '../page/session.ts'
import { voiceOf } from '../page/voice.ts'
import type { HttpApp } from '../type-provider.ts'

/** A page of ours, and nothing that a browser could take for another server. */
const OWN_PATH = /^\/(?:[a-z]+(?:\/[a-z]+)*)?(?:\?[\w=&%+.-]*)?$/

/** The login form and the way out. */
export function addPageLoginRoutes(scope: HttpApp, door: PageDoor): void {
  const { sessions, limits, hasToken } = door
  const show = (
    request: FastifyRequest,
    reply: FastifyReply,
    { next, problem, status = 200 }: { next: string; problem: string | null; status?: number },
  ) => sendPage(reply, renderLogin(voiceOf(request, reply), door.assets.urls, { next, problem }), status)

  scope.get(
    '/login',
    { config: { public: true, page: 'document' }, schema: { hide: true } },
    async (request, reply) => {
      const next = toOwnPath((request.query as Record<string, unknown>)['next'])
      if (request.pageSession !== null) return reply.redirect(next, 303)
      return show(request, reply, { next, problem: null })
    },
  )

  scope.post(
    '/login',
    { config: { public: true, page: 'document' }, schema: { hide: true } },
    async (request, reply) => {
      const { token, next: wanted } = formOf(request)
      const next = toOwnPath(wanted)
      const { login } = voiceOf(request, reply).words
      if (hasToken === null) return reply.redirect(next, 303)
      const tooMany = (seconds: number) =>
        show(request, withRetryAfter(reply, seconds), { next, problem: login.tooMany(seconds), status: 429 })

      // Before the token is looked at, and on the same count as the API's: else the right guess would still be told.
      const wait = secondsToWait(await limits.countFailure(request, { increment: false }))
      if (wait !== null) return tooMany(wait)
      if (!hasToken(token?.trim())) {
        const failed = secondsToWait(await limits.countFailure(request))
        return failed !== null ? tooMany(failed) : show(request, reply, { next, problem: login.wrong, status: 401 })
      }
      const { cookie } = sessions.open()
      reply.setCookie(SESSION_COOKIE, cookie, {
        path: '/',
        httpOnly: true,
        sameSite: 'strict',
        maxAge: SESSION_HOURS * 3_600,
        // The browser says how it reached the page, whatever stands between.
        secure: request.headers.origin?.startsWith('https:') ?? false,
      })
      return reply.redirect(next, 303)
    },
  )

  scope.post('/logout', { config: { page: 'document' }, schema: { hide: true } }, async (request, reply) => {
    if (request.pageSession !== null && hasToken !== null) await sessions.close(request.pageSession)
    return reply.clearCookie(SESSION_COOKIE, { path: '/' }).redirect('/login', 303)
  })
}

function toOwnPath(text: unknown): string {
  return typeof text === 'string' && OWN_PATH.test(text) ? text : '/'
}
