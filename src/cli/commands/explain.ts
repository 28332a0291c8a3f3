import { Argument } from 'commander'
import { isEmail, normalizeEmail } from '../../core/customers/email.ts'
import type { Explanation } from '../../core/explanation/explanation.ts'
import { defineCommand, LEDGER_EXITS } from '../command.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import { accountOption } from '../option-values.ts'
import { renderExplanation, renderStranger } from '../render/explanation.ts'
import { type AccountView, selectAccounts } from '../select-accounts.ts'
import { usageError } from '../usage-error.ts'
import { withSession } from '../with-session.ts'

/** Why one customer has the figures, properties and segments that they have. */
export const explainCommand = defineCommand<{ account?: string }>({
  name: 'explain',
  summary: 'Show why a customer has this AOV and these segments: orders, sums, properties, rule by rule',
  operands: () => [new Argument('<email>', 'any address of the customer')],
  options: () => [accountOption()],
  examples: ['explain anna@example.com', 'explain anna@example.com --account main --json'],
  exitCodes: [65, ...LEDGER_EXITS],
  async run(invocation) {
    const { context, options, output } = invocation
    const email = normalizeEmail(invocation.operands[0] ?? '')
    if (!isEmail(email)) throw usageError('expected one e-mail address')
    const answers = await withSession(invocation, async ({ application }) => {
      const all: { account: AccountView; explanation: Explanation | null }[] = []
      for (const account of selectAccounts(application, options.account)) {
        all.push({ account, explanation: await application.explain(account.key, email, context.signal) })
      }
      return all
    })
    return {
      document: {
        explanations: answers.map(
          ({ account, explanation }) => explanation ?? { kind: 'unknown', account: account.key },
        ),
      },
      text: answers
        .map(({ account, explanation }) =>
          explanation === null
            ? renderStranger(account, output.paint)
            : renderExplanation(explanation, account, output.paint),
        )
        .join('\n\n'),
      exitCode: answers.every(({ explanation }) => explanation === null) ? EXIT_CODES.E_RECORD : 0,
    }
  },
})
