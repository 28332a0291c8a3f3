import { Option } from 'commander'
import { defineCommand, LEDGER_EXITS } from '../command.ts'
import { accountOption, wholeNumber } from '../option-values.ts'
import { type AccountRejects, renderRejects } from '../render/rejects.ts'
import { type AccountView, selectAccounts } from '../select-accounts.ts'
import { withSession } from '../with-session.ts'

interface RejectsOptions {
  readonly account?: string
  readonly limit: number
}

/** What could not be used, with the reason of each. */
export const rejectsCommand = defineCommand<RejectsOptions>({
  name: 'rejects',
  summary: 'List records that could not be read and profiles that Klaviyo refused, with the reasons',
  options: () => [
    accountOption(),
    new Option('-n, --limit <number>', 'how many of each kind').argParser(wholeNumber(1, 100_000)).default(50),
  ],
  examples: ['rejects', 'rejects --account main --limit 1000 --json'],
  exitCodes: LEDGER_EXITS,
  async run(invocation) {
    const { options, output } = invocation
    const { limit } = options
    const accounts = await withSession(invocation, async ({ application }) => {
      const all: { account: AccountView; rejects: AccountRejects }[] = []
      for (const account of selectAccounts(application, options.account)) {
        all.push({ account, rejects: await application.loadRejects(account.key, limit) })
      }
      return all
    })
    const some = accounts.some(({ rejects }) => rejects.deadLetters.length + rejects.refused.length > 0)
    const lists = accounts.map(({ account, rejects }) => renderRejects(account, rejects, limit, output.paint))
    const advice = some ? ['Once the cause is gone: scontrino retry'] : []
    return {
      document: { accounts: accounts.map(({ account, rejects }) => ({ account: account.key, ...rejects })) },
      text: [...lists, ...advice].join('\n\n'),
    }
  },
})
