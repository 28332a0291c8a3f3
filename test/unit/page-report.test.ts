import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { comparablePeriods, cutPeriods, type FullReport } from '../../src/core/numbers/full-report.ts'
import { toMatrix } from '../../src/core/numbers/matrix.ts'
import type { PeriodNumbers } from '../../src/core/numbers/overview.ts'
import { toStatements } from '../../src/core/numbers/statement.ts'
import { aovRange } from '../../src/page/browser/aov-range.ts'
import { createFormats } from '../../src/page/formats.ts'
import { toInlineScript, withoutEnd } from '../../src/page/report/inline-script.ts'
import { type ReportSheet, renderReport, reportTitle } from '../../src/page/report/report.ts'
import { loadReportAssets } from '../../src/page/report/report-assets.ts'
import { reportCsvFiles } from '../../src/page/report/report-csv.ts'
import { renderReportDocument } from '../../src/page/report/report-document.ts'
import { roundTicks, thinOut } from '../../src/page/scale.ts'
import { toBorders } from '../../src/page/thresholds/start-thresholds.ts'
import { LANGUAGES, type Language, wordsOf } from '../../src/page/words/language.ts'
import { fullReportOf } from '../support/cli-ledger.ts'

const HOSTILE = '</script><img src=x onerror=alert(1)>"\'&'
const full = fullReportOf({ by: 'month', definition: 'period' })
const sheet: ReportSheet = {
  account: { key: 'main', currency: 'GBP', timezone: 'Europe/London', policy: 'net', sources: [] },
  full,
  segments: [],
  borders: toBorders(full.distribution, null),
  range: { from: null, to: null },
}

function documentOf(language: Language, changes: Partial<ReportSheet> = {}): string {
  const own = { ...sheet, ...changes }
  const formats = createFormats(language, own.account.currency, own.account.timezone)
  const voice = { language, words: wordsOf(language), formats }
  return renderReportDocument(voice, loadReportAssets(), reportTitle(voice, own), renderReport(voice, own))
}

/** What of a document is neither style nor script. */
function markupOf(document: string): string {
  return document.replaceAll(/<(style|script)\b[^>]*>.*?<\/\1>/gs, '')
}

describe('a report to hand around', () => {
  it('leads nowhere: whatever it loads stands in it', () => {
    const markup = markupOf(documentOf('en'))
    const addresses = [...markup.matchAll(/\b(?:href|src|action|srcset|data)="([^"]*)"/g)].map(([, address]) => address)
    expect(addresses.length).toBeGreaterThan(0)
    expect(addresses.filter((address) => !address?.startsWith('data:') && !address?.startsWith('#'))).toEqual([])
    const { style, scripts } = loadReportAssets()
    expect(style).not.toMatch(/url\(|@import/)
    // The chart library begins with its licence, which names where it comes from.
    const code = scripts.map((script) => script.replace(/^\/\*!.*?\*\//s, ''))
    expect(code.join('').match(/https?:\/\/[\w./-]+/g) ?? []).toEqual([])
  })

  it('lets nothing run but the scripts it was written with', () => {
    const document = documentOf('en')
    const policy = /http-equiv="content-security-policy" content="([^"]*)"/.exec(document)?.[1] ?? ''
    const scripts = [...document.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text = '']) => text)
    expect(scripts).toHaveLength(2)
    for (const text of scripts) {
      expect(policy).toContain(`&#39;sha256-${createHash('sha256').update(text).digest('base64')}&#39;`)
    }
    expect(policy).toContain('default-src &#39;none&#39;')
    expect(policy).not.toContain('unsafe')
    expect(document).not.toMatch(/<[^>]+ (?:style|on\w+)=/)
  })

  it('shows names as they are, whatever they contain', () => {
    const document = documentOf('en', {
      account: { ...sheet.account, key: HOSTILE, policy: HOSTILE },
      full: {
        ...full,
        report: { ...full.report, leftOut: [{ reason: HOSTILE, orders: 1, totalMinor: 1, currency: 'EUR' }] },
      },
    })
    expect(document).not.toContain('<img')
    expect(document.match(/&lt;\/script&gt;&lt;img src=x onerror=alert\(1\)&gt;/g)?.length).toBeGreaterThan(3)
  })

  it.each(LANGUAGES)('tells in %s every figure of the report', (language) => {
    const document = documentOf(language)
    const formats = createFormats(language, 'GBP', 'Europe/London')
    expect(document).toContain(`<html lang="${language}">`)
    const { identified, total, periods } = full.report
    for (const line of [identified, ...total, ...periods]) {
      expect(document).toContain(`>${formats.money(line.revenueMinor)}</td>`)
      expect(document).toContain(`>${formats.frequency(line.orders, line.customers)}</td>`)
    }
    expect(document).not.toMatch(/\b(undefined|NaN|Infinity)\b(?=[^{};]*<\/(?:td|p|h\d|text)>)/)
  })

  it('draws both charts without a script', () => {
    const markup = markupOf(documentOf('en'))
    expect(markup.match(/<div class="still"[^>]*><svg viewBox/g)).toHaveLength(1)
    expect(markup.match(/<use href="#bars" class="band (?:low|mid|high)"/g)).toHaveLength(3)
    expect(markup).not.toMatch(/(?:x|y|width|height|d|cx|cy)="[^"]*(?:NaN|Infinity|undefined)/)
  })

  it('says so where no order counts, and draws nothing', () => {
    const nothing = { customers: 0, orders: 0, revenueMinor: 0, aovMinor: null, medianMinor: null }
    const overview = { ...full.whole, periods: [] }
    const empty: FullReport = {
      report: { ...full.report, periods: [], total: [], identified: nothing, leftOut: [] },
      whole: overview,
      shown: overview,
      distribution: { ...nothing, storeAovMinor: null, cells: [] },
      matrix: toMatrix(null, []),
      freshness: { ...full.freshness, lastOrderAt: null },
    }
    const document = documentOf('en', { full: empty, borders: toBorders(empty.distribution, null) })
    expect(document).toContain('No order counts in this range.')
    expect(document).toContain('Nothing was left out.')
    expect(markupOf(document)).not.toContain('<svg')
  })
})

