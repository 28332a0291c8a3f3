import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse } from 'csv-parse/sync'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StoreReport } from '../../src/core/numbers/report.ts'
import { createFormats } from '../../src/page/formats.ts'
import { LANGUAGES } from '../../src/page/words/language.ts'
import { chromiumPath, launchBrowser, openWindow } from '../support/browser.ts'
import { readTables } from '../support/html-tables.ts'
import { openRehearsal, type Rehearsal } from '../support/rehearsal.ts'
import { rehearsalYaml } from '../support/rehearsal-yaml.ts'
import { makeSmallShop } from '../support/small-shop.ts'

const shop = makeSmallShop({ customers: 200 })

describe('a report to hand around', () => {
  let rehearsal: Rehearsal
  let browser: Browser
  beforeAll(async () => {
    rehearsal = await openRehearsal()
    rehearsal.write('orders.csv', shop.csv)
    rehearsal.write('scontrino.yaml', rehearsalYaml())
    const { exitCode, stderr } = await rehearsal.run('sync')
    expect(exitCode, stderr).toBe(0)
    for (const language of LANGUAGES) await write(`${language}.html`, '--lang', language)
    if (chromiumPath !== null) browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await rehearsal?.close()
  })

  async function write(name: string, ...options: string[]): Promise<{ document: string; report: StoreReport }> {
    const { exitCode, stdout, stderr } = await rehearsal.run('report', '--json', '--html', name, ...options)
    expect(exitCode, stderr).toBe(0)
    const { reports } = JSON.parse(stdout) as { reports: [StoreReport] }
    return { document: readFileSync(join(rehearsal.folder, name), 'utf8'), report: reports[0] }
  }

  test.each([
    ['all orders', []],
    [
      'a range that parts two weeks, by rank',
      ['--from', dayBefore(100), '--to', dayBefore(47), '--by', 'week', '--definition', 'rank'],
    ],
  ])('tells of %s the numbers that report tells', async (_what, options) => {
    const { document, report } = await write('report.html', '--csv', 'tables', ...options)
    const plain = await rehearsal.run('report', '--json', ...options)
    expect(report).toEqual((JSON.parse(plain.stdout) as { reports: [StoreReport] }).reports[0])

    const formats = createFormats('en', 'EUR', 'Europe/Rome')
    const cellsOf = (line: StoreReport['identified']) => [
      formats.count(line.customers === 0 ? null : line.customers),
      formats.count(line.orders),
      formats.frequency(line.orders, line.customers),
      formats.money(line.revenueMinor),
      formats.money(line.aovMinor),
      formats.money(line.medianMinor),
    ]
    const tables = readTables(document)
    const periods = tables['Every period'] ?? []
    expect(periods.map(([, , ...cells]) => cells).sort()).toEqual(report.periods.map(cellsOf).sort())
    expect((tables['The whole range by kind of customer'] ?? []).map(([, ...cells]) => cells).sort()).toEqual(
      [report.identified, ...report.total].map(cellsOf).sort(),
    )
    const rows: Record<string, string>[] = parse(readFileSync(join(rehearsal.folder, 'tables', 'periods.csv')), {
      columns: true,
    })
    const sumOf = (column: string) => rows.reduce((sum, row) => sum + Number(row[column]), 0)
    expect(sumOf('identified_orders')).toBe(report.identified.orders)
    expect(sumOf('identified_revenue')).toBeCloseTo(report.identified.revenueMinor / 100, 2)
  })

  describe.skipIf(chromiumPath === null)('in a browser without a network', () => {
    const LOOKS = [
      ['en', 'wide and light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
      ['it', 'wide and dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
      ['fr', 'on a phone', { viewport: { width: 360, height: 740 }, colorScheme: 'light' }],
    ] as const

    test.each(LOOKS)('draws every chart and prints: %s, %s', async (language, _name, look) => {
      // What has no origin has the origin “null”, in an address as in this.
      const { page, complaints, violations, overflow } = await openWindow(browser, 'null', { offline: true, ...look })
      const asked: string[] = []
      page.on('request', (request) => asked.push(request.url().replace(/^data:.*/s, 'data:')))
      const url = pathToFileURL(join(rehearsal.folder, `${language}.html`)).href
      await page.goto(url)
      await page.locator('#over-time canvas').nth(1).waitFor()
      expect(await page.locator('figure.distribution').getByRole('img').isVisible()).toBe(true)
      expect(await page.locator('.still').first().isVisible()).toBe(false)
      const isInked = await page.evaluate(IS_INKED)
      expect(isInked).toEqual([true, true])
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      expect([await violations(), await overflow()]).toEqual([[], 0])

      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('canvas').first().isVisible()).toBe(false)
      expect(
        await page.locator('.still svg, .aov-chart svg').evaluateAll((all) => all.map((one) => one.clientWidth > 0)),
      ).toEqual([true, true, true])
      const pdf = await page.pdf({ preferCSSPageSize: true })
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
      expect(complaints).toEqual([])
      expect(asked.filter((address) => address !== url && address !== 'data:')).toEqual([])
      await page.context().close()
    })

    test('shows its charts and tables without a script too', async () => {
      const { page } = await openWindow(browser, 'null', { offline: true, javaScriptEnabled: false })
      await page.goto(pathToFileURL(join(rehearsal.folder, 'en.html')).href)
      expect(await page.getByRole('img').count()).toBe(2)
      expect(await page.getByRole('table').count()).toBeGreaterThanOrEqual(6)
      await page.context().close()
    })
  })
})

/** Whether anything was drawn on each of the canvases. */
const IS_INKED = `[...document.querySelectorAll('canvas')].map((canvas) =>
  canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value !== 0))`

function dayBefore(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
}
