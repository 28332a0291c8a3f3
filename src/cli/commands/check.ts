import type { Finding } from '../../core/finding.ts'
import { defineCommand, REMOTE_EXITS } from '../command.ts'
import { EXIT_CODES, exitCodeOf } from '../exit-codes.ts'
import { accountOption } from '../option-values.ts'
import { renderFindings } from '../render/findings.ts'
import { selectAccounts } from '../select-accounts.ts'
import { withSession } from '../with-session.ts'

/** Tries everything the configuration names. */
export const checkCommand = defineCommand<{ account?: string }>({
  name: 'check',
  summary: 'Try every connection and say what to do about each finding; resumes what was paused',
  options: () => [accountOption()],
  examples: ['check', 'check --account main --json'],
  exitCodes: REMOTE_EXITS,
  async run(invocation) {
    const { context, options, output } = invocation
    const accounts = await withSession(invocation, async ({ application }) => {
      const checked: { account: string; findings: readonly Finding[] }[] = []
      for (const { key } of selectAccounts(application, options.account)) {
        checked.push({ account: key, findings: await application.check(key, context.signal) })
      }
      return checked
    })
    const problems = accounts.flatMap(({ findings }) => findings.filter(({ level }) => level === 'problem'))
    const verdict = problems.length === 0 ? 'No problem was found.' : `Problems: ${problems.length}`
    return {
      document: { accounts, problems: problems.length },
      text: [...accounts.map(({ account, findings }) => renderFindings(account, findings, output.paint)), verdict].join(
        '\n\n',
      ),
      exitCode: toExitCode(problems),
    }
  },
})

/** A refused key comes first, because nothing else can be judged without it. */
function toExitCode(problems: readonly Finding[]): number {
  const codes = problems.map(({ code }) => exitCodeOf(code ?? 'E_CONFIG'))
  return codes.find((code) => code === EXIT_CODES.E_AUTH) ?? codes[0] ?? 0
}
