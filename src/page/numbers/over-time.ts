import type { Overview, PeriodNumbers } from '../../core/numbers/overview.ts'
import { renderFigure } from '../figure.ts'
import { NOTHING } from '../formats.ts'
import { type Html, html } from '../html.ts'
import { renderTable } from '../table.ts'
import type { Voice } from '../view.ts'
import { drawOverTime } from './over-time-still.ts'
import { markPeriods } from './period-marks.ts'

/**
 * AOV of new and recurring customers by period, with their order counts and the difference. `csvUrl` null: without the
 * table. `cut`: first days of the periods of which only a part is shown.
 */
export function renderOverTime(
  voice: Voice,
  overview: Overview,
  csvUrl: string | null,
  cut: ReadonlySet<string> = new Set(),
): Html {
  const { words, formats } = voice
  const marks = markPeriods(voice, overview, cut)
  const { periods, by } = overview
  const says = words.overTime
  return renderFigure(voice, {
    id: 'over-time',
    label: says.chart,
    legend: html`<span class="key new">${says.new}</span> <span class="key recurring">${says.recurring}</span> <span class="readout" aria-hidden="true"></span>`,
    behind: csvUrl === null ? null : { table: renderOverTimeTable(voice, overview), csvUrl },
    still: drawOverTime(voice, overview, marks),
    data: {
      format: formats.browser,
      labels: periods.map(({ period }) => formats.period(period, by)),
      ticks: periods.map(({ period }) => formats.tick(period, by)),
      newAov: periods.map((one) => one.new.aovMinor),
      recurringAov: periods.map((one) => one.recurring.aovMinor),
      newOrders: periods.map((one) => one.new.orders),
      recurringOrders: periods.map((one) => one.recurring.orders),
      marks,
      words: { new: says.new, recurring: says.recurring, orders: says.orders },
    },
  })
}

/** The same numbers with the difference and its interval, the latest period first. */
export function renderOverTimeTable(voice: Voice, overview: Overview, cut: ReadonlySet<string> = new Set()): Html {
  const { words, formats } = voice
  const marks = markPeriods(voice, overview, cut)
  const { periods, by } = overview
  const { columns } = words.overTime
  return renderTable(
    words.overTime.title,
    [
      { title: columns.period },
      { title: columns.newAov, isNumber: true },
      { title: columns.newOrders, isNumber: true },
      { title: columns.recurringAov, isNumber: true },
      { title: columns.recurringOrders, isNumber: true },
      { title: columns.gap, isNumber: true },
      { title: columns.interval, isNumber: true },
    ],
    periods
      .map((one, index) => [
        html`${formats.period(one.period, by)}${marks.map(({ at, word }) => at === index && html` <span class="mark">${word}</span>`)}`,
        formats.money(one.new.aovMinor),
        formats.count(one.new.orders),
        formats.money(one.recurring.aovMinor),
        formats.count(one.recurring.orders),
        formats.money(gapOf(one)),
        intervalOf(one),
      ])
      .toReversed(),
  )

  function intervalOf(one: PeriodNumbers): string {
    if (one.gap !== null)
      return words.overTime.interval(formats.money(one.gap.lowMinor), formats.money(one.gap.highMinor))
    return gapOf(one) === null ? NOTHING : words.overTime.tooFew
  }
}

function gapOf({ new: fresh, recurring }: PeriodNumbers): number | null {
  return fresh.aovMinor === null || recurring.aovMinor === null ? null : recurring.aovMinor - fresh.aovMinor
}
