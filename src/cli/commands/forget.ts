import { Argument, Option } from 'commander'
import { isEmail, normalizeEmail } from '../../core/customers/email.ts'
import { ConfigError } from '../../core/errors.ts'
import { defineCommand, type Invocation, LEDGER_EXITS } from '../command.ts'
import { canAsk, confirm } from '../confirm.ts'
import type { Session } from '../context.ts'
import { accountOption } from '../option-values.ts'
import {
  type AccountErasure,
  type AccountSourceErasure,
  renderErasure,
  renderSourceErasure,
} from '../render/erasure.ts'
import { selectAccounts } from '../select-accounts.ts'
import { usageError } from '../usage-error.ts'
import { withSession } from '../with-session.ts'

interface ForgetOptions {
  readonly account?: string
  readonly source?: string
  readonly yes?: true
}

/** What a redaction in a shop does, by hand. */
export const forgetCommand = defineCommand<ForgetOptions>({
  name: 'forget',
  summary: 'Forget a person for good: personal data goes, orders stay anonymous, Klaviyo follows with the next sync',
  operands: () => [new Argument('[email]', 'any address of the person')],
  options: () => [
    accountOption(),
    new Option(
      '-s, --source <key>',
      'everybody of a shop that is no longer configured (`sources: {}` when it was the last), instead of a person',
    ),
    new Option('-y, --yes', 'do not ask; required where nobody can answer'),
  ],
  examples: [
    'forget anna@example.com',
    'forget anna@example.com --account main --yes --json',
    'forget --source old-shop',
  ],
  exitCodes: LEDGER_EXITS,
  async run(invocation) {
    const { context, options, output } = invocation
    const { source } = options
    const email = normalizeEmail(invocation.operands[0] ?? '')
    if (source === undefined && !isEmail(email)) throw usageError('expected one e-mail address')
    if (source !== undefined && email !== '') throw usageError('expected an e-mail address or --source, not both')
    if (options.yes !== true && !canAsk(context, output)) {
      throw usageError('forget cannot be undone and nobody can be asked here: add --yes')
    }
    const answer = await withSession(invocation, (session) =>
      source === undefined ? forgetEverywhere(invocation, session, email) : forgetShop(invocation, session, source),
    )
    return answer ?? { document: { accounts: [] }, text: 'Nothing was changed.' }
  },
})

type Answer = { readonly document: { readonly accounts: readonly object[] }; readonly text: string }

/** Null: the answer was no. */
async function forgetEverywhere(
  { context, options, output }: Invocation<ForgetOptions>,
  session: Session,
  email: string,
): Promise<Answer | null> {
  const chosen = selectAccounts(session.application, options.account)
  const where = chosen.map(({ key }) => key).join(', ')
  const question = `Forget this person in ${where}? This cannot be undone.`
  if (options.yes !== true && !(await confirm(question, context))) return null
  const erasures: AccountErasure[] = []
  for (const account of chosen) {
    const { receipt, schedule } = await session.forget(account.key, email)
    erasures.push({ account, schedule, ...receipt })
  }
  return toAnswer(erasures, (erasure) => renderErasure(erasure, output.paint))
}

async function forgetShop(
  { context, options, output }: Invocation<ForgetOptions>,
  session: Session,
  source: string,
): Promise<Answer | null> {
  const chosen = selectAccounts(session.application, options.account)
  const question = `Forget everybody of ${source} in ${chosen.map(({ key }) => key).join(', ')}? This cannot be undone.`
  if (options.yes !== true && !(await confirm(question, context))) return null
  const erasures: AccountSourceErasure[] = []
  for (const account of chosen) {
    const forgotten = await session.forgetSource(account.key, source)
    if (forgotten === null) continue
    const { receipt, schedule } = forgotten
    erasures.push({ account, source, schedule, ...receipt })
  }
  if (erasures.length === 0) {
    throw new ConfigError('forgetting a shop: one problem', [
      {
        path: '--source',
        message: 'expected a source that orders were read from',
        hint: 'see its former name in runs',
      },
    ])
  }
  return toAnswer(erasures, (erasure) => renderSourceErasure(erasure, output.paint))
}

function toAnswer<Erasure extends { readonly account: { readonly key: string } }>(
  erasures: readonly Erasure[],
  render: (erasure: Erasure) => string,
): Answer {
  return {
    document: { accounts: erasures.map(({ account, ...erasure }) => ({ account: account.key, ...erasure })) },
    text: erasures.map(render).join('\n\n'),
  }
}
