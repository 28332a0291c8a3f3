import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SegmentPlan } from '../../app/plan-segments.ts'
import { html } from '../../page/html.ts'
import { renderPage } from '../../page/layout.ts'
import { urlOf } from '../../page/link.ts'
import { renderApplied, renderSegmentPlan } from '../../page/segment-plan.ts'
import { renderSegments } from '../../page/segments.ts'
import type { View } from '../../page/view.ts'
import { sendPage } from '../page/answer.ts'
import type { PageDoor } from '../page/door.ts'
import { formOf } from '../page/form.ts'
import { createPatience } from '../page/patience.ts'
import { unknownAccount } from '../page/unknown-account.ts'
import { type NoticeName, viewOf } from '../page/view-of.ts'
import { PAGE_TIME_LIMITS } from '../time-limits.ts'
import type { HttpApp } from '../type-provider.ts'

/** Segments as the ledger knows them, the plan against Klaviyo, and applying it. */
export function addPageSegmentRoutes(scope: HttpApp, door: PageDoor): void {
  const { application } = door
  const patience = createPatience(scope)
  const config = { page: 'document' } as const
  const patient = { config, handlerTimeout: PAGE_TIME_LIMITS.patientMs, schema: { hide: true } }

  scope.get('/segments', { config, schema: { hide: true } }, async (request, reply) => {
    const view = viewOf(door, request, reply, '/segments')
    if (view === null) return unknownAccount(door, request, reply)
    return sendPage(reply, renderPage(view, 'segments', await showSegments(view)))
  })

  scope.get('/segments/plan', patient, (request, reply) => showPlan(request, reply, null))

  scope.post('/segments/apply', patient, async (request, reply) => {
    const view = viewOf(door, request, reply, '/segments')
    if (view === null) return unknownAccount(door, request, reply)
    const form = formOf(request)
    if (form['confirm'] !== 'yes') return showPlan(request, reply, 'apply-unconfirmed')
    const { key } = view.account
    // What was agreed to is the plan that was seen, not whatever it has become since.
    const applied = await application.applyPlan(key, (plan) => digestOf(plan) === form['plan'], patience())
    if (applied === 'changed' || applied === 'busy') return showPlan(request, reply, `apply-${applied}`)
    const main = html`${renderApplied(view, applied)}${await showSegments(view)}`
    return sendPage(reply, renderPage(view, 'segments', main))
  })

  async function showSegments(view: View) {
    const { key } = view.account
    const [segments, crossed] = await Promise.all([application.segments(key), application.crossedBands(key)])
    return renderSegments(view, segments, crossed)
  }

  async function showPlan(request: FastifyRequest, reply: FastifyReply, notice: NoticeName | null) {
    const view = viewOf(door, request, reply, '/segments/plan', notice)
    if (view === null) return unknownAccount(door, request, reply)
    const plan = await application.plan(view.account.key, patience())
    const main = html`${renderSegmentPlan(view, plan, digestOf(plan))}<p><a href="${urlOf(view, '/segments')}">${view.words.segments.title}</a></p>`
    return sendPage(reply, renderPage(view, 'segments', main))
  }
}

/** Tells one plan from another by what it would write; sizes may move without changing what is agreed to. */
function digestOf({ segments }: SegmentPlan): string {
  const written = segments.map(({ key, name, action, remoteId, definition, former, flows }) => [
    key,
    name,
    action,
    remoteId,
    definition,
    former,
    flows,
  ])
  return createHash('sha256').update(JSON.stringify(written)).digest('base64url')
}
