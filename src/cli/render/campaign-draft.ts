import type { DraftOutcome, DraftRecipients } from '../../app/draft-campaign.ts'
import { formatMinute } from '../../core/instant-text.ts'
import { LANGUAGE_NAMES, type Language } from '../../page/words/language.ts'
import type { Paint } from '../paint.ts'
import type { AccountView } from '../select-accounts.ts'
import { formatCount, formatCounted } from './number.ts'
import { renderTable, toPlainText } from './table.ts'

type Drafted = Extract<DraftOutcome, { kind: 'drafted' }>

/** What is in a draft and what is left to a person, or why there is none. */
export function renderDraft(
  outcome: Exclude<DraftOutcome, { kind: 'no-play' }>,
  { account, language, paint }: { account: AccountView; language: Language; paint: Paint },
): string {
  if (outcome.kind === 'drafted') return renderDrafted(outcome, account, { language, paint })
  const heading = `${paint('bold', account.key)}  ${paint('yellow', 'no draft was made')}`
  if (outcome.kind === 'not-applied') {
    const { name } = outcome.segment
    return [
      heading,
      toPlainText(`  The segment ${name} is not in Klaviyo.`),
      '  → scontrino plan shows what is missing, scontrino apply makes it; then try again',
    ].join('\n')
  }
  const { id, name, status, isDraft, tagged } = outcome.campaign
  return [
    heading,
    toPlainText(`  There is one of ours to this segment that is not sent yet: ${name} (${status}), id ${id}.`),
    isDraft && !tagged
      ? '  → it was left unfinished: run this with the --play and --lang that it was begun with, or delete it in Klaviyo'
      : '  → go on with that one in Klaviyo > Campaigns, or delete it there and try again',
  ].join('\n')
}

function renderDrafted(
  { campaign, segment, text, play, recipients, isResumed }: Drafted,
  { key, timezone }: AccountView,
  { language, paint }: { language: Language; paint: Paint },
): string {
  const rows = [
    ['campaign', campaign.name],
    ['id', campaign.id],
    ['to', `${segment.name}: ${peopleText(recipients, timezone)}`],
    ['play', play],
    ['language', `${LANGUAGE_NAMES[language]} (--lang ${language}); the segment’s own name stays as it is`],
    ['subject', text.subject],
    ['preview', text.previewText],
    ['e-mail', 'a few sentences, a place in [brackets], your address and the unsubscribe link'],
  ].map(([title = '', value = '']) => [{ text: title, style: 'dim' as const }, value])
  const done = isResumed ? 'finished the draft that an earlier attempt had begun' : 'made a draft in Klaviyo'
  return [
    `${paint('bold', key)}  ${paint('green', done)}`,
    renderTable([{ title: '' }, { title: '' }], rows, paint).replace(/^/gm, '  '),
    '  Klaviyo mails those of them who may be mailed.',
    '',
    'Klaviyo will not send it until you do. It is a starting point: open it in Klaviyo > Campaigns, put something in the',
    'place in [brackets], choose the sender, and read it before you send it.',
  ].join('\n')
}

function peopleText({ expected, counted }: DraftRecipients, timezone: string): string {
  const ledger = `${formatCounted(expected, 'profiles')} by the ledger`
  if (counted === null) return `${ledger}, not yet counted in Klaviyo`
  return `${ledger}, ${formatCount(counted.members)} in Klaviyo on ${formatMinute(counted.at, timezone)}`
}
