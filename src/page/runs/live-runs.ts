import type { AccountRun } from '../../app/application.ts'
import { describeCount } from '../counts.ts'
import { type Html, html } from '../html.ts'
import type { Voice } from '../view.ts'
import { ownWord } from '../words/own-word.ts'
import type { Words } from '../words/words.ts'
import { describeStep, describeWork } from './run-name.ts'

/** What is running, in a sentence that changes when something begins or ends; `awaited` as below. */
export function describeLiveRuns({ words }: Voice, runs: readonly AccountRun[], awaited: string | null): string {
  const running = shownRuns(runs).map((run) => words.explained(describeWork(words, run), words.runs.states.running))
  return running.length === 0 ? idleText(words, runs, awaited) : running.join(', ')
}

/** A sync shows the step that is under way; the step's own run would only say it twice. */
function shownRuns(runs: readonly AccountRun[]): readonly AccountRun[] {
  const open = runs.filter(({ state, interrupted }) => state === 'running' && !interrupted)
  const syncs = open.filter(({ job }) => job === 'sync')
  return syncs.length > 0 ? syncs : open
}

function idleText({ runs: says }: Words, runs: readonly AccountRun[], awaited: string | null): string {
  return awaited === null || runs.some(({ jobId }) => jobId === awaited) ? says.idle : says.begins
}

/** What is running, each with its bar. `awaited`: the sync that was asked for, whether or not it has begun. */
export function renderLiveRuns(voice: Voice, runs: readonly AccountRun[], awaited: string | null): Html {
  const { words } = voice
  const shown = shownRuns(runs)
  if (shown.length === 0) return html`<p class="soft">${idleText(words, runs, awaited)}</p>`
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
  const { step, done, total, unit = '', orders } = progress
  const scaled = (count: number) => (unit === 'bytes' ? Math.round(count / 1e6) : count)
  const counted = (count: number) => describeCount(unit, scaled(count), words, formats)
  const text =
    done === undefined
      ? ''
      : total === undefined
        ? counted(done)
        : words.runs.progress(formats.count(scaled(done)), counted(total))
  const read = orders === undefined ? '' : ` · ${describeCount('orders', orders, words, formats)}`
  return html`<p><strong>${name}</strong> <span class="soft">${describeStep(words, step)}</span> <span class="number">${text}${read}</span></p>
<progress aria-label="${name}"${total !== undefined && done !== undefined && html` value="${Math.min(done, total)}" max="${total}"`}></progress>`
}
