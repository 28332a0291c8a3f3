import type { SegmentPlan } from '../../app/segment-plan.ts'
import { defineCommand, REMOTE_EXITS } from '../command.ts'
import { accountOption } from '../option-values.ts'
import { renderSegmentPlan } from '../render/segment-plan.ts'
import { selectAccounts } from '../select-accounts.ts'
import { withSession } from '../with-session.ts'

/** What `apply` would do; writes nothing. */
export const planCommand = defineCommand<{ account?: string }>({
  name: 'plan',
  summary: 'Show what apply would change in Klaviyo’s segments, and how large they will be',
  options: () => [accountOption()],
  examples: ['plan', 'plan --account main --json'],
  exitCodes: REMOTE_EXITS,
  async run(invocation) {
    const { context, options, output } = invocation
    const plans = await withSession(invocation, async ({ application }) => {
      const all: SegmentPlan[] = []
      for (const { key } of selectAccounts(application, options.account)) {
        all.push(await application.plan(key, context.signal))
      }
      return all
    })
    return { document: { plans }, text: plans.map((plan) => renderSegmentPlan(plan, output.paint)).join('\n\n') }
  },
})