describe('a range that parts a period', () => {
  const [one] = full.whole.periods
  if (one === undefined) throw new Error('there is a period')
  const period = (first: string, orders: number): PeriodNumbers => ({
    ...one,
    period: first,
    isFirst: first === '2026-01-01',
    identified: { ...one.identified, orders },
  })
  const whole = {
    ...full.whole,
    periods: [period('2026-01-01', 10), period('2026-02-01', 20), period('2026-03-01', 30), period('2026-04-01', 40)],
  }
  const shown = { ...whole, periods: [period('2026-02-01', 5), period('2026-03-01', 30), period('2026-04-01', 7)] }
  const parted = { ...full, whole, shown }

  it('shows the part and marks it', () => {
    expect([...cutPeriods(parted)]).toEqual(['2026-02-01', '2026-04-01'])
    expect(documentOf('en', { full: parted }).match(/<span class="mark">in part<\/span>/g)?.length).toBeGreaterThan(1)
  })

  it('compares only whole periods of the range, also with those before it', () => {
    const { overview, since } = comparablePeriods(parted)
    expect(overview.periods.map((each) => each.period)).toEqual(['2026-01-01', '2026-03-01'])
    const statements = toStatements(overview, full.matrix, since)
    expect(new Set(statements.flatMap((said) => ('period' in said ? [said.period] : [])))).toEqual(
      new Set(['2026-03-01']),
    )
  })

  it('says that nothing is compared where no period is whole', () => {
    const cut = { ...parted, shown: { ...shown, periods: [period('2026-02-01', 5)] } }
    expect(documentOf('en', { full: cut })).toContain('No finished period lies wholly in this range')
  })

  it('is told in the file of the periods', () => {
    const { 'periods.csv': csv = '' } = reportCsvFiles({ ...sheet, full: parted })
    const [heading = '', ...lines] = csv.trim().split('\r\n')
    const column = heading.split(',').indexOf('is_cut')
    expect(lines.map((line) => line.split(',')[column])).toEqual(['true', 'false', 'true'])
  })
})

describe('browser code in a document', () => {
  const filesOf = (files: Readonly<Record<string, string>>) =>
    new Map(Object.entries(files).map(([name, body]) => [name, { body }]))

  it('runs each module once, after those it needs', () => {
    const files = filesOf({
      'a.ts':
        "import { said, say as tell } from './b.ts'\nimport { name } from './c.ts'\ntell(name)\nglobalThis.heard = said\n",
      'b.ts':
        "import {\n  name,\n} from './c.ts'\nexport const said = [name]\nexport function say(text) {\n  said.push(text)\n}\n",
      'c.ts': "globalThis.times = (globalThis.times ?? 0) + 1\nexport const name = 'c'\n",
    })
    const script = toInlineScript(files, 'a.ts')
    const heard = new Function('globalThis', `${script}; return globalThis`)({}) as Record<string, unknown>
    expect(heard).toEqual({ times: 1, heard: ['c', 'c'] })
  })

  it.each([
    ['a cycle', { 'a.ts': "import { b } from './b.ts'\n", 'b.ts': "import { a } from './a.ts'\n" }, 'needs itself'],
    ['a default import', { 'a.ts': "import b from './b.ts'\n", 'b.ts': '' }, 'another way'],
    ['a list of exports', { 'a.ts': 'const b = 1\nexport { b }\n' }, 'another way'],
    ['a module that is not there', { 'a.ts': "import { b } from './b.ts'\n" }, 'no module b.ts'],
  ])('refuses %s', (_what, files, message) => {
    expect(() => toInlineScript(filesOf(files as Record<string, string>), 'a.ts')).toThrow(message)
  })

  it('cannot end its element', () => {
    expect(withoutEnd('"</SCRIPT>" + "<!--"')).toBe('"\\x3c/SCRIPT>" + "\\x3c!--"')
  })
})

describe('the axis of an AOV over time', () => {
  it.each([
    ['several', [4_000, 8_000], [3_000, 8_400]],
    ['one alone, in the middle', [48_000, 48_000], [45_600, 50_400]],
    ['some near nothing', [100, 4_000], [0, 4_200]],
    ['one below nothing', [-200, 1_000], [-500, 1_050]],
  ] as const)('has room around %s', (_what, [lowest, highest], range) => {
    expect(aovRange(lowest, highest)).toEqual(range)
  })
})

describe('the axis of a picture', () => {
  it.each([
    [0, 10, 5, [0, 2, 4, 6, 8, 10]],
    [4_200, 13_900, 5, [6_000, 8_000, 10_000, 12_000]],
    [0, 1, 4, [0, 1]],
    [7, 7, 4, [7]],
  ])('from %i to %i has room for %i round values', (low, high, room, ticks) => {
    expect(roundTicks(low, high, room)).toEqual(ticks)
  })

  it('names the last of many periods', () => {
    expect(thinOut(10, 3)).toEqual([1, 5, 9])
    expect(thinOut(2, 10)).toEqual([0, 1])
  })
})
