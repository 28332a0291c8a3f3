import type { Overview } from '../../core/numbers/overview.ts'
import type { Voice } from '../view.ts'

/** A period that is no measure, by its place among the others, and why in a word or two. */
export interface PeriodMark {
  readonly at: number
  readonly word: string
}

/**
 * The first period, the one that still runs, those that the shop was not read to the end of or that are still to be
 * computed, and those of which only a part is shown (`cut`, by first day). By period everybody is new in the first one; by
 * rank it only is where the data begins.
 */
export function markPeriods(
  { words }: Voice,
  { periods, definition }: Overview,
  cut: ReadonlySet<string> = new Set(),
): PeriodMark[] {
  const says = words.overTime
  const first = definition === 'period' ? says.allNew : says.begins
  return periods.flatMap(({ period, isFirst, isOver, isRead, isComputed }, at) => [
    ...(isFirst ? [{ at, word: first }] : []),
    ...(isOver ? [] : [{ at, word: says.runs }]),
    ...(isOver && !isRead ? [{ at, word: words.freshness.mark }] : []),
    ...(isComputed ? [] : [{ at, word: says.uncomputed }]),
    ...(isOver && isRead && isComputed && cut.has(period) ? [{ at, word: says.cut }] : []),
  ])
}
