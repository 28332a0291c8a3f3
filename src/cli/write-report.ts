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
import type { AccountView } from './select-accounts.ts'
import { usageError } from './usage-error.ts'

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
    await orUsageError(option, shown, writeFile(path, text))
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
    await orUsageError('--csv', csv, mkdir(folder, { recursive: true }))
    for (const [name, text] of Object.entries(reportCsvFiles(sheet))) await write('--csv', join(folder, name), text)
  }
  return written
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of it is no folder',
  EEXIST: 'it is a file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be written',
  EPERM: 'it may not be written',
  EROFS: 'it may not be written',
  ENOSPC: 'the disk is full',
}

/** @throws a usage error where the file system refuses, for a reason that a person can do something about. */
async function orUsageError(option: string, path: string, writing: Promise<unknown>): Promise<void> {
  try {
    await writing
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? REASONS[String(error.code)] : undefined
    if (reason === undefined) throw error
    throw usageError(`${option}: ${path} cannot be written: ${reason}`)
  }
}
