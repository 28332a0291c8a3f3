import type { PlanAction, PlannedSegment, SegmentPlan } from '../../app/plan-segments.ts'
import { findDifferences } from '../../core/definition-difference.ts'
import type { Paint, Style } from '../paint.ts'
import { formatAmount, formatCount, NOTHING } from './number.ts'
import { type Cell, renderTable, toPlainText } from './table.ts'

const ACTIONS: Readonly<Record<PlanAction, { readonly sign: string; readonly style: Style; readonly words: string }>> =
  {
    create: { sign: '+', style: 'green', words: 'create' },
    update: { sign: '~', style: 'yellow', words: 'update' },
    drifted: { sign: '~', style: 'yellow', words: 'put back: changed in Klaviyo' },
    adopt: { sign: '=', style: 'dim', words: 'adopt: exists with our tag' },
    unchanged: { sign: ' ', style: 'dim', words: 'unchanged' },
    unwanted: { sign: '-', style: 'dim', words: 'no longer configured: kept unless --prune' },
    blocked: { sign: '!', style: 'red', words: 'blocked: a segment of this name is not ours' },
  }

/** What applying would do with an account's segments, their size and worth, what differs, and what it may set off. */
export function renderSegmentPlan(plan: SegmentPlan, paint: Paint): string {
  const { segments, quota } = plan
  if (segments.length === 0) return `${paint('bold', plan.account)}  no segments are configured`
  const lines = [
    paint('bold', plan.account),
    indent(
      renderTable(
        COLUMNS,
        segments.map((segment) => toRow(segment, plan.currency)),
        paint,
      ),
    ),
    ...segments.flatMap((segment) => differencesOf(segment)),
    ...segments.flatMap((segment) => flowWarnings(segment, paint)),
    ...segments.flatMap((segment) => figureWarnings(segment, paint)),
    `  quota: ${quotaText('create', quota.creates)}, ${quotaText('update', quota.updates)}`,
  ]
  if (quota.creates.needed > quota.creates.left || quota.updates.needed > quota.updates.left) {
    lines.push(paint('yellow', '  The rest has to wait until Klaviyo allows more; apply again then.'))
  }
  return lines.join('\n')
}

/** Whether applying would write anything. */
export function hasChanges(plan: SegmentPlan, prune: boolean): boolean {
  return plan.segments.some((segment) => isWritten(segment.action, prune))
}

function isWritten(action: PlanAction, prune: boolean): boolean {
  return action === 'unwanted' ? prune : action !== 'unchanged' && action !== 'blocked'
}

const COLUMNS = [
  { title: '' },
  { title: 'segment' },
  { title: 'customers', align: 'right' },
  { title: 'revenue', align: 'right' },
  { title: 'in Klaviyo now', align: 'right' },
  { title: 'action' },
] as const

function toRow({ action, name, forecast, memberCount }: PlannedSegment, currency: string): Cell[] {
  const { sign, style, words } = ACTIONS[action]
  return [
    { text: sign, style },
    name,
    forecast === null ? NOTHING : formatCount(forecast.customers),
    forecast === null ? NOTHING : formatAmount(forecast.revenueMinor, currency),
    memberCount === null ? NOTHING : formatCount(memberCount),
    { text: words, style },
  ]
}

function differencesOf({ action, name, definition, former }: PlannedSegment): string[] {
  if (former === null || (action !== 'update' && action !== 'drifted')) return []
  const renamed = former.name === name ? [] : [{ path: 'name', from: former.name, to: name }]
  const differences = [...renamed, ...findDifferences(former.definition, definition)]
  if (differences.length === 0) return []
  const lines = differences.map(({ path, from, to }) => `    ${path}: ${from ?? 'nothing'} → ${to ?? 'nothing'}`)
  return [`  ${name}`, ...lines].map(toPlainText)
}

/** Changing what a flow starts from may send mail; what a flow starts from is never deleted. */
function flowWarnings({ action, name, flows }: PlannedSegment, paint: Paint): string[] {
  if (action !== 'update' && action !== 'drifted' && action !== 'unwanted') return []
  const consequence = action === 'unwanted' ? 'it will not be deleted' : 'who enters it may get mail'
  const warn = (text: string) => paint('yellow', toPlainText(`  warning: ${text}: ${consequence}`))
  if (flows === null) return [warn(`the key lacks flows:read, so a flow may start from ${name} unseen`)]
  return flows.map((flow) => warn(`the flow “${flow.name}” (${flow.status}) starts from ${name}`))
}

/** Customers and revenue are always by our own figures. */
function figureWarnings({ name, figures }: PlannedSegment, paint: Paint): string[] {
  if (figures === 'ours') return []
  if (figures === 'theirs') {
    return [toPlainText(`  note: ${name} goes by Klaviyo's own figures; customers and revenue here are by ours`)]
  }
  const problem = `${name} goes by Klaviyo's own figures, and no profile looked at has any: it would stay empty`
  return [paint('yellow', toPlainText(`  warning: ${problem}; a sync does not write it`))]
}

function quotaText(verb: string, { needed, left }: { needed: number; left: number }): string {
  return `${formatCount(needed)} to ${verb} of ${formatCount(left)} left today`
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ')
}
