import { Option } from 'commander'
import { THRESHOLD_WINDOWS } from '../../core/thresholds/aov-cell.ts'
import type { CrossedBands } from '../../core/thresholds/crossed-bands.ts'
import type { ThresholdAdvice, ThresholdRequest } from '../../core/thresholds/threshold-advice.ts'
import { defineCommand, LEDGER_EXITS } from '../command.ts'
import { accountOption, wholeNumber } from '../option-values.ts'
import { renderThresholds } from '../render/thresholds.ts'
import { type AccountView, selectAccounts } from '../select-accounts.ts'
import { withSession } from '../with-session.ts'

interface ThresholdsOptions extends ThresholdRequest {
  readonly account?: string
}

/** Where to cut customers by AOV, with evidence. */
export const thresholdsCommand = defineCommand<ThresholdsOptions>({
  name: 'thresholds',
  summary: 'Advise where to cut customers by AOV: class sizes, shares of revenue, fit and stability of each cut',
  options: () => [
    accountOption(),
    new Option('--window <name>', 'orders behind the AOV: lifetime, or those of the last twelve months')
      .choices(THRESHOLD_WINDOWS)
      .default('lifetime'),
    new Option('--classes <number>', 'how many classes quantiles and natural breaks make, 2 to 5')
      .argParser(wholeNumber(2, 5))
      .default(3),
  ],
  examples: ['thresholds', 'thresholds --account main --window 12m --classes 4 --json'],
  exitCodes: LEDGER_EXITS,
  async run(invocation) {
    const { context, output } = invocation
    const { account, ...request } = invocation.options
    const advised = await withSession(invocation, async ({ application }) => {
      const all: { account: AccountView; advice: ThresholdAdvice; crossed: CrossedBands | null }[] = []
      for (const view of selectAccounts(application, account)) {
        all.push({
          account: view,
          advice: await application.thresholds(view.key, request, context.signal),
          crossed: await application.crossedBands(view.key),
        })
      }
      return all
    })
    return {
      document: {
        thresholds: advised.map(({ account: { key, currency, policy }, advice, crossed }) => ({
          account: key,
          currency,
          policy,
          crossed,
          ...advice,
        })),
      },
      text: advised
        .map(({ account: view, advice, crossed }) => renderThresholds(view, advice, crossed, output.paint))
        .join('\n\n'),
    }
  },
})
