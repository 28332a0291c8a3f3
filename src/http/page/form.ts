import type { FastifyRequest } from 'fastify'
import type { HttpApp } from '../type-provider.ts'
import { sendProblemPage } from './answer.ts'
import type { PageDoor } from './door.ts'
import { voiceOf } from './voice.ts'

/** The fields of a form, by name; of fields with one name the last. */
export type Form = Readonly<Record<string, string>>

/** Reads forms and nothing else, and refuses those that do not carry their session's token (the login has no session). */
export function addForms(scope: HttpApp, door: PageDoor): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))))
  })
  scope.addHook('preHandler', async (request, reply) => {
    const session = request.pageSession
    if (request.method !== 'POST' || request.routeOptions.config.public === true) return
    if (session !== null && door.sessions.isFormTokenOf(session, formOf(request)['form'] ?? '')) return
    const { form } = voiceOf(request, reply).words.problem
    return sendProblemPage(door, request, reply, { status: 403, text: form })
  })
}

/** The form that came with a request. */
export function formOf(request: FastifyRequest): Form {
  return (request.body ?? {}) as Form
}
