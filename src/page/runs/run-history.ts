import type { AccountRun } from '../../app/application.ts'
import { workedMs } from '../../core/runs/run-store.ts'
import { describeCounts } from '../counts.ts'
import { NOTHING } from '../formats.ts'
import { type Html, html } from '../html.ts'
import { renderTable } from '../table.ts'
import { renderVerbatim } from '../verbatim.ts'
import type { Voice } from '../view.ts'
import { ownWord } from '../words/own-word.ts'
import { describeWork } from './run-name.ts'

/** Latest first. */
export function renderHistory(voice: Voice, runs: readonly AccountRun[]): Html {
  const { words, formats } = voice
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
      const { startedAt, trigger, attempts } = run
      const tookMs = workedMs(run)
      const state = run.interrupted ? 'interrupted' : run.lastFailure === undefined ? run.state : 'waiting'
      const why = [ownWord(triggers, trigger), attempts > 1 && words.runs.attempt(attempts)].filter(Boolean)
      return [
        formats.instant(startedAt),
        html`${describeWork(words, run)}<br><span class="soft">${why.join(', ')}</span>`,
        html`<span class="state ${state}">${states[state]}</span>`,
        tookMs === null ? NOTHING : formats.duration(tookMs),
        renderOutcome(voice, run),
      ]
    }),
  )
}

function renderOutcome(voice: Voice, run: AccountRun): Html {
  const { words, formats } = voice
  if (run.interrupted) return html`${words.runs.interrupted}`
  if (run.state === 'superseded') return html`${words.runs.superseded}`
  const failure = run.errorCode === null ? run.lastFailure : { code: run.errorCode, message: run.errorMessage ?? '' }
  const counts = describeCounts(run.job, run.counts, words, formats)
  if (failure === undefined) {
    return html`${counts === '' && run.state === 'done' ? words.runs.nothing : counts}`
  }
  const error = ownWord(words.errors, failure.code) ?? words.errors['E_BUG']
  return html`${error?.what} ${error?.advice}
<details data-key="run-${run.runId}"><summary>${words.technical}</summary><p class="soft">${failure.code}: ${renderVerbatim(failure.message)}</p></details>`
}
