import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect, it, onTestFinished } from 'vitest'
import { createCli } from '../support/cli.ts'
import { REPORT } from '../support/cli-ledger.ts'

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'scontrino-report-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

const cliIn = (cwd: string) => createCli({ context: { cwd } })

it('writes a page and says where', async () => {
  const cwd = createFolder()
  const { run } = cliIn(cwd)
  const { exitCode, stdout } = await run('report', '--account', 'main', '--html', 'report.html')
  expect([exitCode, stdout]).toEqual([0, 'Wrote report.html\n'])
  expect(readFileSync(join(cwd, 'report.html'), 'utf8')).toMatch(/^<!doctype html>\n<html lang="en">.*main · The shop/s)
})

it('speaks the language that is asked for', async () => {
  const cwd = createFolder()
  await cliIn(cwd).run('report', '--account', 'main', '--html', 'report.html', '--lang', 'it')
  expect(readFileSync(join(cwd, 'report.html'), 'utf8')).toContain('Il negozio in numeri')
})

it('writes the tables into a folder, which it makes, and over older ones', async () => {
  const cwd = createFolder()
  const { run } = cliIn(cwd)
  for (const _ of ['first', 'again'])
    expect((await run('report', '-a', 'main', '--csv', 'new/tables')).exitCode).toBe(0)
  const folder = join(cwd, 'new', 'tables')
  expect(readdirSync(folder).sort()).toEqual([
    'distribution.csv',
    'left-out.csv',
    'matrix.csv',
    'periods.csv',
    'totals.csv',
  ])
  const totals: Record<string, string>[] = parse(readFileSync(join(folder, 'totals.csv')), { columns: true })
  expect(totals.map(({ customer_type, orders, revenue, aov }) => [customer_type, orders, revenue, aov])).toEqual([
    ['identified', '20', '9617.40', '480.87'],
    ['recurring', '10', '4808.70', '480.87'],
    ['new', '10', '4808.70', '480.87'],
    ['anonymous', '2', '10.00', '5.00'],
  ])
  expect(readFileSync(join(folder, 'left-out.csv'), 'utf8')).toBe(
    'reason,orders,charged,currency\r\nother currency,4,12000,JPY\r\n',
  )
})

it('answers with --json the same numbers, and what it wrote', async () => {
  const cwd = createFolder()
  const { run } = cliIn(cwd)
  const plain = (await run('report', '-a', 'main', '--json')).document()
  const filed = (await run('report', '-a', 'main', '--json', '--html', 'r.html', '--csv', '.')).document()
  const { periods } = REPORT
  expect(filed).toEqual({
    ...plain,
    reports: [expect.objectContaining({ periods: JSON.parse(JSON.stringify(periods)) })],
    written: ['r.html', 'totals.csv', 'periods.csv', 'distribution.csv', 'matrix.csv', 'left-out.csv'],
  })
})

it('asks for the range, the length and the definition that were typed', async () => {
  const { run, calls } = cliIn(createFolder())
  const range = ['--from', '2026-01-05', '--to', '2026-02-03', '--by', 'week', '--definition', 'rank']
  await run('report', '-a', 'main', '--html', 'r.html', ...range)
  const request = { from: '2026-01-05', to: '2026-02-03', by: 'week', definition: 'rank' }
  expect(calls).toContainEqual(['fullReport', 'main', request])
})

it('is about one account: with several one has to be chosen', async () => {
  const cwd = createFolder()
  const { exitCode, stderr } = await cliIn(cwd).run('report', '--html', 'r.html')
  expect(exitCode).toBe(64)
  expect(stderr).toContain('choose it with --account (main, japan)')
  expect(readdirSync(cwd)).toEqual([])
})

it.each([
  [
    'a folder that is not there',
    ['--html', 'nowhere/r.html'],
    '--html: nowhere/r.html cannot be written: there is no such folder',
  ],
  ['a folder', ['--html', '.'], 'cannot be written: it is a folder'],
  ['a file as a folder', ['--csv', 'file'], '--csv: file cannot be written: it is a file'],
])('refuses with 64 to write into %s', async (_what, options, message) => {
  const cwd = createFolder()
  writeFileSync(join(cwd, 'file'), '')
  const { exitCode, stderr, stdout } = await cliIn(cwd).run('report', '-a', 'main', ...options)
  expect([exitCode, stdout]).toEqual([64, ''])
  expect(stderr).toContain(message)
})
