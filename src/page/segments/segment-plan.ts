import type { AppliedSegment } from '../../app/apply-segments.ts'
import type { PlannedSegment, SegmentPlan } from '../../app/segment-plan.ts'
import { findDifferences } from '../../core/numbers/definition-difference.ts'
import type { SegmentForecast } from '../../core/segments/segment-state-store.ts'
import { type Html, html } from '../html.ts'
import { urlOf } from '../link.ts'
import { renderTable } from '../table.ts'
import { renderFollowing } from '../thresholds/threshold-decisions.ts'
import type { View, Voice } from '../view.ts'
import { ownWord } from '../words/own-word.ts'
import { noMembers, renderCauses } from './segments.ts'

/** What applying would do, and the form that does it. `digest` says which plan was seen. */
export function renderSegmentPlan(view: View, plan: SegmentPlan, digest: string): Html {
  const { words } = view
  const none = html`<p class="soft">${words.segments.none}</p>`
  if (plan.segments.length === 0 && plan.following === null) return none
  return html`<section aria-labelledby="plan-title">
<h2 id="plan-title" tabindex="-1">${words.segments.plan}</h2>
${plan.segments.length === 0 ? none : renderPlanned(view, plan)}
${renderFollowing(view, plan)}
${renderQuota(view, plan)}
${plan.segments.some(({ action }) => WRITTEN.has(action)) ? renderForm(view, digest) : html`<p class="soft">${words.segments.nothingToApply}</p>`}
</section>`
}

function renderPlanned(voice: Voice, plan: SegmentPlan): Html {
  const { words, formats } = voice
  const { columns } = words.segments
  return renderTable(
    words.segments.plan,
    [
      { title: columns.segment },
      { title: columns.action },
      { title: columns.customers, isNumber: true },
      { title: columns.orders, isNumber: true },
      { title: columns.revenue, isNumber: true },
      { title: columns.members, isNumber: true },
    ],
    plan.segments.map((segment) => [
      segment.name,
      html`<div class="standing"><span class="state ${segment.action}">${words.segments.actions[segment.action]}</span>${renderDetails(voice, segment)}</div>`,
      formats.count(segment.forecast?.customers ?? null),
      formats.count(segment.forecast?.orders ?? null),
      formats.money(segment.forecast?.revenueMinor ?? null),
      renderMembers(voice, segment),
    ]),
  )
}

/** Of now, or of the last count, with when that was. */
function renderMembers(voice: Voice, segment: PlannedSegment): Html {
  const { words, formats } = voice
  const { memberCount, lastCount } = segment
  if (memberCount !== null) return html`${formats.count(memberCount)}`
  if (lastCount === null) return noMembers(voice, segment)
  return html`${formats.count(lastCount.members)}<br><span class="soft">${words.segments.countedAt(formats.instant(lastCount.at))}</span>`
}

/** What applying did. */
export function renderApplied({ words }: Voice, applied: readonly AppliedSegment[]): Html {
  return html`<section aria-labelledby="applied-title">
<h2 id="applied-title">${words.segments.applied}</h2>
${renderTable(
  words.segments.applied,
  [{ title: words.segments.columns.segment }, { title: words.segments.columns.action }],
  applied.map(({ name, outcome }) => [name, ownWord(words.segments.outcomes, outcome) ?? outcome]),
)}
</section>`
}

/** The actions that write; the page never deletes. */
const WRITTEN: ReadonlySet<PlannedSegment['action']> = new Set(['create', 'update', 'drifted', 'adopt'])

function renderDetails(voice: Voice, segment: PlannedSegment): Html {
  const { words } = voice
  const { action, name, definition, former, flows, figures } = segment
  const note =
    figures !== 'ours' &&
    html`<p class="${figures === 'missing' ? 'warning' : 'soft'}">${figures === 'missing' ? words.segments.missingFigures : words.segments.theirFigures}</p>`
  const size = renderSize(voice, segment)
  if (action === 'unwanted') {
    return html`${size}${flows === null && html`<p class="warning">${words.segments.flowsUnseen}</p>`}${flows?.map(
      (flow) => html`<p class="warning">${words.segments.flowKept(flow.name, flow.status)}</p>`,
    )}`
  }
  if (action !== 'update' && action !== 'drifted') return html`${note}${size}`
  const renamed =
    former === null || former.name === name
      ? []
      : [{ path: words.segments.columns.segment, from: former.name, to: name }]
  const differences = [...renamed, ...findDifferences(former?.definition, definition)]
  const nothing = words.segments.nothingThere
  return html`${note}${size}${
    differences.length > 0 &&
    html`<details><summary>${words.segments.differences}</summary><ul>${differences.map(
      ({ path, from, to }) =>
        html`<li><code>${words.segments.difference(path, from ?? nothing, to ?? nothing)}</code></li>`,
    )}</ul></details>`
  }${flows === null && html`<p class="warning">${words.segments.flowsUnseen}</p>`}${flows?.map(
    (flow) => html`<p class="warning">${words.segments.flow(flow.name, flow.status)}</p>`,
  )}`
}

/** How many of its customers can be members, and why Klaviyo has not as many. */
function renderSize(voice: Voice, { forecast, expectedMembers, finding }: PlannedSegment): Html {
  const { words, formats } = voice
  const tellsProfiles = forecast !== null && expectedMembers !== null && expectedMembers !== forecast.customers
  return html`${tellsProfiles && html`<p class="soft">${words.segments.fewerMembers(withProfile(formats, forecast))}</p>`}${
    finding !== null &&
    finding.kind !== 'fits' &&
    html`<p class="${finding.kind === 'not-yet' || finding.kind === 'outdated' ? 'soft' : 'warning'}">${words.segments.findings[finding.kind]}</p>${renderCauses(voice, finding)}`
  }`
}

/** Of a customer whose profile was never looked for nobody knows whether there is one. */
function withProfile({ count }: Voice['formats'], { profiles: { confirmed, pending } }: SegmentForecast): string {
  return pending === 0 ? count(confirmed) : `${count(confirmed)}–${count(confirmed + pending)}`
}

function renderQuota({ words, formats }: Voice, { quota: { creates, updates } }: SegmentPlan): Html {
  const isShort = creates.needed > creates.left || updates.needed > updates.left
  return html`<p>${words.segments.quota(
    formats.count(creates.needed),
    formats.count(creates.left),
    formats.count(updates.needed),
    formats.count(updates.left),
  )}${isShort && ` ${words.segments.quotaShort}`}</p>`
}

function renderForm(view: View, digest: string): Html {
  const { words } = view
  return html`<form method="post" action="${urlOf(view, '/segments/apply')}">
<input type="hidden" name="form" value="${view.formToken}">
<input type="hidden" name="plan" value="${digest}">
<p><label class="check"><input type="checkbox" name="confirm" value="yes" required> ${words.segments.confirm}</label></p>
<button class="main">${words.segments.apply}</button>
</form>`
}
