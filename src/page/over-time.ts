import type { Overview, PeriodNumbers } from '../core/overview.ts'
import { renderFigure } from './figure.ts'
import { NOTHING } from './formats.ts'
import { type Html, html } from './html.ts'
import { renderTable } from './table.ts'
import type { Voice } from './view.ts'

/** AOV of new and recurring customers by period, with their order counts and the difference. */
export function renderOverTime(voice: Voice, overview: Overview, csvUrl: string | null): Html {
  const { words, formats } = voice
  const { periods, by } = overview
  const says = words.overTime
  return renderFigure(voice, {
    id: 'over-time',
    label: says.chart,
    legend: html`<span class="key new">${says.new}</span> <span class="key recurring">${says.recurring}</span> <span class="readout" aria-hidden="true"></span>`,
    csvUrl,
    table: renderPeriods(voice, overview),
    data: {
      format: formats.browser,
      labels: periods.map(({ period }) => formats.period(period, by)),
      ticks: periods.map(({ period }) => formats.tick(period, by)),
      newAov: periods.map((one) => one.new.aovMinor),
      recurringAov: periods.map((one) => one.recurring.aovMinor),
      newOrders: periods.map((one) => one.new.orders),
      recurringOrders: periods.map((one) => one.recurring.orders),
      isLastRunning: periods.at(-1)?.isOver === false,
      words: {
        new: says.new,
        recurring: says.recurring,
        orders: says.orders,
        first: firstMark(voice, overview),
        runs: says.runs,
      },
    },
  })
}

/** By period everybody is new in the first one; by rank it only is where the data begins. */
function firstMark({ words }: Voice, { definition }: Overview): string {
  return definition === 'period' ? words.overTime.allNew : words.overTime.begins
}

function renderPeriods(voice: Voice, overview: Overview): Html {
  const { words, formats } = voice
  const { periods, by } = overview
  const { columns, runs } = words.overTime
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
      .toReversed()
      .map((one) => [
        html`${formats.period(one.period, by)}${one.isFirst && html` <span class="mark">${firstMark(voice, overview)}</span>`}${!one.isOver && html` <span class="mark">${runs}</span>`}`,
        formats.money(one.new.aovMinor),
        formats.count(one.new.orders),
        formats.money(one.recurring.aovMinor),
        formats.count(one.recurring.orders),
        formats.money(gapOf(one)),
        intervalOf(one),
      ]),
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
