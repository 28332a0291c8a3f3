import type { AccountRun } from '../../app/application.ts'
import type { WebhookRuns } from '../../core/runs/run-filter.ts'
import { type Html, html } from '../html.ts'
import { urlOf } from '../link.ts'
import type { View } from '../view.ts'
import { renderLiveRuns } from './live-runs.ts'
import { renderHistory } from './run-history.ts'

/** Connectors whose key was refused. */
interface Pause {
  readonly connector: string
  readonly pausedAt: Date
}

/** One page of the history, and what else there is of it. */
export interface RunPage {
  readonly runs: readonly AccountRun[]
  /** What runs, wherever it stands in the history. */
  readonly open: readonly AccountRun[]
  readonly pauses: readonly Pause[]
  /** Of the last 24 hours. */
  readonly webhooks: WebhookRuns
  /** What webhooks started is among the runs. */
  readonly hasWebhooks: boolean
  /** It is not the latest page. */
  readonly isOlder: boolean
  /** The run after which the next older page begins; null: there is none. */
  readonly next: number | null
  /** The sync that was just asked for, until it has ended. */
  readonly awaited: string | null
}

/** The button that starts a sync, what runs now, and what has run. `requestId`: a form sent twice means one sync. */
export function renderRuns(view: View, page: RunPage, requestId: string): Html {
  const { words, formats } = view
  const { runs, open, pauses, isOlder, hasWebhooks, awaited } = page
  const events = urlOf(view, '/runs/events', {
    lang: view.language,
    sync: awaited,
    // Only the latest page goes on by itself: nothing comes to the others.
    history: isOlder || hasWebhooks ? 'no' : null,
  })
  return html`<p class="lead">${words.runs.intro}</p>
${pauses.map(
  ({ connector, pausedAt }) =>
    html`<p class="notice problem">${words.runs.paused(connector === 'klaviyo' ? 'Klaviyo' : words.quoted(connector), formats.instant(pausedAt))} ${words.runs.pausedAdvice}</p>`,
)}
<form method="post" action="${urlOf(view, '/runs/sync')}">
<input type="hidden" name="form" value="${view.formToken}">
<input type="hidden" name="request" value="${requestId}">
<button class="main">${words.runs.syncNow}</button>
</form>
<section id="live" aria-labelledby="live-title" data-events="${events}" data-offline="${words.runs.offline}">
<h2 id="live-title">${words.runs.live}</h2>
<p class="notice problem" id="live-offline" hidden></p>
<p class="hidden" id="live-status" role="status"></p>
<div id="live-now">${renderLiveRuns(view, open, awaited)}</div>
</section>
<section aria-labelledby="history-title">
<h2 id="history-title">${words.runs.history}</h2>
${renderWebhooks(view, page)}
<div id="live-history">${renderHistory(view, runs)}</div>
${renderPaging(view, page)}
</section>`
}

/** Webhooks come several a second: their sum is told, and each only to who wants to see it. */
function renderWebhooks(view: View, { webhooks, hasWebhooks }: RunPage): Html | false {
  const { words, formats } = view
  const says = words.runs.webhooks
  if (hasWebhooks) return html`<p class="soft">${says.shown} <a href="${urlOf(view, '/runs')}">${says.hide}</a></p>`
  const { runs, events, failed } = webhooks
  if (runs === 0) return false
  return html`<p class="soft">${says.sum(events, formats.count(events))} ${failed > 0 && says.failed(failed, formats.count(failed))} <a href="${urlOf(view, '/runs', { webhooks: 'yes' })}">${says.show}</a></p>`
}

function renderPaging(view: View, { next, isOlder, hasWebhooks }: RunPage): Html | false {
  const { older, latest, pages } = view.words.runs
  const webhooks = hasWebhooks ? 'yes' : null
  if (next === null && !isOlder) return false
  return html`<nav class="choice" aria-label="${pages}"><ul>
${isOlder && html`<li><a href="${urlOf(view, '/runs', { webhooks })}">${latest}</a></li>`}
${next !== null && html`<li><a href="${urlOf(view, '/runs', { webhooks, before: String(next) })}">${older}</a></li>`}
</ul></nav>`
}
