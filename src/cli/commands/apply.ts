import { Option } from 'commander'
import type { AppliedSegment } from '../../app/apply-segments.ts'
import type { SegmentPlan } from '../../app/plan-segments.ts'
import { defineCommand, type Invocation, REMOTE_EXITS } from '../command.ts'
import { canAsk, confirm } from '../confirm.ts'
import type { Session } from '../context.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import { accountOption } from '../option-values.ts'
import { renderApplied } from '../render/applied-segments.ts'
import { hasChanges, renderSegmentPlan } from '../render/segment-plan.ts'
import { selectAccounts } from '../select-accounts.ts'
import { usageError } from '../usage-error.ts'
import { withSession } from '../with-session.ts'

interface ApplyOptions {
  readonly account?: string
  readonly prune?: true
  readonly yes?: true
}

/** Writes the plan after it was seen. */
export const applyCommand = defineCommand<ApplyOptions>({
  name: 'apply',
  summary: 'Show the plan, ask, and make Klaviyo’s segments so; segments that are not ours are never touched',
  options: () => [
    accountOption(),
    new Option('--prune', 'also delete our segments that are no longer configured'),
    new Option('-y, --yes', 'do not ask; required where nobody can answer'),
  ],
  examples: ['apply', 'apply --account main --prune --yes'],
  exitCodes: REMOTE_EXITS,
  async run(invocation) {
    refuseSilence(invocation)
    const { output } = invocation
    const accounts = await withSession(invocation, (session) => applyPlans(invocation, session))
    if (accounts === null) return { document: { accounts: [] }, text: 'Nothing was changed.' }
    return {
      document: { accounts },
      text: accounts.map(({ account, segments }) => renderApplied(account, segments, output.paint)).join('\n\n'),
      exitCode: toExitCode(accounts.flatMap(({ segments }) => segments)),
    }
  },
})

interface AppliedAccount {
  readonly account: string
  readonly segments: readonly AppliedSegment[]
}

/** A name that is taken needs a person, a quota that is used up only time. */
function toExitCode(segments: readonly AppliedSegment[]): number {
  if (segments.some(({ outcome }) => outcome === 'blocked')) return EXIT_CODES.E_CONFIG
  return segments.some(({ outcome }) => outcome === 'deferred') ? EXIT_CODES.E_RATE_LIMITED : 0
}

/** Before anything is opened: whoever cannot be asked must have said yes. */
function refuseSilence({ context, options, output }: Invocation<ApplyOptions>): void {
  if (options.yes !== true && !canAsk(context, output)) {
    throw usageError('apply changes segments and nobody can be asked here: look at scontrino plan, then add --yes')
  }
}

/** Null: the answer was no. */
async function applyPlans(
  { context, options, output }: Invocation<ApplyOptions>,
  session: Session,
): Promise<readonly AppliedAccount[] | null> {
  const { signal } = context
  const prune = options.prune === true
  const plans: SegmentPlan[] = []
  for (const { key } of selectAccounts(session.application, options.account)) {
    plans.push(await session.application.plan(key, signal))
  }
  for (const plan of plans) await output.print(`${renderSegmentPlan(plan, output.paint)}\n\n`)
  const asks = options.yes !== true && plans.some((plan) => hasChanges(plan, prune))
  const question = prune ? 'Apply this, and delete what is no longer configured?' : 'Apply this?'
  if (asks && !(await confirm(question, context))) return null
  const applied: AppliedAccount[] = []
  for (const { account } of plans) {
    applied.push({ account, segments: await session.applySegments(account, { prune, signal }) })
  }
  return applied
}
