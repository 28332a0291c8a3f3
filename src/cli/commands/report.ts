import { Option } from 'commander'
import type { ReportRequest } from '../../app/application.ts'
import type { StoreReport } from '../../core/report.ts'
import { defineCommand, LEDGER_EXITS } from '../command.ts'
import { accountOption, parseDate } from '../option-values.ts'
import { renderReport } from '../render/report.ts'
import { type AccountView, selectAccounts } from '../select-accounts.ts'
import { usageError } from '../usage-error.ts'
import { withSession } from '../with-session.ts'

interface ReportOptions extends ReportRequest {
  readonly account?: string
}

/** The store's three numbers: customers, frequency, AOV. */
export const reportCommand = defineCommand<ReportOptions>({
  name: 'report',
  summary: 'Show customers, frequency and AOV of the store: new against recurring, and what was left out',
  options: () => [
    accountOption(),
    new Option('--from <date>', 'first day, in the account’s time zone (default: the first order)').argParser(
      parseDate,
    ),
    new Option('--to <date>', 'last day, included (default: today)').argParser(parseDate),
    new Option('--by <period>', 'length of a period').choices(['week', 'month', 'quarter']).default('month'),
    new Option('--definition <name>', 'new customers: by period, or by rank of the order')
      .choices(['period', 'rank'])
      .default('period'),
  ],
  examples: ['report --from 2026-01-01 --by quarter', 'report --account main --definition rank --json'],
  exitCodes: LEDGER_EXITS,
  async run(invocation) {
    const { output } = invocation
    const { account, ...request } = invocation.options
    if (request.from !== undefined && request.to !== undefined && request.from > request.to) {
      throw usageError(`--from ${request.from} is after --to ${request.to}`)
    }
    const reports = await withSession(invocation, async ({ application }) => {
      const all: { account: AccountView; report: StoreReport }[] = []
      for (const view of selectAccounts(application, account)) {
        all.push({ account: view, report: await application.report(view.key, request) })
      }
      return all
    })
    return {
      document: {
        reports: reports.map(({ account: { key, currency, timezone, policy }, report }) => ({
          account: key,
          currency,
          timezone,
          policy,
          ...report,
        })),
      },
      text: reports.map(({ account: view, report }) => renderReport(view, report, output.paint)).join('\n\n'),
    }
  },
})
