import { Option } from 'commander'
import type { AccountRun } from '../../app/application.ts'
import { defineCommand, LEDGER_EXITS } from '../command.ts'
import { accountOption, wholeNumber } from '../option-values.ts'
import { type AccountPause, renderPauses, renderRuns } from '../render/runs.ts'
import { selectAccounts } from '../select-accounts.ts'
import { withSession } from '../with-session.ts'

interface RunsOptions {
  readonly account?: string
  readonly limit: number
}

/** What has run, how it ended, and what is paused. */
export const runsCommand = defineCommand<RunsOptions>({
  name: 'runs',
  summary: 'List the latest runs with their counts or errors, and connectors that are paused',
  options: () => [
    accountOption(),
    new Option('-n, --limit <number>', 'how many runs').argParser(wholeNumber(1, 1000)).default(20),
  ],
  examples: ['runs', 'runs --account main --limit 5 --json'],
  exitCodes: LEDGER_EXITS,
  async run(invocation) {
    const { options, output } = invocation
    const { accounts, runs, pauses } = await withSession(invocation, async ({ application }) => {
      const chosen = selectAccounts(application, options.account)
      const loaded: readonly AccountRun[] = await application.loadRuns(options)
      const paused: AccountPause[] = []
      for (const { key } of chosen) {
        for (const pause of await application.loadPauses(key)) paused.push({ account: key, ...pause })
      }
      return { accounts: chosen, runs: loaded, pauses: paused }
    })
    const zoneOf = (key: string) => accounts.find((account) => account.key === key)?.timezone ?? 'UTC'
    const parts = [renderRuns(runs, zoneOf, output.paint), renderPauses(pauses, zoneOf, output.paint)]
    return { document: { runs, pauses }, text: parts.filter((part) => part !== '').join('\n\n') }
  },
})
