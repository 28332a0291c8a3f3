import { StoreError } from '../../core/errors.ts'
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
    const accounts: { account: string; findings: readonly Finding[] }[] = []
    // What no account could be looked at without.
    const stores: Finding[] = []
    try {
      await withSession(invocation, async ({ application }) => {
        for (const { key } of selectAccounts(application, options.account)) {
          accounts.push({ account: key, findings: await application.check(key, context.signal) })
        }
      })
    } catch (error) {
      if (!(error instanceof StoreError) || context.signal.aborted) throw error
      stores.push(toFinding(error))
    }
    const all = [...stores, ...accounts.flatMap(({ findings }) => findings)]
    const problems = all.filter(({ level }) => level === 'problem')
    const warnings = all.filter(({ level }) => level === 'warning').length
    const parts = accounts.map(({ account, findings }) => renderFindings(account, findings, output.paint))
    if (stores.length > 0) parts.push(renderFindings('stores', stores, output.paint))
    return {
      document: { accounts, ...(stores.length === 0 ? {} : { stores }), problems: problems.length, warnings },
      text: [...parts, verdictOf(problems.length, warnings)].join('\n\n'),
      exitCode: toExitCode(problems),
    }
  },
})

/** What works and is still to be looked at is no "all is well". */
function verdictOf(problems: number, warnings: number): string {
  if (problems === 0 && warnings === 0) return 'No problem was found.'
  const [broken, doubtful] = [`Problems: ${problems}`, `Warnings: ${warnings}`]
  if (problems === 0) return `${doubtful}. What was looked at works; see above what may not be as you mean it.`
  return warnings === 0 ? broken : `${broken}, warnings: ${warnings}`
}

/** Who throws it for Redis says so in the context. */
function toFinding({ code, context, message }: StoreError): Finding {
  const isRedis = context['store'] === 'redis'
  const setting = isRedis ? 'REDIS_URL' : 'DATABASE_URL (unset: the embedded server)'
  return {
    level: 'problem',
    subject: isRedis ? 'redis' : 'postgres',
    message,
    action: `see that the server runs and that ${setting} is right, then check again`,
    code,
  }
}

/** A refused key comes first, because nothing else can be judged without it. */
function toExitCode(problems: readonly Finding[]): number {
  const codes = problems.map(({ code }) => exitCodeOf(code ?? 'E_CONFIG'))
  return codes.find((code) => code === EXIT_CODES.E_AUTH) ?? codes[0] ?? 0
}
