import type { AppliedSegment } from '../../app/apply-segments.ts'
import { planDigest } from '../../app/plan-digest.ts'
import type { SegmentPlan } from '../../app/segment-plan.ts'
import { html } from '../../page/html.ts'
import { renderPage } from '../../page/layout.ts'
import { urlOf } from '../../page/link.ts'
import { renderApplied, renderSegmentPlan } from '../../page/segments/segment-plan.ts'
import { renderSegments } from '../../page/segments/segments.ts'
import type { View } from '../../page/view.ts'
import { sendPage } from '../page/answer.ts'
import type { PageDoor } from '../page/door.ts'
import { tellFailure } from '../page/failure.ts'
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

  scope.get('/segments/plan', patient, async (request, reply) => {
    const view = viewOf(door, request, reply, '/segments/plan')
    if (view === null) return unknownAccount(door, request, reply)
    const plan = await application.plan(view.account.key, patience())
    const main = html`${renderSegmentPlan(view, plan, planDigest(plan))}<p><a href="${urlOf(view, '/segments')}">${view.words.segments.title}</a></p>`
    return sendPage(reply, renderPage(view, 'segments', main))
  })

  scope.post('/segments/apply', patient, async (request, reply) => {
    const view = viewOf(door, request, reply, '/segments')
    if (view === null) return unknownAccount(door, request, reply)
    const form = formOf(request)
    // Comparing anew takes as long as applying does: it gets a request, and so a time, of its own.
    const compareAnew = (notice: NoticeName) => reply.redirect(urlOf(view, '/segments/plan', { said: notice }), 303)
    if (form['confirm'] !== 'yes') return compareAnew('apply-unconfirmed')
    const { key } = view.account
    // What was agreed to is the plan that was seen, not whatever it has become since.
    const isAgreed = (plan: SegmentPlan) => planDigest(plan) === form['plan']
    const written: AppliedSegment[] = []
    const onWritten = (segment: AppliedSegment) => void written.push(segment)
    const applied = await application.applyPlan(key, { isAgreed, onWritten }, patience()).catch((thrown: unknown) => {
      if (written.length === 0) throw thrown
      return tellFailure(thrown, request, reply)
    })
    if (applied === 'changed' || applied === 'busy') return compareAnew(`apply-${applied}`)
    if ('code' in applied) {
      // Nothing more is asked of what has just failed: what was done is known here.
      const notice = { text: `${view.words.segments.interrupted} ${applied.text}`, isProblem: true }
      const main = html`${renderApplied(view, written)}<p><a href="${urlOf(view, '/segments')}">${view.words.segments.title}</a></p>`
      return sendPage(reply, renderPage({ ...view, notice }, 'segments', main), applied.status)
    }
    const main = html`${renderApplied(view, applied)}${await showSegments(view)}`
    return sendPage(reply, renderPage(view, 'segments', main))
  })

  async function showSegments(view: View) {
    const { key } = view.account
    const [segments, crossed] = await Promise.all([application.segments(key), application.crossedBands(key)])
    return renderSegments(view, segments, crossed)
  }
}
