import { Option } from 'commander'
import { PLAYS, type Play } from '../../core/segments/play.ts'
import { campaignText } from '../../page/segments/campaign-text.ts'
import { LANGUAGES, type Language } from '../../page/words/language.ts'
import { defineCommand, REMOTE_EXITS } from '../command.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import { renderDraft } from '../render/campaign-draft.ts'
import { selectAccounts } from '../select-accounts.ts'
import { usageError } from '../usage-error.ts'
import { withSession } from '../with-session.ts'

interface DraftOptions {
  readonly account?: string
  readonly segment: string
  readonly play?: Play
  readonly lang: Language
}

/** The draft of a campaign to one of our segments, as a starting point for a person. */
export const draftCampaignCommand = defineCommand<DraftOptions>({
  name: 'campaigns draft',
  summary: 'Make the draft of a campaign to one of our segments in Klaviyo, with a plain e-mail; nothing is sent',
  options: () => [
    new Option('-s, --segment <key>', 'key of the segment, as in the configuration').makeOptionMandatory(),
    new Option('-a, --account <key>', 'of which account of the configuration; needed where there are several'),
    new Option('--play <name>', 'what the e-mail does (default: what the segment stands for)').choices([...PLAYS]),
    new Option('--lang <code>', 'language of the e-mail').choices([...LANGUAGES]).default('en'),
  ],
  examples: [
    'campaigns draft --segment aov-new-low --account main',
    'campaigns draft --segment aov-high --account main --play vip --lang it',
  ],
  exitCodes: REMOTE_EXITS,
  async run(invocation) {
    const { context, options, output } = invocation
    const { segment, play, lang: language } = options
    const { account, outcome } = await withSession(invocation, async (session) => {
      const [chosen, ...others] = selectAccounts(session.application, options.account)
      if (chosen === undefined || others.length > 0) {
        const keys = session.application.accounts.map(({ key }) => key).join(', ')
        throw usageError(`a campaign is of one account: choose it with --account (${keys})`)
      }
      const write = (wanted: Play) => campaignText(wanted, language)
      const request = { segment, language, write, ...(play === undefined ? {} : { play }) }
      return { account: chosen, outcome: await session.draftCampaign(chosen.key, request, context.signal) }
    })
    if (outcome.kind === 'no-play') {
      throw usageError(
        `the segment ${segment} stands for no play by itself: choose one with --play (${PLAYS.join(', ')})`,
      )
    }
    return {
      document: { account: account.key, draft: outcome },
      text: renderDraft(outcome, { account, language, paint: output.paint }),
      exitCode: outcome.kind === 'drafted' ? 0 : EXIT_CODES.E_CONFIG,
    }
  },
})
