import { Option } from 'commander'
import type { AccountRun } from '../../app/application.ts'
import { defineCommand, LEDGER_EXITS } from '../command.ts'
import { accountOption, wholeNumber } from '../option-values.ts'
import {
  type AccountPause,
  type AccountWebhookRuns,
  renderPauses,
  renderRuns,
  renderWebhookRuns,
} from '../render/runs.ts'
import { selectAccounts } from '../select-accounts.ts'
import { withSession } from '../with-session.ts'

interface RunsOptions {
  readonly account?: string
  readonly limit: number
  readonly webhooks?: true
}

const DAY_MS = 86_400_000

/** What has run, how it ended, and what is paused. */
export const runsCommand = defineCommand<RunsOptions>({
  name: 'runs',
  summary: 'List the latest runs with their counts or errors, and connectors that are paused',
  options: () => [
    accountOption(),
    new Option('-n, --limit <number>', 'how many runs').argParser(wholeNumber(1, 1000)).default(20),
    new Option('--webhooks', 'also what webhooks started, of which there may be several a second'),
  ],
  examples: ['runs', 'runs --account main --limit 5 --json', 'runs --webhooks'],
  exitCodes: LEDGER_EXITS,
  async run(invocation) {
    const { options, output } = invocation
    const { account, limit, webhooks = false } = options
    const { accounts, runs, pauses, counted } = await withSession(invocation, async ({ application }) => {
      const chosen = selectAccounts(application, account)
      const loaded: readonly AccountRun[] = await application.loadRuns({
        limit,
        webhooks,
        ...(account === undefined ? {} : { account }),
      })
      const paused: AccountPause[] = []
      const ofWebhooks: AccountWebhookRuns[] = []
      const since = new Date(Date.now() - DAY_MS)
      for (const { key } of chosen) {
        for (const pause of await application.loadPauses(key)) paused.push({ account: key, ...pause })
        ofWebhooks.push({ account: key, since, ...(await application.countWebhookRuns(key, since)) })
      }
      return { accounts: chosen, runs: loaded, pauses: paused, counted: ofWebhooks }
    })
    const zoneOf = (key: string) => accounts.find((one) => one.key === key)?.timezone ?? 'UTC'
    const hidden = webhooks ? '' : renderWebhookRuns(counted, output.paint)
    const parts = [
      runs.length === 0 && hidden !== '' ? '' : renderRuns(runs, zoneOf, output.paint),
      hidden,
      renderPauses(pauses, zoneOf, output.paint),
    ]
    return {
      document: { runs, webhooks: counted, pauses },
      text: parts.filter((part) => part !== '').join('\n\n'),
    }
  },
})
