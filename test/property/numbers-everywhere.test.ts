import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Distribution } from '../../src/core/numbers/distribution.ts'
import { isWhole, type Numbers, type PeriodNumbers } from '../../src/core/numbers/overview.ts'
import type { StoreReport } from '../../src/core/numbers/report.ts'
import type { CustomerRefund, OrderCustomer, SourceOrder } from '../../src/core/orders/order.ts'
import { createFormats } from '../../src/page/formats.ts'
import { toBins, toScale } from '../../src/page/numbers/distribution-bins.ts'
import { wordsOf } from '../../src/page/words/language.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { loadDistribution } from '../../src/store/numbers/distribution.ts'
import { loadFullReport } from '../../src/store/numbers/full-report.ts'
import { loadStoredLeftOut } from '../../src/store/numbers/left-out.ts'
import { loadMatrix } from '../../src/store/numbers/matrix.ts'
import { loadStoreReport } from '../../src/store/numbers/report.ts'
import { createStoreNumbersStore } from '../../src/store/numbers/store-numbers.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { createCli } from '../support/cli.ts'
import { aggregatesOf, distributionOf, matrixOf } from '../support/customer-cells-model.ts'
import { readTables } from '../support/html-tables.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { computeAll, computeStoreNumbers, openTestLedger, type TestLedger, toPage } from '../support/ledger.ts'
import { anyPolicy, anyRates, anyRecords, NOW } from '../support/ledger-arbitraries.ts'
import { overviewOf } from '../support/overview-model.ts'
import { logIn } from '../support/page-door.ts'
import { type ModelCustomer, modelPeriods, modelReport } from '../support/store-model.ts'

const EMAILS = ['ann@shop.test', 'bob@shop.test', 'cyd@shop.test']
const customer = fc.constantFrom<OrderCustomer | null>(
  ...EMAILS.map((email) => ({ email })),
  { externalId: 'without an address' },
  null,
)
const asked = fc.record({
  by: fc.constantFrom('week' as const, 'month' as const, 'quarter' as const),
  definition: fc.constantFrom('period' as const, 'rank' as const),
})
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never

