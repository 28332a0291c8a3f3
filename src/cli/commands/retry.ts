import { defineCommand, LEDGER_EXITS } from '../command.ts'
import { accountOption } from '../option-values.ts'
import { formatCount } from '../render/number.ts'
import { selectAccounts } from '../select-accounts.ts'
import { withSession } from '../with-session.ts'

interface Retried {
  readonly account: string
  readonly refused: number
  readonly sources: readonly string[]
}

/** Gives rejected records and refused profiles another chance. */
export const retryCommand = defineCommand<{ account?: string }>({
  name: 'retry',
  summary: 'Let the next sync push refused profiles again and read sources with rejected records from the beginning',
  options: () => [accountOption()],
  examples: ['retry', 'retry --account main'],
  exitCodes: LEDGER_EXITS,
  async run(invocation) {
    const accounts = await withSession(invocation, async ({ application }) => {
      const all: Retried[] = []
      for (const { key } of selectAccounts(application, invocation.options.account)) {
        all.push({ account: key, ...(await application.retryRejects(key)) })
      }
      return all
    })
    const some = accounts.some(({ refused, sources }) => refused > 0 || sources.length > 0)
    const lines = accounts.map(describeRetried)
    return { document: { accounts }, text: [...lines, ...(some ? ['Now: scontrino sync'] : [])].join('\n') }
  },
})

function describeRetried({ account, refused, sources }: Retried): string {
  if (refused === 0 && sources.length === 0) return `${account}: nothing was rejected`
  const again = sources.length === 0 ? 'no source' : `from the beginning: ${sources.join(', ')}`
  return `${account}: profiles to push again: ${formatCount(refused)}; to read ${again}`
}
