import type { FastifyReply, FastifyRequest } from 'fastify'
import { addPageAdmission } from '../page/admission.ts'
import { sendProblemPage } from '../page/answer.ts'
import type { PageDoor } from '../page/door.ts'
import { tellFailure } from '../page/failure.ts'
import { addForms } from '../page/form.ts'
import { voiceOf } from '../page/voice.ts'
import type { HttpApp } from '../type-provider.ts'
import { addPageAssetRoutes } from './page-assets.ts'
import { addPageCustomerRoutes } from './page-customer.ts'
import { addPageLoginRoutes } from './page-login.ts'
import { addPageNumberRoutes } from './page-numbers.ts'
import { addPageRunRoutes } from './page-runs.ts'
import { addPageSegmentRoutes } from './page-segments.ts'
import { addPageThresholdRoutes } from './page-thresholds.ts'

/**
 * The pages for people. They have routes of their own: so the API never takes a cookie, which a browser would send by
 * itself, and every form works without a script. Give it a scope of its own, since it reads forms and answers in HTML.
 */
export function addPageRoutes(scope: HttpApp, door: PageDoor): void {
  scope.setErrorHandler((thrown, request, reply) => answerFailure(door, thrown, request, reply))
  addPageAdmission(scope, door)
  addForms(scope, door)
  addPageAssetRoutes(scope, door)
  addPageLoginRoutes(scope, door)
  addPageNumberRoutes(scope, door)
  addPageRunRoutes(scope, door)
  addPageSegmentRoutes(scope, door)
  addPageThresholdRoutes(scope, door)
  addPageCustomerRoutes(scope, door)
}

/** In plain words; the message itself is in the log only, under the id that the page shows. */
function answerFailure(door: PageDoor, thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = statusOf(thrown)
  if (status !== null && status < 500) {
    return sendProblemPage(door, request, reply, { status, text: voiceOf(request, reply).words.problem.form })
  }
  return sendProblemPage(door, request, reply, tellFailure(thrown, request, reply, status === 503))
}

/** What the framework refuses has a status of its own. */
function statusOf(thrown: unknown): number | null {
  return thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number'
    ? thrown.statusCode
    : null
}
