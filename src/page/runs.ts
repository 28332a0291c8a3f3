import type { AccountRun, JobProgress } from '../app/application.ts'
import { isJobName } from '../core/job-names.ts'
import { describeCount, describeCounts } from './counts.ts'
import { NOTHING } from './formats.ts'
import { type Html, html } from './html.ts'
import { urlOf } from './link.ts'
import { renderTable } from './table.ts'
import type { View, Voice } from './view.ts'

/** A run with how far it is, while it is running. */
export interface LiveRun extends AccountRun {
  readonly progress: JobProgress | null
}

/** Connectors whose key was refused. */
export interface Pause {
  readonly connector: string
  readonly pausedAt: Date
}

/** The button that starts a sync, what runs now, and what has run. */
export function renderRuns(view: View, runs: readonly LiveRun[], pauses: readonly Pause[], requestId: string): Html {
  const { words, formats } = view
  return html`<p class="lead">${words.runs.intro}</p>
${pauses.map(
  ({ connector, pausedAt }) =>
    html`<p class="notice problem">${words.runs.paused(connector, formats.instant(pausedAt))} ${words.runs.pausedAdvice}</p>`,
)}
<form method="post" action="${urlOf(view, '/runs/sync')}">
<input type="hidden" name="form" value="${view.formToken}">
<input type="hidden" name="request" value="${requestId}">
<button class="main">${words.runs.syncNow}</button>
</form>
<section id="live" aria-labelledby="live-title" data-events="${urlOf(view, '/runs/events', { lang: view.language })}" data-offline="${words.runs.offline}">
<h2 id="live-title">${words.runs.live}</h2>
<p class="notice problem" id="live-offline" hidden></p>
<p class="hidden" id="live-status" role="status"></p>
<div id="live-now">${renderLiveRuns(view, runs)}</div>
</section>
<section aria-labelledby="history-title">
<h2 id="history-title">${words.runs.history}</h2>
<div id="live-history">${renderHistory(view, runs)}</div>
</section>`
}

/** What is running, in a sentence that changes when something begins or ends. */
export function describeLiveRuns({ words }: Voice, runs: readonly LiveRun[]): string {
  const running = shownRuns(runs).map(({ job }) => `${jobName(words, job)}: ${words.runs.states.running}`)
  return running.length === 0 ? words.runs.idle : running.join(', ')
}

/** A sync shows the step that is under way; the step's own run would only say it twice. */
function shownRuns(runs: readonly LiveRun[]): readonly LiveRun[] {
  const open = runs.filter(({ state, interrupted }) => state === 'running' && !interrupted)
  const syncs = open.filter(({ job }) => job === 'sync')
  return syncs.length > 0 ? syncs : open
}

/** What is running, each with its bar. */
export function renderLiveRuns(voice: Voice, runs: readonly LiveRun[]): Html {
  const { words } = voice
  const shown = shownRuns(runs)
  if (shown.length === 0) return html`<p class="soft">${words.runs.idle}</p>`
  return html`<ul class="plain">${shown.map((run) => html`<li>${renderProgress(voice, run)}</li>`)}</ul>`
}

function renderProgress({ words, formats }: Voice, { job, source, progress, resumesAt, lastFailure }: LiveRun): Html {
  const name = [jobName(words, job), source].filter(Boolean).join(' · ')
  if (resumesAt !== undefined && lastFailure !== undefined) {
    const error = words.errors[lastFailure.code] ?? words.errors['E_BUG']
    return html`<p><strong>${name}</strong> ${error?.what} ${words.runs.goesOn(formats.instant(resumesAt))}.</p>`
  }
  if (progress === null) return html`<p><strong>${name}</strong></p>`
  const { step, done, total, unit } = progress
  const amount = (count: number) => (unit === 'bytes' ? formats.count(Math.round(count / 1e6)) : formats.count(count))
  const text =
    done === undefined
      ? ''
      : total === undefined
        ? describeCount(unit ?? '', unit === 'bytes' ? Math.round(done / 1e6) : done, words, formats)
        : `${words.runs.progress(amount(done), describeCount(unit ?? '', unit === 'bytes' ? Math.round(total / 1e6) : total, words, formats))}`
  return html`<p><strong>${name}</strong> <span class="soft">${describeStep(step, words)}</span> <span class="number">${text}</span></p>
<progress aria-label="${name}"${total !== undefined && done !== undefined && html` value="${Math.min(done, total)}" max="${total}"`}></progress>`
}

/** Latest first. */
export function renderHistory({ words, formats }: Voice, runs: readonly LiveRun[]): Html {
  if (runs.length === 0) return html`<p class="soft">${words.runs.none}</p>`
  const { columns, states, triggers } = words.runs
  return renderTable(
    words.runs.history,
    [
      { title: columns.started },
      { title: columns.job },
      { title: columns.state },
      { title: columns.took, isNumber: true },
      { title: columns.outcome },
    ],
    runs.map((run) => {
      const { startedAt, finishedAt, source, trigger, attempts } = run
      const state = run.interrupted ? 'interrupted' : run.lastFailure === undefined ? run.state : 'waiting'
      const why = [triggers[trigger] ?? trigger, attempts > 1 && words.runs.attempt(attempts)].filter(Boolean)
      return [
        formats.instant(startedAt),
        html`${[jobName(words, run.job), source].filter(Boolean).join(' · ')}<br><span class="soft">${why.join(', ')}</span>`,
        html`<span class="state ${state}">${states[state]}</span>`,
        finishedAt === null ? NOTHING : formats.duration(finishedAt.getTime() - startedAt.getTime()),
        renderOutcome({ words, formats }, run),
      ]
    }),
  )
}

function renderOutcome({ words, formats }: Pick<Voice, 'words' | 'formats'>, run: LiveRun): Html {
  if (run.interrupted) return html`${words.runs.interrupted}`
  const failure = run.errorCode === null ? run.lastFailure : { code: run.errorCode, message: run.errorMessage ?? '' }
  if (failure === undefined) {
    const counts = describeCounts(run.job, run.counts, words, formats)
    return html`${counts === '' && run.state === 'done' && run.job !== 'sync' ? words.runs.nothing : counts}`
  }
  const error = words.errors[failure.code] ?? words.errors['E_BUG']
  return html`${error?.what} ${error?.advice}
<details data-key="run-${run.runId}"><summary>${words.runs.technical}</summary><p class="soft">${failure.code}: ${failure.message}</p></details>`
}

/** Steps are told in English by those who take them; the name of a source stays as it is. */
function describeStep(step: string, { steps }: Voice['words']): string {
  const source = /^(?:pulling|webhooks of) (.*)$/.exec(step)?.[1]
  if (source !== undefined) return step.startsWith('pulling') ? steps.pulling(source) : steps.webhooks(source)
  return steps.others[step] ?? step
}

function jobName(words: Voice['words'], job: string): string {
  return isJobName(job) ? words.jobs[job] : job
}