let ledger: TestLedger
let folder: string
beforeAll(async () => {
  ledger = await openTestLedger()
  folder = mkdtempSync(join(tmpdir(), 'scontrino-numbers-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await ledger.close()
})

function customerOf({ customer: who }: SourceOrder | CustomerRefund): ModelCustomer | null {
  return who === null ? null : { key: JSON.stringify(who), identified: who.email !== undefined }
}

const viewOf = ({ settings: { key, currency, timezone, policy } }: LedgerAccount) => ({
  ...{ key, currency, timezone },
  ...{ policy: policy.name, sources: [] },
})

/** The page as the server sends it, from what is stored. */
async function readPage(account: LedgerAccount, { by, definition }: Asked): Promise<{ body: string; csv: string }> {
  const application = createMemoryApplication({
    accounts: [viewOf(account)],
    leftOut: (_key, request) => loadStoredLeftOut(ledger.db, account, request),
    overview: (_key, request) => createStoreNumbersStore(ledger.db, account).loadOverview(request, NOW),
    distribution: () => loadDistribution(ledger.db, account),
    matrix: () => loadMatrix(ledger.db, account),
  })
  const { read } = await logIn({ application })
  const query = `by=${by}&definition=${definition}`
  return { body: (await read(`/?${query}`)).body, csv: (await read(`/numbers.csv?${query}`)).body }
}

/** What the command writes and answers, from the orders. */
async function runReport(account: LedgerAccount, { by, definition }: Asked) {
  const { run } = createCli({
    context: { cwd: folder },
    application: {
      accounts: [viewOf(account)],
      report: (_key, request) => loadStoreReport(ledger.db, account, request),
      fullReport: (_key, request) => loadFullReport(ledger.db, account, request, NOW),
    },
  })
  const options = ['--by', by, '--definition', definition]
  const { document } = await run('report', '--json', ...options)
  await run('report', '--html', 'report.html', '--csv', '.', ...options)
  return {
    json: (document() as unknown as { reports: [StoreReport] }).reports[0],
    html: readFileSync(join(folder, 'report.html'), 'utf8'),
    csv: readFileSync(join(folder, 'periods.csv'), 'utf8'),
  }
}

const formats = createFormats('en', 'EUR', 'Europe/Rome')

function bigOnes(document: string): string[] {
  return [...document.matchAll(/<p class="big">(.*?)<\/p>/g)].map(([, text = '']) => text)
}
const receiptOf = ({ customers, orders, aovMinor, revenueMinor }: Numbers) => [
  formats.count(customers),
  formats.factor(orders, customers).text,
  formats.money(aovMinor),
  formats.money(revenueMinor),
]
const overTimeRow = ({ new: fresh, recurring }: PeriodNumbers) => [
  ...[formats.money(fresh.aovMinor), formats.count(fresh.orders)],
  ...[formats.money(recurring.aovMinor), formats.count(recurring.orders)],
  formats.money(fresh.aovMinor === null || recurring.aovMinor === null ? null : recurring.aovMinor - fresh.aovMinor),
]
const reportRow = ({ customers, orders, revenueMinor, aovMinor, medianMinor }: Numbers) => [
  ...[formats.count(customers === 0 ? null : customers), formats.count(orders), formats.frequency(orders, customers)],
  ...[revenueMinor, aovMinor, medianMinor].map((minor) => formats.money(minor)),
]
const binRows = (distribution: Distribution) =>
  toBins(distribution, toScale(distribution)).map(({ customers, orders, revenueMinor }) => [
    formats.count(customers),
    formats.count(orders),
    formats.money(revenueMinor),
  ])
const MARKS = ['period', 'is_first', 'is_over', 'is_read', 'is_computed']
/** The columns of a file that say what a period is worth as a measure. */
function marksInCsv(csv: string): string[][] {
  const [heading = [], ...lines] = csv
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','))
  return lines.map((line) => MARKS.map((name) => line[heading.indexOf(name)] ?? 'no such column'))
}
/** What the first column of the chart's table says of a period besides its name. */
const markWords = ({ isFirst, isOver, isRead }: PeriodNumbers, definition: Asked['definition']) => {
  const { overTime, freshness } = wordsOf('en')
  return [
    ...(isFirst ? [definition === 'period' ? overTime.allNew : overTime.begins] : []),
    ...(isOver ? [] : [overTime.runs]),
    ...(isOver && !isRead ? [freshness.mark] : []),
  ]
}
const statementsOf = (document: string) =>
  [...document.matchAll(/<li class="statement[^"]*">(.*?)<\/li>/g)].map(([, text]) => text)

test('the numbers of the page, of report --json, of report --html and of the definitions are the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyRecords(customer),
      anyPolicy,
      anyRates('EUR'),
      asked,
      async (records, policy, rates, request) => {
        const account = await ledger.openAccount({ policy, rates, timezone: 'Europe/Rome' })
        await createOrderStore(ledger.db, account).saveOrderPage(
          'shop',
          toPage(records.orders, records.refunds),
          new Date(0),
        )
        await computeAll(createAggregateStore(ledger.db, account), NOW)
        // Before anything is stored: the command needs none of it.
        const { json, html, csv } = await runReport(account, request)
        await computeStoreNumbers(ledger.db, account)
        const page = await readPage(account, request)

        const model = modelReport(records, customerOf, account.settings, request)
        const periods = overviewOf(
          modelPeriods(records, customerOf, account.settings, request),
          request.by,
          'Europe/Rome',
        )
        const aggregates = aggregatesOf(EMAILS, records, account)
        const chosen = periods.findLast(isWhole)
        const [onPage, inHtml] = [readTables(page.body), readTables(html)]

        expect(json).toMatchObject(JSON.parse(JSON.stringify(model)))
        const rowsOf = (table: readonly string[][] | undefined, from: number) =>
          (table ?? []).map((cells) => cells.slice(from)).sort()
        expect(rowsOf(inHtml['Every period'], 2)).toEqual(model.periods.map(reportRow).sort())
        expect(rowsOf(inHtml['The whole range by kind of customer'], 1)).toEqual(
          [model.identified, ...model.total].map(reportRow).sort(),
        )
        expect(bigOnes(html).slice(0, 4)).toEqual(receiptOf(model.identified))

        const overTime = periods.map(overTimeRow).toReversed()
        for (const tables of [onPage, inHtml]) {
          expect(tables['Four kinds of customers'] !== undefined).toBe(aggregates.length > 0)
          const hasAxis = aggregates.some(({ aovMinor }) => aovMinor !== null && aovMinor > 0)
          expect(tables['What each band holds'] !== undefined).toBe(hasAxis)
          expect((tables['New against recurring'] ?? []).map((cells) => cells.slice(1, 6))).toEqual(overTime)
          expect(
            (tables['Customers by their average order'] ?? []).map(([, customers, , orders, revenue]) => [
              customers,
              orders,
              revenue,
            ]),
          ).toEqual(binRows(distributionOf(aggregates)))
          const cells = (tables['Four kinds of customers'] ?? []).flatMap(([, ...row]) => row)
          for (const [index, cell] of (cells.length === 0 ? [] : matrixOf(aggregates).cells).entries()) {
            expect(cells[index]).toContain(`${formats.count(cell.customers)} customer`)
            expect(cells[index]).toContain(`${formats.money(cell.revenueMinor)} · AOV ${formats.money(cell.aovMinor)}`)
          }
        }
        const named = periods.map((one) =>
          [formats.period(one.period, request.by), ...markWords(one, request.definition)].join(' '),
        )
        expect((onPage['New against recurring'] ?? []).map(([name]) => name)).toEqual(named.toReversed())
        expect(onPage['New against recurring']).toEqual(inHtml['New against recurring'])
        expect(onPage['What each band holds']).toEqual(inHtml['What each band holds'])
        expect(onPage['Four kinds of customers']).toEqual(inHtml['Four kinds of customers'])
        if (periods.length > 0) {
          expect(csv).toBe(page.csv)
          expect(marksInCsv(csv)).toEqual(
            periods.map(({ period, isFirst, isOver, isRead }) => [period, isFirst, isOver, isRead, true].map(String)),
          )
        }
        if (chosen !== undefined) {
          expect(bigOnes(page.body).slice(0, 4)).toEqual(receiptOf(chosen.identified))
          expect(bigOnes(html).slice(4, 8)).toEqual(receiptOf(chosen.identified))
          expect(statementsOf(html)).toEqual(statementsOf(page.body))
        }
      },
    ),
    { numRuns: 30 },
  )
})
