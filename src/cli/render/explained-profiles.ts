import type { PushState } from '../../core/customers/customer-record.ts'
import type { CustomerExplanation, ExplainedProfile, ExplainedProperty } from '../../core/explanation/explanation.ts'
import { formatInstant } from '../../core/instant-text.ts'
import type { Paint } from '../paint.ts'
import { formatCount, NOTHING } from './number.ts'
import { type Cell, type Column, renderTable, toPlainText } from './table.ts'

/** Every profile of the customer: where its push stands, and its properties beside those that Klaviyo has. */
export function renderExplainedProfiles(explanation: CustomerExplanation, paint: Paint): string {
  const { klaviyo, profiles } = explanation
  const complaint = klaviyo.isRead
    ? []
    : [paint('yellow', toPlainText(`Klaviyo could not be asked (${klaviyo.code}): ${klaviyo.message}`))]
  return [...complaint, ...profiles.map((profile) => renderProfile(profile, explanation, paint))].join('\n\n')
}

function renderProfile(profile: ExplainedProfile, explanation: CustomerExplanation, paint: Paint): string {
  const { isRead } = explanation.klaviyo
  const { email, isCurrent, remote, push } = profile
  const heading = `${paint('bold', 'Profile')} ${toPlainText(email)}${isCurrent ? '' : ' (former address: holds nothing of ours)'}`
  const lines = [heading, `push: ${pushText(push, explanation.timezone)}`]
  if (isRead && remote === null) lines.push('Klaviyo has no profile with this address.')
  const present = profile.properties.filter(({ desired, actual }) => desired !== null || actual !== null)
  if (present.length === 0) return lines.join('\n')
  return [...lines, renderProperties(present, isRead, paint), ...differenceText(profile, paint)].join('\n')
}

/** Where both sides are the same, only one is shown. */
function renderProperties(properties: readonly ExplainedProperty[], isRead: boolean, paint: Paint): string {
  const columns: Column[] = [{ title: '' }, { title: 'property' }, { title: 'should hold' }]
  const rows = properties.map(({ name, desired, actual, isSame }): Cell[] => {
    const wanted = [name, valueText(desired)]
    if (!isRead) return ['', ...wanted]
    if (isSame === true)
      return ['', ...wanted, { text: actual === desired ? 'the same' : valueText(actual), style: 'dim' }]
    return [{ text: '≠', style: 'yellow' }, ...wanted, { text: valueText(actual), style: 'yellow' }]
  })
  return renderTable(isRead ? [...columns, { title: 'in Klaviyo' }] : columns, rows, paint)
}

function differenceText({ properties, push, remote }: ExplainedProfile, paint: Paint): string[] {
  const count = properties.filter(({ isSame }) => isSame === false).length
  if (count === 0 || remote === null) return []
  const what = count === 1 ? '1 property differs' : `${formatCount(count)} properties differ`
  const why =
    push?.state === 'confirmed'
      ? 'Klaviyo had taken ours, so something else wrote there since.\nOurs come back when a figure changes.'
      : 'The push is not done.'
  return [paint('yellow', `${what}.`), why]
}

function pushText(push: PushState | null, timezone: string): string {
  if (push === null) return 'nothing of ours was ever meant for it'
  switch (push.state) {
    case 'confirmed':
      return 'confirmed by Klaviyo'
    case 'pending':
      return 'waits for the next sync'
    case 'in-flight':
      return 'under way, in an import that is not finished'
    case 'absent':
      return 'none, since Klaviyo has no such profile and profiles: update-existing creates none'
    case 'refused':
      return toPlainText(`refused at ${formatInstant(push.at, timezone)}: ${push.reason} (${push.code})`)
  }
}

function valueText(value: unknown): string {
  if (value === null) return NOTHING
  return typeof value === 'string' ? value : JSON.stringify(value)
}
