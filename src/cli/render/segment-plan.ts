import type { PlanAction } from '../../app/plan-action.ts'
import type { PlannedSegment, SegmentPlan } from '../../app/segment-plan.ts'
import { causeText, sizeText } from '../../app/size-words.ts'
import { formatMinute } from '../../core/instant-text.ts'
import { findDifferences } from '../../core/numbers/definition-difference.ts'
import type { SizeFinding } from '../../core/segments/segment-size.ts'
import type { Paint, Style } from '../paint.ts'
import { formatAmount, formatCount, formatCounted, NOTHING } from './number.ts'
import { type Cell, type Column, renderTable, toPlainText } from './table.ts'
import { renderDecisions } from './threshold-decisions.ts'

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
  const { segments, quota, following } = plan
  if (segments.length === 0 && following === null) return `${paint('bold', plan.account)}  no segments are configured`
  const lines = [
    paint('bold', plan.account),
    ...(segments.length === 0 ? [] : [indent(renderSizes(plan, paint))]),
    ...(following === null ? [] : renderDecisions(following, plan.currency, paint)),
    ...waveringText(plan.wavering),
    ...heldText(plan.heldInBand),
    ...segments.flatMap((segment) => misfitOf(segment, paint)),
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

/** Nothing where nobody went back and forth. */
function waveringText(wavering: SegmentPlan['wavering']): string[] {
  if (wavering === null || wavering.plain === 0) return []
  const { days, plain, held } = wavering
  const by = `would have changed band and come back in the last ${days} days`
  const remedy = held === null ? 'bands.margin or bands.minStay would keep them' : `as configured ${formatCount(held)}`
  return [`  bands: by the borders alone ${formatCounted(plain, 'customers')} ${by}; ${remedy}`]
}

/** Nothing where nobody is held. */
function heldText(held: number | null): string[] {
  if (held === null || held === 0) return []
  const are = held === 1 ? 'customer is' : 'customers are'
  return [`  bands: ${formatCount(held)} ${are} held in another band than that of their AOV by today's borders`]
}

/** Whether applying would write anything. */
export function hasChanges(plan: SegmentPlan, prune: boolean): boolean {
  return plan.segments.some((segment) => isWritten(segment.action, prune))
}

function isWritten(action: PlanAction, prune: boolean): boolean {
  return action === 'unwanted' ? prune : action !== 'unchanged' && action !== 'blocked'
}

/** A column of the table, and what stands in it for one segment. */
interface SizeColumn extends Column {
  cell(segment: PlannedSegment, plan: Pick<SegmentPlan, 'currency' | 'timezone'>): Cell
}

const COLUMNS: readonly SizeColumn[] = [
  { title: '', cell: ({ action }) => ({ text: ACTIONS[action].sign, style: ACTIONS[action].style }) },
  { title: 'segment', cell: ({ name }) => name },
  {
    title: 'customers',
    align: 'right',
    cell: ({ forecast }) => (forecast === null ? NOTHING : formatCount(forecast.customers)),
  },
  {
    title: 'revenue',
    align: 'right',
    cell: ({ forecast }, { currency }) => (forecast === null ? NOTHING : formatAmount(forecast.revenueMinor, currency)),
  },
  { title: 'with a profile', align: 'right', cell: withProfile },
  { title: 'in Klaviyo now', align: 'right', cell: membersNow },
  { title: 'action', cell: ({ action }) => ({ text: ACTIONS[action].words, style: ACTIONS[action].style }) },
]

function renderSizes(plan: SegmentPlan, paint: Paint): string {
  const { segments } = plan
  // Where profiles are created, every customer has one sooner or later: the same number twice would only ask why.
  const tellsProfiles = segments.some(
    ({ forecast, expectedMembers }) => forecast !== null && expectedMembers !== forecast.customers,
  )
  const columns = COLUMNS.filter(({ cell }) => tellsProfiles || cell !== withProfile)
  const rows = segments.map((segment) => columns.map(({ cell }) => cell(segment, plan)))
  return renderTable(columns, rows, paint)
}

/** Of a customer whose profile was never looked for nobody knows whether there is one. */
function withProfile({ forecast }: PlannedSegment): Cell {
  if (forecast === null) return NOTHING
  const { confirmed, pending } = forecast.profiles
  return pending === 0 ? formatCount(confirmed) : `${formatCount(confirmed)}–${formatCount(confirmed + pending)}`
}

function membersNow(
  { action, remoteId, memberCount, lastCount, finding }: PlannedSegment,
  { timezone }: Pick<SegmentPlan, 'timezone'>,
): Cell {
  const text =
    memberCount !== null
      ? formatCount(memberCount)
      : lastCount && `${formatCount(lastCount.members)}, counted ${formatMinute(lastCount.at, timezone)}`
  if (text === null) {
    const absent = action === 'unwanted' ? 'not there' : 'not there yet'
    return { text: remoteId === null ? absent : 'not counted yet', style: 'dim' }
  }
  if (finding?.kind === 'not-yet') return { text: `${text}, filling`, style: 'dim' }
  if (finding?.kind === 'outdated') return { text: `${text}, to be counted again`, style: 'dim' }
  return isProblem(finding) ? { text, style: 'yellow' } : text
}

function isProblem(finding: SizeFinding | null): finding is SizeFinding {
  return finding?.kind === 'empty' || finding?.kind === 'off'
}

/** A segment that is not as large as expected, and the likely causes. */
function misfitOf({ name, expectedMembers, memberCount, finding }: PlannedSegment, paint: Paint): string[] {
  if (!isProblem(finding)) return []
  const size =
    memberCount === null || expectedMembers === null
      ? 'not as large as expected when it was last counted'
      : sizeText(finding, { members: memberCount, expectedMembers })
  return [
    paint('yellow', toPlainText(`  warning: ${name}: ${size}`)),
    ...finding.causes.map((cause) => toPlainText(`    → ${causeText(cause)}`)),
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
