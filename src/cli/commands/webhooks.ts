import { Option } from 'commander'
import type { SourceWebhooks } from '../../app/application.ts'
import { defineCommand, REMOTE_EXITS } from '../command.ts'
import { accountOption } from '../option-values.ts'
import { renderWebhooks } from '../render/webhooks.ts'
import { selectAccounts } from '../select-accounts.ts'
import { withSession } from '../with-session.ts'

interface WebhookOptions {
  readonly account?: string
  readonly repair?: true
}

/** What shops tell us of by themselves, and where to; with `--repair` made so. */
export const webhooksCommand = defineCommand<WebhookOptions>({
  name: 'webhooks',
  summary: 'Show where shops deliver their webhooks, and with --repair have them delivered here',
  options: () => [accountOption(), new Option('--repair', 'create what is missing, move what goes elsewhere')],
  examples: ['webhooks', 'webhooks --account main --repair'],
  exitCodes: REMOTE_EXITS,
  async run(invocation) {
    const { context, options, output } = invocation
    const sources = await withSession(invocation, async ({ application }) => {
      const all: SourceWebhooks[] = []
      for (const { key } of selectAccounts(application, options.account)) {
        all.push(...(await application.webhooks(key, { repair: options.repair === true }, context.signal)))
      }
      return all
    })
    return { document: { sources }, text: renderWebhooks(sources, output.paint) }
  },
})
