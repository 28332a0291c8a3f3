import { Option } from 'commander'
import type { Application, ReportRequest } from '../../app/application.ts'
import type { StoreReport } from '../../core/numbers/report.ts'
import type { Freshness } from '../../core/orders/shop-reading.ts'
import { LANGUAGES } from '../../page/words/language.ts'
import { defineCommand, LEDGER_EXITS } from '../command.ts'
import type { CliContext } from '../context.ts'
import { accountOption, parseDate } from '../option-values.ts'
import { renderReport } from '../render/report.ts'
import { type AccountView, selectAccounts } from '../select-accounts.ts'
import { usageError } from '../usage-error.ts'
import { withSession } from '../with-session.ts'
import { type ReportFiles, writeReport } from '../write-report.ts'

interface ReportOptions extends ReportRequest, ReportFiles {
  readonly account?: string
}

interface AccountReport {
  readonly account: AccountView
  readonly report: StoreReport
  readonly freshness: Freshness
}

/** The store's three numbers: customers, frequency, AOV; on the terminal, or as files to hand around. */
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
    new Option('--html <file>', 'write one page with charts and words, to read offline, send and print'),
    new Option('--csv <folder>', 'write the tables behind it as CSV files into this folder'),
    new Option('--lang <code>', 'language of --html (default: en)').choices([...LANGUAGES]),
  ],
  examples: [
    'report --from 2026-01-01 --by quarter',
    'report --account main --definition rank --json',
    'report --account main --html report.html',
    'report --account main --html rapporto.html --lang it --csv tables --from 2026-01-01',
  ],
  exitCodes: LEDGER_EXITS,
  async run(invocation) {
    const { output, context } = invocation
    const { account, html, csv, lang, ...request } = invocation.options
    if (request.from !== undefined && request.to !== undefined && request.from > request.to) {
      throw usageError(`--from ${request.from} is after --to ${request.to}`)
    }
    if (lang !== undefined && html === undefined)
      throw usageError('--lang is the language of --html: name a file for it')
    const files = {
      ...(html !== undefined && { html }),
      ...(csv !== undefined && { csv }),
      ...(lang !== undefined && { lang }),
    }
    const isFile = html !== undefined || csv !== undefined
    const { reports, written } = await withSession(invocation, async ({ application }) => {
      const chosen = selectAccounts(application, account)
      return isFile
        ? reportInFiles(application, chosen, request, files, context)
        : { reports: await reportAll(application, chosen, request), written: [] }
    })
    return {
      document: {
        reports: reports.map(({ account: { key, currency, timezone, policy }, report, freshness }) => ({
          account: key,
          currency,
          timezone,
          policy,
          ...report,
          freshness,
        })),
        ...(isFile && { written }),
      },
      text: isFile
        ? written.map((path) => `Wrote ${path}`).join('\n')
        : reports
            .map(({ account: view, report, freshness }) => renderReport(view, report, output.paint, freshness))
            .join('\n\n'),
    }
  },
})

async function reportAll(
  application: Application,
  accounts: readonly AccountView[],
  request: ReportRequest,
): Promise<AccountReport[]> {
  const all: AccountReport[] = []
  for (const account of accounts) {
    const freshness = await application.freshness(account.key, request.by)
    all.push({ account, report: await application.report(account.key, request), freshness })
  }
  return all
}

/** What is written and what is answered are of one moment. */
async function reportInFiles(
  application: Application,
  [account, ...others]: readonly AccountView[],
  request: ReportRequest,
  files: ReportFiles,
  context: CliContext,
): Promise<{ reports: AccountReport[]; written: string[] }> {
  if (account === undefined || others.length > 0) {
    const keys = application.accounts.map(({ key }) => key)
    throw usageError(`--html and --csv are about one account: choose it with --account (${keys.join(', ')})`)
  }
  const full = await application.fullReport(account.key, request)
  const written = await writeReport(application, { account, full, request }, files, context)
  return { reports: [{ account, report: full.report, freshness: full.freshness }], written }
}
