import type { SegmentPlan } from '../../app/segment-plan.ts'
import { toLocalDate } from '../../core/instant.ts'
import { isWithinTolerance, type ThresholdDecision, type ThresholdOptions } from '../../core/thresholds/threshold.ts'
import { NOTHING } from '../formats.ts'
import { type Html, html } from '../html.ts'
import type { Voice } from '../view.ts'
import { renderCrossedBands } from './crossed-bands.ts'
import { describeThreshold } from './threshold-name.ts'

/** From what to what each threshold goes and why, or why not; what waits for one; and who goes back and forth. */
export function renderFollowing(voice: Voice, { following, wavering, heldInBand }: SegmentPlan): Html {
  const { words, formats } = voice
  const says = words.segments
  const wavers =
    wavering !== null &&
    wavering.plain > 0 &&
    html`<p class="soft">${says.wavering(formats.count(wavering.days), formats.count(wavering.plain), wavering.held === null ? null : formats.count(wavering.held))}</p>`
  const held =
    heldInBand !== null &&
    heldInBand > 0 &&
    html`<p class="soft">${says.heldInBand(formats.count(heldInBand), heldInBand === 1)}</p>`
  if (following === null) return html`${wavers}${held}`
  const { decisions, waiting, crossed, options, timezone } = following
  const price = (minor: number | null) => (minor === null ? NOTHING : formats.price(minor))
  return html`<h3>${says.thresholds}</h3>
<ul>${decisions.map(
    (one) =>
      html`<li>${says.decisions[decisionWords(one, options)]({
        name: describeThreshold(voice, one),
        price: price(one.valueMinor),
        former: price(one.formerMinor),
        wanted: price(one.wantedMinor),
        today: formats.money(one.rawMinor),
        tolerance: formats.share(options.tolerance),
        after: one.mayMoveAt === null ? NOTHING : formats.date(toLocalDate(one.mayMoveAt, timezone)),
      })}</li>`,
  )}${waiting.map(({ name, cause, remoteId }) => {
    const thresholds = cause.kind === 'no-value' ? cause.thresholds.map((one) => describeThreshold(voice, one)) : []
    const why = says.waitingCauses[cause.kind](thresholds.join(', '))
    return html`<li class="warning">${says.waitingSegment(name, remoteId !== null, why)}</li>`
  })}</ul>
${renderCrossedBands(voice, crossed, timezone)}
${wavers}${held}`
}

function decisionWords(decision: ThresholdDecision, options: ThresholdOptions) {
  const { outcome, formerMinor } = decision
  if (outcome === 'kept') return isWithinTolerance(decision, options) ? 'kept' : 'samePrice'
  return outcome === 'waiting' && formerMinor !== null ? 'waitingAt' : outcome
}
