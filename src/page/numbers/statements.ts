import type { PeriodLength } from '../../core/numbers/report.ts'
import type { Statement } from '../../core/numbers/statement.ts'
import { type Html, html } from '../html.ts'
import type { Voice } from '../view.ts'

/** What can be said of the shop, a paragraph each, the most telling first. */
export function renderStatements(voice: Voice, statements: readonly Statement[], by: PeriodLength): Html {
  return html`<ul class="says">${statements.map(
    (statement) =>
      html`<li class="statement${isAdvice(statement) && ' advice'}">${sayStatement(voice, statement, by)}</li>`,
  )}</ul>`
}

function isAdvice({ rule }: Statement): boolean {
  return rule === 'advice' || rule === 'normal-for-technical-goods'
}

/** One statement as a sentence or two. */
export function sayStatement(voice: Voice, statement: Statement, by: PeriodLength): string {
  const { words, formats } = voice
  const { says } = words
  // A sentence begins with the name of a period, which some languages write small.
  const name = (period: string) => {
    const text = formats.period(period, by)
    return text.charAt(0).toLocaleUpperCase(voice.language) + text.slice(1)
  }
  switch (statement.rule) {
    case 'no-orders':
      return says.noOrders
    case 'nothing-over':
      return says.nothingOver(name(statement.period))
    case 'running':
      return says.running(name(statement.period))
    case 'unread':
      return says.unread(name(statement.period), statement.periods, formats.count(statement.periods))
    case 'uncomputed':
      return says.uncomputed(name(statement.period), statement.periods, formats.count(statement.periods))
    case 'all-new':
      return says.allNew(name(statement.period))
    case 'history-begins':
      return says.historyBegins(name(statement.period))
    case 'gap':
      return says.gap[statement.verdict]({
        period: name(statement.period),
        gap: formats.money(statement.gapMinor === null ? null : Math.abs(statement.gapMinor)),
        newAov: formats.money(statement.newAovMinor),
        recurringAov: formats.money(statement.recurringAovMinor),
        newOrders: formats.count(statement.newOrders),
        recurringOrders: formats.count(statement.recurringOrders),
        low: formats.money(statement.interval?.lowMinor ?? null),
        high: formats.money(statement.interval?.highMinor ?? null),
      })
    case 'gaps':
      return says.gaps[statement.verdict]({
        span: says.spans[by](statement.periods.length, formats.count(statement.periods.length)),
        more: formats.count(statement.more),
        less: formats.count(statement.less),
        unclear: formats.count(statement.noise + statement.tooFew),
      })
    case 'advice':
      return says.advice[statement.because](statement.cell.customers, formats.count(statement.cell.customers))
    case 'normal-for-technical-goods':
      return says.technical(statement.cell.customers, formats.count(statement.cell.customers))
    case 'change':
      return sayChange(voice, statement, name, by)
    case 'nothing-to-compare':
      return says.nothingToCompare[statement.reason === 'uncomputed' ? 'uncomputed' : statement.against](
        name(statement.period),
      )
    case 'largest-orders':
      return says.largest[statement.verdict]({
        period: name(statement.period),
        orders: formats.count(statement.orders),
        topOrders: formats.count(statement.topOrders),
        topCount: statement.topOrders,
        share: formats.share(statement.share),
        aov: formats.money(statement.aovMinor),
        without: formats.money(statement.aovWithoutMinor),
      })
    case 'too-few-for-largest':
      return says.tooFewForLargest(name(statement.period), statement.orders, formats.count(statement.orders))
    case 'few-above':
      return says.fewAbove(
        formats.share(statement.share),
        formats.count(statement.above),
        formats.count(statement.customers),
        formats.money(statement.thresholdMinor),
      )
    case 'anonymous':
      return says.anonymous(name(statement.period), formats.share(statement.share), formats.count(statement.orders))
  }
}

function sayChange(
  { words, formats }: Voice,
  statement: Extract<Statement, { rule: 'change' }>,
  name: (period: string) => string,
  by: PeriodLength,
): string {
  const { aovMinor, customers, frequency, revenueMinor } = statement
  const change = ({ from, to }: { readonly from: number | null; readonly to: number | null }) =>
    formats.change(from, to)
  const aov = words.says.change[statement.aovVerdict]({
    period: name(statement.period),
    other: formats.period(statement.other, by),
    from: formats.money(aovMinor.from),
    to: formats.money(aovMinor.to),
  })
  return `${aov} ${words.says.changeMore(change(customers), change(frequency), change(revenueMinor))}`
}
