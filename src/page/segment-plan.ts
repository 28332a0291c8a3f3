import type { AppliedSegment } from '../app/apply-segments.ts'
import type { PlannedSegment, SegmentPlan } from '../app/plan-segments.ts'
import { findDifferences } from '../core/definition-difference.ts'
import { type Html, html } from './html.ts'
import { urlOf } from './link.ts'
import { renderTable } from './table.ts'
import { renderFollowing } from './threshold-decisions.ts'
import type { View, Voice } from './view.ts'

/** What applying would do, and the form that does it. `digest` says which plan was seen. */
export function renderSegmentPlan(view: View, plan: SegmentPlan, digest: string): Html {
  const { words, formats } = view
  const { columns } = words.segments
  if (plan.segments.length === 0) return html`<p class="soft">${words.segments.none}</p>`
  return html`<section aria-labelledby="plan-title">
<h2 id="plan-title" tabindex="-1">${words.segments.plan}</h2>
${renderTable(
  words.segments.plan,
  [
    { title: columns.segment },
    { title: columns.customers, isNumber: true },
    { title: columns.orders, isNumber: true },
    { title: columns.revenue, isNumber: true },
    { title: columns.members, isNumber: true },
    { title: columns.action },
  ],
  plan.segments.map((segment) => [
    segment.name,
    formats.count(segment.forecast?.customers ?? null),
    formats.count(segment.forecast?.orders ?? null),
    formats.money(segment.forecast?.revenueMinor ?? null),
    formats.count(segment.memberCount),
    html`<span class="state ${segment.action}">${words.segments.actions[segment.action]}</span>${renderDetails(view, segment)}`,
  ]),
)}
${renderFollowing(view, plan)}
${plan.segments.some(({ action }) => WRITTEN.has(action)) ? renderForm(view, plan, digest) : html`<p class="soft">${words.segments.nothingToApply}</p>`}
</section>`
}

/** What applying did. */
export function renderApplied({ words }: Voice, applied: readonly AppliedSegment[]): Html {
  return html`<section aria-labelledby="applied-title">
<h2 id="applied-title">${words.segments.applied}</h2>
${renderTable(
  words.segments.applied,
  [{ title: words.segments.columns.segment }, { title: words.segments.columns.action }],
  applied.map(({ name, outcome }) => [name, words.segments.outcomes[outcome] ?? outcome]),
)}
</section>`
}

/** The actions that write; the page never deletes. */
const WRITTEN: ReadonlySet<PlannedSegment['action']> = new Set(['create', 'update', 'drifted', 'adopt'])

function renderDetails({ words }: Voice, { action, name, definition, former, flows, figures }: PlannedSegment): Html {
  const note =
    figures !== 'ours' &&
    html`<p class="${figures === 'missing' ? 'warning' : 'soft'}">${figures === 'missing' ? words.segments.missingFigures : words.segments.theirFigures}</p>`
  if (action !== 'update' && action !== 'drifted') return html`${note}`
  const renamed =
    former === null || former.name === name
      ? []
      : [{ path: words.segments.columns.segment, from: former.name, to: name }]
  const differences = [...renamed, ...findDifferences(former?.definition, definition)]
  const nothing = words.segments.nothingThere
  return html`${note}${
    differences.length > 0 &&
    html`<details><summary>${words.segments.differences}</summary><ul>${differences.map(
      ({ path, from, to }) =>
        html`<li><code>${words.segments.difference(path, from ?? nothing, to ?? nothing)}</code></li>`,
    )}</ul></details>`
  }${flows === null && html`<p class="warning">${words.segments.flowsUnseen}</p>`}${flows?.map(
    (flow) => html`<p class="warning">${words.segments.flow(flow.name, flow.status)}</p>`,
  )}`
}

function renderForm(view: View, { quota }: SegmentPlan, digest: string): Html {
  const { words, formats } = view
  const { creates, updates } = quota
  const isShort = creates.needed > creates.left || updates.needed > updates.left
  return html`<form method="post" action="${urlOf(view, '/segments/apply')}">
<input type="hidden" name="form" value="${view.formToken}">
<input type="hidden" name="plan" value="${digest}">
<p>${words.segments.quota(
    formats.count(creates.needed),
    formats.count(creates.left),
    formats.count(updates.needed),
    formats.count(updates.left),
  )}${isShort && ` ${words.segments.quotaShort}`}</p>
<p><label class="check"><input type="checkbox" name="confirm" value="yes" required> ${words.segments.confirm}</label></p>
<button class="main">${words.segments.apply}</button>
</form>`
}
