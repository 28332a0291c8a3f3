import { randomUUID } from 'node:crypto'
import { StoreError } from '../../core/errors.ts'
import { html } from '../../page/html.ts'
import { renderPage } from '../../page/layout.ts'
import { urlOf } from '../../page/link.ts'
import { renderRejects } from '../../page/rejects.ts'
import { describeLiveRuns, renderHistory, renderLiveRuns, renderRuns } from '../../page/runs.ts'
import { sendPage } from '../page/answer.ts'
import { type PageDoor, SESSION_COOKIE } from '../page/door.ts'
import { createEventStreams } from '../page/event-stream.ts'
import { formOf } from '../page/form.ts'
import { createRunFeed, loadLiveRuns } from '../page/run-feed.ts'
import { unknownAccount } from '../page/unknown-account.ts'
import { type NoticeName, viewOf } from '../page/view-of.ts'
import { PAGE_TIME_LIMITS } from '../time-limits.ts'
import type { HttpApp } from '../type-provider.ts'

/** How many records and profiles that could not be used are listed, of each kind. */
const SHOWN_REJECTS = 100
const REQUEST_ID = /^[0-9a-f-]{36}$/

/** History and progress of jobs, "Sync now", and what could not be used. */
export function addPageRunRoutes(scope: HttpApp, door: PageDoor): void {
  const { application, sessions } = door
  const config = { page: 'document' } as const

  scope.get('/runs', { config, schema: { hide: true } }, async (request, reply) => {
    const view = viewOf(door, request, reply, '/runs')
    if (view === null) return unknownAccount(door, request, reply)
    const { key } = view.account
    const [runs, pauses, rejects] = await Promise.all([
      loadLiveRuns(application, key),
      application.loadPauses(key),
      application.loadRejects(key, SHOWN_REJECTS),
    ])
    const main = html`${renderRuns(view, runs, pauses, randomUUID())}${renderRejects(view, rejects, SHOWN_REJECTS)}`
    return sendPage(reply, renderPage(view, 'runs', main))
  })

  const feed = createRunFeed(application, (error) => scope.log.warn({ err: error }, 'looking at runs failed'))
  const openStream = createEventStreams(scope)
  // A HEAD would be answered with a stream that tells nothing and never ends.
  const stream = { config: { page: 'events' }, exposeHeadRoute: false, schema: { hide: true } } as const
  scope.get('/runs/events', stream, (request, reply) => {
    const view = viewOf(door, request, reply, '/runs')
    if (view === null) return reply.code(404).send()
    return openStream(reply, (stream) =>
      feed.listen(view.account.key, (runs) => {
        // A stream outlives its request: who has logged out, or whose session has expired, is told no more.
        if (sessions.read(request.cookies[SESSION_COOKIE]) === null) return stream.end()
        stream.send({
          now: renderLiveRuns(view, runs).html,
          history: renderHistory(view, runs).html,
          status: describeLiveRuns(view, runs),
        })
      }),
    )
  })

  scope.post('/runs/sync', { config, schema: { hide: true } }, async (request, reply) => {
    const view = viewOf(door, request, reply, '/runs')
    if (view === null) return unknownAccount(door, request, reply)
    const { request: id = '' } = formOf(request)
    // A form that is sent twice, by a double click or by going back, means one sync.
    const key = REQUEST_ID.test(id) ? `page ${id}` : undefined
    await application.enqueue('sync', { account: view.account.key }, 'http', key)
    return reply.redirect(urlOf(view, '/runs', said('queued')), 303)
  })

  const patient = { config, handlerTimeout: PAGE_TIME_LIMITS.patientMs, schema: { hide: true } }
  scope.post('/runs/retry', patient, async (request, reply) => {
    const view = viewOf(door, request, reply, '/runs')
    if (view === null) return unknownAccount(door, request, reply)
    const { key } = view.account
    try {
      await application.retryRejects(key)
    } catch (error) {
      // A pull that runs keeps its source from being put back; the profiles are pending again all the same.
      if (!(error instanceof StoreError) || error.context['sources'] === undefined) throw error
      return reply.redirect(urlOf(view, '/runs', said('retry-busy')), 303)
    }
    await application.enqueue('sync', { account: key }, 'http')
    return reply.redirect(urlOf(view, '/runs', said('queued')), 303)
  })
}

function said(name: NoticeName): Record<string, string> {
  return { said: name }
}
