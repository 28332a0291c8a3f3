import type { Matrix, MatrixCell } from '../../core/numbers/matrix.ts'
import { matrixBorderOf, matrixCellOf } from '../../core/segments/matrix-segment.ts'
import type { SegmentOverview } from '../../core/segments/segment-overview.ts'
import { type Html, html } from '../html.ts'
import type { Voice } from '../view.ts'

const SIDES = ['below', 'above'] as const
const TYPES = ['new', 'recurring'] as const

/** New and recurring customers below and above the shop's AOV, what to send them, and their segment in Klaviyo. */
export function renderMatrix(
  { words, formats }: Voice,
  matrix: Matrix,
  segments: readonly SegmentOverview[],
  currency: string,
): Html {
  const { thresholdMinor, cells } = matrix
  if (thresholdMinor === null) return html`<p class="soft">${words.distribution.none}</p>`
  const says = words.matrix
  const aov = formats.money(thresholdMinor)
  const notes = { new: says.newNote, recurring: says.recurringNote }
  return html`<p class="lead">${says.lead(aov)}</p>
<div class="scroll" tabindex="0" role="group" aria-label="${says.title}"><table class="matrix">
<caption class="hidden">${says.title}</caption>
<thead><tr><td></td>${SIDES.map((side) => html`<th scope="col">${says[side](aov)}</th>`)}</tr></thead>
<tbody>${TYPES.map(
    (type) =>
      html`<tr><th scope="row"><span class="key ${type}">${says[type]}</span><br><span class="soft">${notes[type]}</span></th>${SIDES.map(
        (side) => html`<td>${renderCell(cells.find((cell) => cell.customerType === type && cell.side === side))}</td>`,
      )}</tr>`,
  )}</tbody></table></div>`

  function renderCell(cell: MatrixCell | undefined): Html {
    if (cell === undefined) return html``
    const { customers, revenueMinor, aovMinor, play, side } = cell
    const own = segments.filter(({ all }) => all !== null && matrixCellOf(all, matrix, currency) === cell)
    return html`<p class="side">${says[side](aov)}</p>
<p class="big">${says.customers(customers, formats.count(customers))}</p>
<p class="note">${formats.money(revenueMinor)} · ${says.aov(formats.money(aovMinor))}</p>
<p><strong>${says.plays[play].name}.</strong> ${says.plays[play].text}</p>
${own.map(renderSegment)}
${own.length === 0 && html`<p class="soft">${says.noSegment}</p>`}`
  }

  /** Its threshold is a price, and moves only now and then: it need not be today's AOV. */
  function renderSegment({ name, all, counted }: SegmentOverview): Html {
    const border = all === null ? null : matrixBorderOf(all, currency)
    const parts = border === null || border === thresholdMinor ? '' : ` ${says.partsAt(formats.price(border))}`
    return html`<p class="soft">${says.segment(name, formats.count(counted?.members ?? null))}${parts}</p>`
  }
}
