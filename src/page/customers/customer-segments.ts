import type { CustomerExplanation, ExplainedSegment } from '../../core/explanation/explanation.ts'
import { describeCondition, describeDistance, describeValue } from '../condition.ts'
import { type Html, html } from '../html.ts'
import type { Voice } from '../view.ts'

type Judged = NonNullable<ExplainedSegment['judgement']>['groups'][number]['any'][number]

/** Every configured segment, in or out, rule by rule, with what would change it. */
export function renderExplainedSegments(voice: Voice, { segments, klaviyo, profiles }: CustomerExplanation): Html {
  const says = voice.words.customer.segments
  if (segments.length === 0) return html`<p class="soft">${says.none}</p>`
  const isMissing = klaviyo.isRead && profiles.every(({ isCurrent, remote }) => !isCurrent || remote === null)
  const isInSome = segments.some(({ judgement }) => judgement?.isIn === true)
  return html`<p class="soft">${says.note}</p>
${isMissing && isInSome && html`<p class="warning">${says.noProfile}</p>`}
<ul class="plain">${segments.map((segment) => renderSegment(voice, segment))}</ul>`
}

function renderSegment(voice: Voice, segment: ExplainedSegment): Html {
  const says = voice.words.customer.segments
  const { name, judgement } = segment
  const verdict = judgement === null ? 'unknown' : judgement.isIn ? 'in' : 'out'
  return html`<li class="judged"><h3><span class="verdict ${verdict}">${says.verdicts[verdict]}</span> ${name}</h3>
<p class="soft">${describeStanding(voice, segment)}</p>
${
  judgement === null
    ? html`<p>${says.theirs}</p>`
    : html`<ul class="rules">${judgement.groups.map(({ any }) =>
        any.length === 1
          ? any.map((one) => renderRule(voice, one))
          : html`<li>${says.oneOf}<ul class="rules">${any.map((one) => renderRule(voice, one))}</ul></li>`,
      )}</ul>`
}</li>`
}

function describeStanding({ words, formats }: Voice, { standing, lastChange }: ExplainedSegment): string {
  const says = words.customer.segments
  if (lastChange === null) return says.notThere
  const written = words.segments.lastChange(words.segments.changes[lastChange.kind], formats.instant(lastChange.at))
  if (standing === 'drifted') return `${written}; ${says.drifted}`
  return standing === 'update' ? `${written}; ${says.outdated}` : written
}

function renderRule(voice: Voice, { condition, actual, holds, distance }: Judged): Html {
  const { customer } = voice.words
  const value = describeValue(voice, condition.property, actual)
  return html`<li><span class="rule ${holds ? 'holds' : 'fails'}" aria-hidden="true">${holds ? '✓' : '✗'}</span> ${describeCondition(voice, condition)} <span class="soft">(${customer.segments.actual(value)})</span>${
    distance !== null &&
    html`<br><span class="distance">→ ${holds ? describeDistance(voice, distance) : customer.distances.missing(describeDistance(voice, distance))}</span>`
  }</li>`
}
