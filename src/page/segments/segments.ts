import type { SegmentOverview } from '../../core/segments/segment-overview.ts'
import type { SizeFinding } from '../../core/segments/segment-size.ts'
import type { CrossedBands } from '../../core/thresholds/crossed-bands.ts'
import { type Html, html } from '../html.ts'
import { renderTable } from '../table.ts'
import { renderCrossedBands } from '../thresholds/crossed-bands.ts'
import type { View, Voice } from '../view.ts'

/** What Scontrino keeps in Klaviyo, as the ledger knows it, and the way to the plan. */
export function renderSegments(view: View, segments: readonly SegmentOverview[], crossed: CrossedBands | null): Html {
  const { words } = view
  return html`<p class="lead">${words.segments.intro}</p>
${renderCrossedBands(view, crossed, view.account.timezone)}
${segments.length === 0 ? html`<p class="soft">${words.segments.none}</p>` : renderOverview(view, segments)}
<form method="get" action="/segments/plan">
${view.accounts.length > 1 && html`<input type="hidden" name="account" value="${view.account.key}">`}
<p class="soft" id="look-hint">${words.segments.lookHint}</p>
<button class="main" aria-describedby="look-hint">${words.segments.look}</button>
</form>`
}

function renderOverview(voice: Voice, segments: readonly SegmentOverview[]): Html {
  const { words, formats } = voice
  const { columns } = words.segments
  return html`<section aria-labelledby="segments-title">
<h2 id="segments-title">${words.segments.known}</h2>
${renderTable(
  words.segments.known,
  [
    { title: columns.segment },
    // Before the numbers: a phone shows the first two columns.
    { title: columns.state },
    { title: columns.customers, isNumber: true },
    { title: columns.orders, isNumber: true },
    { title: columns.revenue, isNumber: true },
    { title: columns.members, isNumber: true },
  ],
  segments.map((segment) => [
    segment.name,
    renderState(voice, segment),
    formats.count(segment.expected?.customers ?? null),
    formats.count(segment.expected?.orders ?? null),
    formats.money(segment.expected?.revenueMinor ?? null),
    segment.counted === null ? noMembers(voice, segment) : formats.count(segment.counted.members),
  ]),
)}
</section>`
}

function renderState(voice: Voice, segment: SegmentOverview): Html {
  const { words, formats } = voice
  const { standing, finding, counted, expectedMembers, expected, lastChange, flows } = segment
  const says = words.segments
  const isAsPlanned = standing === 'unchanged' && finding !== null
  const facts = [
    expected !== null &&
      expectedMembers !== null &&
      expectedMembers !== expected.customers &&
      says.fewerMembers(formats.count(expectedMembers)),
    counted !== null && says.countedAt(formats.instant(counted.at)),
    lastChange !== null && says.lastChange(says.changes[lastChange.kind], formats.instant(lastChange.at)),
    ...(flows ?? []).map((flow) => says.flow(flow.name, flow.status)),
  ].filter((fact) => fact !== false)
  return html`<div class="standing"><span class="state ${isAsPlanned ? finding.kind : standing}">${isAsPlanned ? says.findings[finding.kind] : says.standings[standing]}</span>${
    finding !== null && finding.kind !== 'fits' && renderCauses(voice, finding)
  }${facts.map((fact) => html`<br><span class="soft">${fact}</span>`)}</div>`
}

/** Why there is no count. */
export function noMembers({ words }: Voice, { remoteId }: { readonly remoteId: string | null }): Html {
  const { notThere, notCounted } = words.segments.noMembers
  return html`<span class="soft">${remoteId === null ? notThere : notCounted}</span>`
}

/** Likely causes of a size that does not fit. */
export function renderCauses({ words, formats }: Voice, { causes }: SizeFinding): Html {
  return html`<ul class="causes">${causes.map((cause) => {
    const count = 'customers' in cause ? cause.customers : 'profiles' in cause ? cause.profiles : 0
    const text = 'formerly' in cause ? cause.formerly : formats.count(count)
    return html`<li>${words.segments.causes[cause.kind](text)}</li>`
  })}</ul>`
}
