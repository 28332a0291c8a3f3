import { mkdir, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import type { Application, ReportRequest } from '../app/application.ts'
import { throwIfAborted } from '../core/errors.ts'
import type { FullReport } from '../core/numbers/full-report.ts'
import { createFormats } from '../page/formats.ts'
import { type ReportSheet, renderReport, reportTitle } from '../page/report/report.ts'
import { loadReportAssets } from '../page/report/report-assets.ts'
import { reportCsvFiles } from '../page/report/report-csv.ts'
import { renderReportDocument } from '../page/report/report-document.ts'
import { toBorders } from '../page/thresholds/start-thresholds.ts'
import { type Language, wordsOf } from '../page/words/language.ts'
import type { CliContext } from './context.ts'
import { orUnwritable } from './or-unwritable.ts'
import type { AccountView } from './select-accounts.ts'

/** What `--html` and `--csv` name, as typed. */
export interface ReportFiles {
  readonly html?: string
  readonly csv?: string
  readonly lang?: Language
}

/** Writes the files that were asked for over those that are there, and answers their paths as a person would type them. */
export async function writeReport(
  application: Pick<Application, 'bands' | 'segments'>,
  { account, full, request }: { account: AccountView; full: FullReport; request: ReportRequest },
  { html, csv, lang = 'en' }: ReportFiles,
  { cwd, signal }: Pick<CliContext, 'cwd' | 'signal'>,
): Promise<string[]> {
  const [segments, bands] = await Promise.all([application.segments(account.key), application.bands(account.key)])
  const sheet: ReportSheet = {
    ...{ account, full, segments },
    borders: toBorders(full.distribution, bands),
    range: { from: request.from ?? null, to: request.to ?? null },
  }
  throwIfAborted(signal, 'writing the report')
  const written: string[] = []
  const write = async (option: string, path: string, text: string) => {
    const shown = relative(cwd, path) || path
    await orUnwritable(option, shown, writeFile(path, text))
    written.push(shown)
  }
  if (html !== undefined) {
    const voice = {
      language: lang,
      words: wordsOf(lang),
      formats: createFormats(lang, account.currency, account.timezone),
    }
    const document = renderReportDocument(
      voice,
      loadReportAssets(),
      reportTitle(voice, sheet),
      renderReport(voice, sheet),
    )
    await write('--html', resolve(cwd, html), document)
  }
  if (csv !== undefined) {
    const folder = resolve(cwd, csv)
    await orUnwritable('--csv', csv, mkdir(folder, { recursive: true }))
    for (const [name, text] of Object.entries(reportCsvFiles(sheet))) await write('--csv', join(folder, name), text)
  }
  return written
}
