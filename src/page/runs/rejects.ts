import type { RefusedProfile } from '../../core/profiles/profile-state-store.ts'
import type { DeadLetter } from '../../core/runs/dead-letter.ts'
import { type Html, html } from '../html.ts'
import { urlOf } from '../link.ts'
import { renderTable } from '../table.ts'
import { renderVerbatim } from '../verbatim.ts'
import type { View, Voice } from '../view.ts'
import { kindOfReason } from './reject-reason.ts'

/** What one account could not use, and what Klaviyo did not take. */
export interface Rejects {
  readonly deadLetters: readonly DeadLetter[]
  readonly refused: readonly RefusedProfile[]
}

/** Both lists with their reasons, and the button that gives them another chance. `limit`: of each list. */
export function renderRejects(view: View, { deadLetters, refused }: Rejects, limit: number): Html {
  const { words, formats } = view
  const { columns } = words.rejects
  const isEmpty = deadLetters.length === 0 && refused.length === 0
  const tasks = deadLetters.filter(({ kind }) => kind === 'task')
  const records = deadLetters.filter(({ kind }) => kind === 'record')
  const more = (count: number) =>
    count >= limit && html`<p class="soft">${words.rejects.more(formats.count(limit))}</p>`
  return html`<section aria-labelledby="rejects-title">
<h2 id="rejects-title">${words.rejects.title}</h2>
${isEmpty && html`<p class="soft">${words.rejects.none}</p>`}
${
  tasks.length > 0 &&
  html`<h3>${words.rejects.tasks}</h3>${renderTable(
    words.rejects.tasks,
    [words.rejects.task, words.rejects.asked, words.rejects.close].map((title) => ({ title })),
    tasks.map((task) => [renderTask(view, task), formats.instant(task.firstSeenAt), renderDone(view, task)]),
  )}`
}
${
  records.length > 0 &&
  html`<h3>${words.rejects.deadLetters}</h3>${renderTable(
    words.rejects.deadLetters,
    [columns.place, columns.reason, columns.seen].map((title) => ({ title })),
    records.map((letter) => [
      describePlace(view, letter),
      renderReason(view, letter),
      formats.instant(letter.lastSeenAt),
    ]),
  )}${more(records.length)}`
}
${
  refused.length > 0 &&
  html`<h3>${words.rejects.refused}</h3>${renderTable(
    words.rejects.refused,
    [columns.profile, columns.klaviyo, columns.at].map((title) => ({ title })),
    refused.map(({ email, reason, refusedAt }) => [email, renderVerbatim(reason), formats.instant(refusedAt)]),
  )}${more(refused.length)}`
}
${
  records.length + refused.length > 0 &&
  html`<form method="post" action="${urlOf(view, '/runs/retry')}">
<input type="hidden" name="form" value="${view.formToken}">
<p class="soft" id="retry-hint">${words.rejects.retryHint}</p>
<button aria-describedby="retry-hint">${words.rejects.retry}</button>
</form>`
}
</section>`
}

/** Only a person can see to it, and no reading closes it. */
function renderTask({ words }: Voice, { source, place, reason }: DeadLetter): Html {
  const says = words.rejects
  const what = place.startsWith('data request')
    ? says.personalData
    : place.startsWith('redaction of')
      ? says.shopLeft
      : says.otherTask
  return html`${what}
<details><summary>${words.technical}</summary><p class="soft">${source} · ${place}: ${renderVerbatim(reason)}</p></details>`
}

function renderDone(view: View, { number }: DeadLetter): Html {
  const { confirmDone, done } = view.words.rejects
  return html`<form method="post" action="${urlOf(view, '/runs/done')}">
<input type="hidden" name="form" value="${view.formToken}">
<input type="hidden" name="task" value="${number}">
<p><label class="check"><input type="checkbox" name="confirm" value="yes" required> ${confirmDone}</label></p>
<button>${done}</button>
</form>`
}

/** Sources name a place in English, of which only ids, files and numbers are the shop's. */
function describePlace({ words }: Voice, { place, source }: DeadLetter): string {
  const says = words.rejects.places
  const order = /^(?:(\S+):\d+ )?order (.+)$/.exec(place)?.[2]
  const event = /^webhook event (.+)$/.exec(place)?.[1]
  const [, file, line] = /^(.+):(\d+)$/.exec(place) ?? []
  const named =
    order !== undefined
      ? says.order(order)
      : event !== undefined
        ? says.event(event)
        : file !== undefined && line !== undefined
          ? says.line(words.quoted(file), line)
          : words.quoted(place)
  return says.of(named, words.quoted(source))
}

function renderReason({ words }: Voice, { place, field, reason }: DeadLetter): Html {
  const details = [place, field].filter((part) => part !== '').join(' · ')
  return html`${words.rejects.kinds[kindOfReason(reason, field)]}
<details><summary>${words.technical}</summary><p class="soft">${details}: ${renderVerbatim(reason)}</p></details>`
}
