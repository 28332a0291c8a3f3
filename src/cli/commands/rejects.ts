import { Option } from 'commander'
import type { Application } from '../../app/application.ts'
import { ConfigError } from '../../core/errors.ts'
import { defineCommand, LEDGER_EXITS } from '../command.ts'
import { accountOption, wholeNumber } from '../option-values.ts'
import type { Answer } from '../output.ts'
import { type AccountRejects, renderRejects } from '../render/rejects.ts'
import { type AccountView, selectAccounts } from '../select-accounts.ts'
import { withSession } from '../with-session.ts'

interface RejectsOptions {
  readonly account?: string
  readonly limit: number
  readonly done?: number
}

/** What could not be used, with the reason of each. */
export const rejectsCommand = defineCommand<RejectsOptions>({
  name: 'rejects',
  summary: 'List what a shop asks of you, records that could not be read and profiles that Klaviyo refused',
  options: () => [
    accountOption(),
    new Option('-n, --limit <number>', 'how many of each kind').argParser(wholeNumber(1, 100_000)).default(50),
    new Option('-d, --done <number>', 'you have seen to this task: it goes').argParser(wholeNumber(1, 999_999_999)),
  ],
  examples: ['rejects', 'rejects --account main --limit 1000 --json', 'rejects --done 12'],
  exitCodes: LEDGER_EXITS,
  async run(invocation) {
    const { options, output } = invocation
    const { limit, done } = options
    if (done !== undefined) {
      return withSession(invocation, ({ application }) => finishTask(application, options.account, done))
    }
    const accounts = await withSession(invocation, async ({ application }) => {
      const all: { account: AccountView; rejects: AccountRejects }[] = []
      for (const account of selectAccounts(application, options.account)) {
        all.push({ account, rejects: await application.loadRejects(account.key, limit) })
      }
      return all
    })
    const lists = accounts.map(({ account, rejects }) => renderRejects(account, rejects, limit, output.paint))
    const letters = accounts.flatMap(({ rejects }) => rejects.deadLetters)
    const advice = [
      ...(letters.some(({ kind }) => kind === 'task')
        ? ['Once a task is done: scontrino rejects --done <number>']
        : []),
      ...(letters.some(({ kind }) => kind === 'record') || accounts.some(({ rejects }) => rejects.refused.length > 0)
        ? ['Once the cause is gone: scontrino retry']
        : []),
    ]
    return {
      document: { accounts: accounts.map(({ account, rejects }) => ({ account: account.key, ...rejects })) },
      text: [...lists, ...advice].join('\n\n'),
    }
  },
})

/** Numbers are of the whole ledger: at most one account has it. */
async function finishTask(application: Application, asked: string | undefined, done: number): Promise<Answer> {
  for (const { key } of selectAccounts(application, asked)) {
    if (await application.finishTask(key, done)) {
      return { document: { account: key, done }, text: `${key}: task ${done} is done` }
    }
  }
  throw new ConfigError('closing a task: one problem', [
    {
      path: '--done',
      message: 'expected the number of an open task',
      hint: 'see the numbers with scontrino rejects; records go by themselves once they can be read',
    },
  ])
}
