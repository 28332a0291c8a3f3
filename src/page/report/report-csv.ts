import { toMajorText } from '../../core/money.ts'
import { cutPeriods } from '../../core/numbers/full-report.ts'
import type { StoreAggregate, StoreReport } from '../../core/numbers/report.ts'
import { toCsv } from '../csv.ts'
import { distributionCsv, matrixCsv, overviewCsv } from '../numbers/numbers-csv.ts'
import type { ReportSheet } from './report.ts'

/**
 * The tables behind a report, by the names of their files: those that the page offers, and two of the report's own.
 * Headings are English and amounts have a point, whatever the language.
 */
export function reportCsvFiles({ account, full, range }: ReportSheet): Readonly<Record<string, string>> {
  const { currency } = account
  const { report, shown, distribution, matrix } = full
  return {
    'totals.csv': totalsCsv(report, range, currency),
    'periods.csv': overviewCsv(shown, currency, cutPeriods(full)),
    'distribution.csv': distributionCsv(distribution, currency),
    'matrix.csv': matrixCsv(matrix, currency),
    'left-out.csv': leftOutCsv(report),
  }
}

function totalsCsv({ identified, total }: StoreReport, { from, to }: ReportSheet['range'], currency: string): string {
  const money = (minor: number | null) => (minor === null ? null : toMajorText(minor, currency))
  const toLine = (kind: string, line: Omit<StoreAggregate, 'period' | 'kind'>) => [
    ...[from, to, kind, currency],
    ...[line.customers, line.orders, money(line.revenueMinor), money(line.aovMinor), money(line.medianMinor)],
  ]
  return toCsv(
    ['from', 'to', 'customer_type', 'currency', 'customers', 'orders', 'revenue', 'aov', 'median'],
    [toLine('identified', identified), ...total.map((line) => toLine(line.kind, line))],
  )
}

function leftOutCsv({ leftOut }: StoreReport): string {
  return toCsv(
    ['reason', 'orders', 'charged', 'currency'],
    leftOut.map(({ reason, orders, totalMinor, currency }) => [
      reason,
      orders,
      toMajorText(totalMinor, currency),
      currency,
    ]),
  )
}
