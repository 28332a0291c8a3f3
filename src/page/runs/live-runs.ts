import type { AccountRun } from '../../app/application.ts'
import { describeCount } from '../counts.ts'
import { type Html, html } from '../html.ts'
import type { Voice } from '../view.ts'
import { ownWord } from '../words/own-word.ts'
import { describeStep, describeWork } from './run-name.ts'

/** What is running, in a sentence that changes when something begins or ends. */
export function describeLiveRuns({ words }: Voice, runs: readonly AccountRun[]): string {
  const running = shownRuns(runs).map((run) => words.explained(describeWork(words, run), words.runs.states.running))
  return running.length === 0 ? words.runs.idle : running.join(', ')
}

/** A sync shows the step that is under way; the step's own run would only say it twice. */
function shownRuns(runs: readonly AccountRun[]): readonly AccountRun[] {
  const open = runs.filter(({ state, interrupted }) => state === 'running' && !interrupted)
  const syncs = open.filter(({ job }) => job === 'sync')
  return syncs.length > 0 ? syncs : open
}

/** What is running, each with its bar. */
export function renderLiveRuns(voice: Voice, runs: readonly AccountRun[]): Html {
  const { words } = voice
  const shown = shownRuns(runs)
  if (shown.length === 0) return html`<p class="soft">${words.runs.idle}</p>`
  return html`<ul class="plain">${shown.map((run) => html`<li>${renderProgress(voice, run)}</li>`)}</ul>`
}

function renderProgress({ words, formats }: Voice, run: AccountRun): Html {
  const { progress = null, resumesAt, lastFailure } = run
  const name = describeWork(words, run)
  if (resumesAt !== undefined && lastFailure !== undefined) {
    const error = ownWord(words.errors, lastFailure.code) ?? words.errors['E_BUG']
    return html`<p><strong>${name}</strong> ${error?.what} ${words.runs.goesOn(formats.instant(resumesAt))}</p>`
  }
  if (progress === null) return html`<p><strong>${name}</strong></p>`
  const { step, done, total, unit = '' } = progress
  const scaled = (count: number) => (unit === 'bytes' ? Math.round(count / 1e6) : count)
  const counted = (count: number) => describeCount(unit, scaled(count), words, formats)
  const text =
    done === undefined
      ? ''
      : total === undefined
        ? counted(done)
        : words.runs.progress(formats.count(scaled(done)), counted(total))
  return html`<p><strong>${name}</strong> <span class="soft">${describeStep(words, step)}</span> <span class="number">${text}</span></p>
<progress aria-label="${name}"${total !== undefined && done !== undefined && html` value="${Math.min(done, total)}" max="${total}"`}></progress>`
}
