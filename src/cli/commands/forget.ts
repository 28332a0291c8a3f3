import { Argument, Option } from 'commander'
import { isEmail, normalizeEmail } from '../../core/email.ts'
import { defineCommand, type Invocation, LEDGER_EXITS } from '../command.ts'
import { canAsk, confirm } from '../confirm.ts'
import type { Session } from '../context.ts'
import { accountOption } from '../option-values.ts'
import { type AccountErasure, renderErasure } from '../render/erasure.ts'
import { selectAccounts } from '../select-accounts.ts'
import { usageError } from '../usage-error.ts'
import { withSession } from '../with-session.ts'

interface ForgetOptions {
  readonly account?: string
  readonly yes?: true
}

/** What a redaction in a shop does, by hand. */
export const forgetCommand = defineCommand<ForgetOptions>({
  name: 'forget',
  summary: 'Forget a person for good: personal data goes, orders stay anonymous, Klaviyo follows with the next sync',
  operands: () => [new Argument('<email>', 'any address of the person')],
  options: () => [accountOption(), new Option('-y, --yes', 'do not ask; required where nobody can answer')],
  examples: ['forget anna@example.com', 'forget anna@example.com --account main --yes --json'],
  exitCodes: LEDGER_EXITS,
  async run(invocation) {
    const { context, options, output } = invocation
    const email = normalizeEmail(invocation.operands[0] ?? '')
    if (!isEmail(email)) throw usageError('expected one e-mail address')
    if (options.yes !== true && !canAsk(context, output)) {
      throw usageError('forget cannot be undone and nobody can be asked here: add --yes')
    }
    const accounts = await withSession(invocation, (session) => forgetEverywhere(invocation, session, email))
    if (accounts === null) return { document: { accounts: [] }, text: 'Nothing was changed.' }
    return {
      document: { accounts: accounts.map(({ account, ...erasure }) => ({ account: account.key, ...erasure })) },
      text: accounts.map((erasure) => renderErasure(erasure, output.paint)).join('\n\n'),
    }
  },
})

/** Null: the answer was no. */
async function forgetEverywhere(
  { context, options }: Invocation<ForgetOptions>,
  session: Session,
  email: string,
): Promise<readonly AccountErasure[] | null> {
  const chosen = selectAccounts(session.application, options.account)
  const where = chosen.map(({ key }) => key).join(', ')
  const question = `Forget this person in ${where}? This cannot be undone.`
  if (options.yes !== true && !(await confirm(question, context))) return null
  const erasures: AccountErasure[] = []
  for (const account of chosen) {
    const { receipt, schedule } = await session.forget(account.key, email)
    erasures.push({ account, schedule, ...receipt })
  }
  return erasures
}
