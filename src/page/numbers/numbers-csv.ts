import { toMajorText } from '../../core/money.ts'
import type { Distribution } from '../../core/numbers/distribution.ts'
import type { Matrix } from '../../core/numbers/matrix.ts'
import type { Numbers, Overview } from '../../core/numbers/overview.ts'
import { toCsv } from '../csv.ts'
import { toBins, toScale } from './distribution-bins.ts'

/**
 * Every period with everything the page says of it; money in major units of `currency`. `cut`: first days of the periods of
 * which only a part is told.
 */
export function overviewCsv(
  { periods, by, definition }: Overview,
  currency: string,
  cut: ReadonlySet<string> = new Set(),
): string {
  const money = (minor: number | null) => (minor === null ? null : toMajorText(minor, currency))
  const kinds = ['identified', 'new', 'recurring', 'anonymous'] as const
  const columns = (numbers: Numbers) => [
    numbers.customers,
    numbers.orders,
    money(numbers.revenueMinor),
    money(numbers.aovMinor),
    money(numbers.medianMinor),
  ]
  const names = ['customers', 'orders', 'revenue', 'aov', 'median']
  return toCsv(
    [
      ...['period', 'length', 'definition', 'currency', 'is_first', 'is_over', 'is_read', 'is_computed', 'is_cut'],
      ...kinds.flatMap((kind) => names.map((name) => `${kind}_${name}`)),
      ...['gap', 'gap_low', 'gap_high', 'aov_low', 'aov_high', 'top_orders', 'aov_without_top'],
    ],
    periods.map((one) => [
      one.period,
      by,
      definition,
      currency,
      one.isFirst,
      one.isOver,
      one.isRead,
      one.isComputed,
      cut.has(one.period),
      ...kinds.flatMap((kind) => columns(one[kind])),
      one.new.aovMinor === null || one.recurring.aovMinor === null
        ? null
        : money(one.recurring.aovMinor - one.new.aovMinor),
      money(one.gap?.lowMinor ?? null),
      money(one.gap?.highMinor ?? null),
      money(one.aovInterval?.lowMinor ?? null),
      money(one.aovInterval?.highMinor ?? null),
      one.topShare?.orders ?? null,
      money(one.topShare?.aovWithoutMinor ?? null),
    ]),
  )
}

/** The bins of the distribution, empty where one has no end; money in major units of `currency`. */
export function distributionCsv(distribution: Distribution, currency: string): string {
  const money = (minor: number | null) => (minor === null ? null : toMajorText(minor, currency))
  return toCsv(
    ['aov_from', 'aov_below', 'currency', 'customers', 'orders', 'revenue'],
    toBins(distribution, toScale(distribution)).map(({ fromMinor, toMinor, customers, orders, revenueMinor }) => [
      money(fromMinor),
      money(toMinor),
      currency,
      customers,
      orders,
      money(revenueMinor),
    ]),
  )
}

/** The four cells; money in major units of `currency`. */
export function matrixCsv({ thresholdMinor, cells }: Matrix, currency: string): string {
  const money = (minor: number | null) => (minor === null ? null : toMajorText(minor, currency))
  return toCsv(
    ['customer_type', 'side', 'threshold', 'currency', 'customers', 'orders', 'revenue', 'aov', 'play'],
    cells.map(({ customerType, side, customers, orders, revenueMinor, aovMinor, play }) => [
      customerType,
      side,
      money(thresholdMinor),
      currency,
      customers,
      orders,
      money(revenueMinor),
      money(aovMinor),
      play,
    ]),
  )
}
