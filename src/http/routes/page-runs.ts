import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { AccountRun } from '../../app/application.ts'
import { StoreError } from '../../core/errors.ts'
import { html } from '../../page/html.ts'
import { renderPage } from '../../page/layout.ts'
import { urlOf } from '../../page/link.ts'
import { describeLiveRuns, renderLiveRuns } from '../../page/runs/live-runs.ts'
import { renderRejects } from '../../page/runs/rejects.ts'
import { renderHistory } from '../../page/runs/run-history.ts'
import { type RunPage, renderRuns } from '../../page/runs/runs.ts'
import { sendPage } from '../page/answer.ts'
import { type PageDoor, SESSION_COOKIE } from '../page/door.ts'
import { createEventStreams } from '../page/event-stream.ts'
import { formOf } from '../page/form.ts'
import { createLogoutWatch } from '../page/logout-watch.ts'
import { createRunFeed, SHOWN_RUNS } from '../page/run-feed.ts'
import { unknownAccount } from '../page/unknown-account.ts'
import { type NoticeName, viewOf } from '../page/view-of.ts'
import { PAGE_TIME_LIMITS } from '../time-limits.ts'
import type { HttpApp } from '../type-provider.ts'

/** How many records and profiles that could not be used are listed, of each kind. */
const SHOWN_REJECTS = 100
const DAY_MS = 86_400_000
const LONGEST_ID = 200
const REQUEST_ID = /^[0-9a-f-]{36}$/
const TASK_NUMBER = /^\d{1,15}$/

/** History and progress of jobs, "Sync now", and what could not be used. */
export function addPageRunRoutes(scope: HttpApp, door: PageDoor): void {
  const { application, sessions } = door
  const config = { page: 'document' } as const

  scope.get('/runs', { config, schema: { hide: true } }, async (request, reply) => {
    const view = viewOf(door, request, reply, '/runs')
    if (view === null) return unknownAccount(door, request, reply)
    const { key } = view.account
    const wanted = wantedRuns(request)
    const now = Date.now()
    const [runs, latest, pauses, rejects, webhooks] = await Promise.all([
      // One more than is shown tells whether there are others.
      application.loadRuns({ account: key, limit: SHOWN_RUNS + 1, ...wanted }),
      wanted.before === undefined ? null : application.loadRuns({ account: key, limit: SHOWN_RUNS, webhooks: false }),
      application.loadPauses(key),
      application.loadRejects(key, SHOWN_REJECTS),
      application.countWebhookRuns(key, new Date(now - DAY_MS)),
    ])
    const shown = runs.slice(0, SHOWN_RUNS)
    const open = latest ?? shown
    const awaited = await findAwaited(request, open)
    const page: RunPage = {
      ...{ runs: shown, open, pauses, webhooks, awaited },
      hasWebhooks: wanted.webhooks,
      isOlder: wanted.before !== undefined,
      next: runs.length > shown.length ? (shown.at(-1)?.runId ?? null) : null,
    }
    const main = html`${renderRuns(view, page, randomUUID())}${renderRejects(view, rejects, SHOWN_REJECTS)}`
    // A reload would say for ever that a sync is on its way.
    const isStale = hasSaid(request, 'queued') && awaited === null
    return sendPage(reply, renderPage(isStale ? { ...view, notice: null } : view, 'runs', main))
  })

  /** The sync that this page was just asked for, unless it has ended. */
  async function findAwaited(request: FastifyRequest, runs: readonly AccountRun[]): Promise<string | null> {
    const id = syncOf(request)
    if (id === null || !hasSaid(request, 'queued')) return null
    const run = runs.find(({ jobId }) => jobId === id)
    if (run !== undefined) return run.state === 'running' ? id : null
    const status = await application.findJob('sync', id)
    return status === null || status.state === 'completed' || status.state === 'failed' ? null : id
  }

  const feed = createRunFeed(application, (error) => scope.log.warn({ err: error }, 'looking at runs failed'))
  const openStream = createEventStreams(scope)
  // A HEAD would be answered with a stream that tells nothing and never ends.
  const stream = { config: { page: 'events' }, exposeHeadRoute: false, schema: { hide: true } } as const
  scope.get('/runs/events', stream, (request, reply) => {
    const view = viewOf(door, request, reply, '/runs')
    if (view === null) return reply.code(404).send()
    const awaited = syncOf(request)
    const isOut = createLogoutWatch(sessions, request.pageSession)
    const hasHistory = (request.query as Record<string, unknown>)['history'] !== 'no'
    return openStream(reply, (stream) =>
      feed.listen(view.account.key, {
        tell(runs) {
          // A stream outlives its request: who has logged out, or whose session has expired, is told no more.
          if (sessions.read(request.cookies[SESSION_COOKIE]) === null || isOut()) return stream.end()
          stream.send({
            now: renderLiveRuns(view, runs, awaited).html,
            ...(hasHistory && { history: renderHistory(view, runs).html }),
            status: describeLiveRuns(view, runs, awaited),
            isOver: awaited !== null && runs.some(({ jobId, state }) => jobId === awaited && state !== 'running'),
          })
        },
        end: stream.end,
      }),
    )
  })

  scope.post('/runs/sync', { config, schema: { hide: true } }, async (request, reply) => {
    const view = viewOf(door, request, reply, '/runs')
    if (view === null) return unknownAccount(door, request, reply)
    const { request: id = '' } = formOf(request)
    // A form that is sent twice, by a double click or by going back, means one sync.
    const key = REQUEST_ID.test(id) ? `page ${id}` : undefined
    const queued = await application.enqueue('sync', { account: view.account.key }, 'http', key)
    return reply.redirect(urlOf(view, '/runs', { ...said('queued'), sync: queued[0]?.id ?? null }), 303)
  })

  scope.post('/runs/done', { config, schema: { hide: true } }, async (request, reply) => {
    const view = viewOf(door, request, reply, '/runs')
    if (view === null) return unknownAccount(door, request, reply)
    const { task = '', confirm } = formOf(request)
    const tell = (name: NoticeName) => reply.redirect(urlOf(view, '/runs', said(name)), 303)
    if (confirm !== 'yes') return tell('task-unconfirmed')
    const isClosed = TASK_NUMBER.test(task) && (await application.finishTask(view.account.key, Number(task)))
    return tell(isClosed ? 'task-closed' : 'task-not-open')
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
    const queued = await application.enqueue('sync', { account: key }, 'http')
    return reply.redirect(urlOf(view, '/runs', { ...said('queued'), sync: queued[0]?.id ?? null }), 303)
  })
}

function said(name: NoticeName): Record<string, string> {
  return { said: name }
}

function hasSaid(request: FastifyRequest, name: NoticeName): boolean {
  return (request.query as Record<string, unknown>)['said'] === name
}

/** Which sync the page was asked for, as its own address says. */
function syncOf(request: FastifyRequest): string | null {
  const { sync } = request.query as Record<string, unknown>
  return typeof sync === 'string' && sync.length <= LONGEST_ID ? sync : null
}

/** Of which page of the history; what is no number asks for the latest. */
function wantedRuns(request: FastifyRequest): { readonly webhooks: boolean; readonly before?: number } {
  const { before, webhooks } = request.query as Record<string, unknown>
  const isRun = typeof before === 'string' && /^\d{1,15}$/.test(before)
  return { webhooks: webhooks === 'yes', ...(isRun && { before: Number(before) }) }
}
