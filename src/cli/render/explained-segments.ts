import type { CustomerExplanation, ExplainedSegment } from '../../core/explanation/explanation.ts'
import { formatMinute } from '../../core/instant-text.ts'
import type { Paint } from '../paint.ts'
import { type ConditionView, conditionText, distanceText, propertyText } from './condition.ts'
import { toPlainText } from './table.ts'

type Judged = NonNullable<ExplainedSegment['judgement']>['groups'][number]['any'][number]

const CHANGES = { create: 'created', update: 'updated', adopt: 'adopted' } as const
const INDENT = '     '

/** Every configured segment, in or out, rule by rule, with what would change it. */
export function renderExplainedSegments(explanation: CustomerExplanation, paint: Paint): string {
  const { segments, klaviyo, profiles } = explanation
  if (segments.length === 0) return 'No segment is configured.'
  const isMissing = klaviyo.isRead && profiles.every(({ isCurrent, remote }) => !isCurrent || remote === null)
  const isInSome = segments.some(({ judgement }) => judgement?.isIn === true)
  return [
    `${paint('bold', 'Segments')}  by the stored figures; Klaviyo follows some minutes after a push`,
    ...(isMissing && isInSome ? [paint('yellow', 'Klaviyo has no profile to put into any of them.')] : []),
    ...segments.map((segment) => renderSegment(segment, explanation, paint)),
  ].join('\n')
}

function renderSegment(segment: ExplainedSegment, view: ConditionView, paint: Paint): string {
  const { judgement } = segment
  const standing = `${INDENT}${paint('dim', standingText(segment, view.timezone))}`
  if (judgement === null) {
    const reason = `${INDENT}${paint('dim', 'by Klaviyo’s own figures, which are not asked for')}`
    return [headOf('?', segment, paint), standing, reason].join('\n')
  }
  const rules = judgement.groups.flatMap(({ any }) => {
    if (any.length === 1) return any.flatMap((one) => ruleText(one, view, INDENT, paint))
    return [`${INDENT}one of:`, ...any.flatMap((one) => ruleText(one, view, `${INDENT}  `, paint))]
  })
  return [headOf(judgement.isIn ? 'in' : 'out', segment, paint), standing, ...rules].join('\n')
}

function headOf(verdict: 'in' | 'out' | '?', { name }: ExplainedSegment, paint: Paint): string {
  const padded = verdict.padEnd(INDENT.length)
  return `${verdict === 'in' ? paint('green', padded) : padded}${paint('bold', toPlainText(name))}`
}

function standingText({ standing, lastChange }: ExplainedSegment, timezone: string): string {
  if (lastChange === null) return 'not in Klaviyo yet'
  const written = `${CHANGES[lastChange.kind]} ${formatMinute(lastChange.at, timezone)}`
  if (standing === 'drifted') return `${written}; changed in Klaviyo since, by somebody else`
  return standing === 'update' ? `${written}; the configuration has changed since` : written
}

function ruleText(judged: Judged, view: ConditionView, indent: string, paint: Paint): string[] {
  const { condition, actual, holds, distance } = judged
  const sign = holds ? paint('green', '✓') : paint('yellow', '✗')
  const line = `${indent}${sign} ${toPlainText(conditionText(condition, view.currency))}: ${actual === null ? 'has none' : `is ${propertyText(condition.property, actual, view)}`}`
  return distance === null ? [line] : [line, `${indent}  → ${distanceText(distance, view)}`]
}
