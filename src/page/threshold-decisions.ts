import type { SegmentPlan } from '../app/plan-segments.ts'
import { toLocalDate } from '../core/instant.ts'
import { thresholdText } from '../core/threshold.ts'
import { NOTHING } from './formats.ts'
import { type Html, html } from './html.ts'
import type { Voice } from './view.ts'

/** From what to what each threshold goes and why, or why not; what waits for one; and who goes back and forth. */
export function renderFollowing({ words, formats }: Voice, { following, wavering }: SegmentPlan): Html {
  const says = words.segments
  const wavers =
    wavering !== null &&
    wavering.plain > 0 &&
    html`<p class="soft">${says.wavering(formats.count(wavering.days), formats.count(wavering.plain), wavering.held === null ? null : formats.count(wavering.held))}</p>`
  if (following === null) return html`${wavers}`
  const { decisions, waiting, options, timezone } = following
  const price = (minor: number | null) => (minor === null ? NOTHING : formats.price(minor))
  return html`<h3>${says.thresholds}</h3>
<ul>${decisions.map(
    (one) =>
      html`<li>${says.decisions[one.outcome]({
        name: thresholdText(one),
        price: price(one.valueMinor),
        former: price(one.formerMinor),
        wanted: price(one.wantedMinor),
        today: formats.money(one.rawMinor),
        tolerance: formats.share(options.tolerance),
        after: one.mayMoveAt === null ? NOTHING : formats.date(toLocalDate(one.mayMoveAt, timezone)),
      })}</li>`,
  )}${waiting.map(({ name }) => html`<li class="warning">${says.waitingSegment(name)}</li>`)}</ul>
${wavers}`
}
