import { Option } from 'commander'
import type { AppliedSegment } from '../../app/apply-segments.ts'
import { planDigest } from '../../app/plan-digest.ts'
import type { SegmentPlan } from '../../app/segment-plan.ts'
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
  invocation: Invocation<ApplyOptions>,
  session: Session,
): Promise<readonly AppliedAccount[] | null> {
  const { context, options, output } = invocation
  const plans: SegmentPlan[] = []
  for (const { key } of selectAccounts(session.application, options.account)) {
    plans.push(await session.application.plan(key, context.signal))
  }
  for (const plan of plans) await output.print(`${renderSegmentPlan(plan, output.paint)}\n\n`)
  if (!(await isWanted(plans, invocation))) return null
  const applied: AppliedAccount[] = []
  for (const plan of plans) {
    const segments = await applyShown(plan, invocation, session)
    if (segments === null) await output.print(`${plan.account}: nothing was changed.\n\n`)
    else applied.push({ account: plan.account, segments })
  }
  return applied.length === 0 ? null : applied
}

/** Asks, unless nothing would be written or the answer was given beforehand. */
async function isWanted(
  plans: readonly SegmentPlan[],
  { context, options }: Invocation<ApplyOptions>,
): Promise<boolean> {
  const prune = options.prune === true
  if (options.yes === true || !plans.some((plan) => hasChanges(plan, prune))) return true
  return confirm(prune ? 'Apply this, and delete what is no longer configured?' : 'Apply this?', context)
}

/**
 * Carries out the plan that was shown, and no other: one that has changed since is shown and asked about anew. With
 * `--yes` it is carried out as it has become, and told. Null: the answer was no.
 */
async function applyShown(
  first: SegmentPlan,
  invocation: Invocation<ApplyOptions>,
  session: Session,
): Promise<readonly AppliedSegment[] | null> {
  const { context, options, output } = invocation
  const { account } = first
  const print = (heading: string, plan: SegmentPlan) =>
    output.print(`${output.paint('yellow', heading)}\n${renderSegmentPlan(plan, output.paint)}\n\n`)
  for (let shown = first; ; ) {
    const carried: SegmentPlan[] = []
    const isAgreed = (plan: SegmentPlan) => {
      if (planDigest(plan) === planDigest(shown)) return true
      carried.push(plan)
      return options.yes === true
    }
    const applied = await applyTelling(account, { isAgreed, invocation, session })
    if (applied !== 'changed') {
      for (const plan of carried) await print(`${account}: the plan had changed by then; this was carried out:`, plan)
      return applied
    }
    shown = await session.application.plan(account, context.signal)
    await print(
      `${account}: something has changed since the plan was shown, and nothing was applied. It is now:`,
      shown,
    )
    if (!(await isWanted([shown], invocation))) return null
  }
}

/** Says what had been written before an apply was interrupted, which the next plan shows as it is then. */
async function applyTelling(
  account: string,
  {
    isAgreed,
    invocation: { context, options, output },
    session,
  }: { isAgreed: (plan: SegmentPlan) => boolean; invocation: Invocation<ApplyOptions>; session: Session },
): Promise<readonly AppliedSegment[] | 'changed'> {
  const written: AppliedSegment[] = []
  const onWritten = (segment: AppliedSegment) => void written.push(segment)
  const agreement = { prune: options.prune === true, isAgreed, onWritten, signal: context.signal }
  return session.applySegments(account, agreement).catch(async (error: unknown) => {
    if (written.length > 0)
      await output.print(`Before it stopped:\n${renderApplied(account, written, output.paint)}\n\n`)
    throw error
  })
}
