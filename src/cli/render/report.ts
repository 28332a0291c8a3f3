import { toLocalDate } from '../../core/instant.ts'
import type { CustomerKind, StoreAggregate, StoreReport } from '../../core/numbers/report.ts'
import type { Freshness } from '../../core/orders/shop-reading.ts'
import type { Paint } from '../paint.ts'
import type { AccountView } from '../select-accounts.ts'
import { renderFreshness } from './freshness.ts'
import { formatAmount, formatCount, formatFrequency, NOTHING } from './number.ts'
import { type Cell, renderTable } from './table.ts'

type Numbers = Omit<StoreAggregate, 'period' | 'kind'>

const KINDS: readonly CustomerKind[] = ['new', 'recurring', 'anonymous']
const DEFINITIONS = {
  period: 'new = customers whose first order falls in the period, with all their orders in it',
  rank: 'new = the first order of a customer, recurring = every later one; who has both stands in both lines, and once in identified',
} as const
const STALE = 'Orders have come in, or settings have changed, and not everybody is computed yet'
const STALE_ADVICE = 'run scontrino sync, then report again.'
const AHEAD = 'The range begins after today: nothing is known of it but orders that are dated ahead.'
const ALL_NEW =
  'Over all orders everybody is new, because everybody first bought in them; see who came back below, or with --from or --definition rank.'
/** More would hide what the sentence says. */
const MOST_NAMED = 6
const NUMBER_TITLES = ['customers', 'orders', 'frequency', 'revenue', 'AOV', 'median order']
const NUMBER_COLUMNS = NUMBER_TITLES.map((title) => ({ title, align: 'right' as const }))

/** Customers × frequency × AOV of the range and of each period, and what was left out; says currency and policy. */
export function renderReport(
  account: AccountView,
  report: StoreReport,
  paint: Paint,
  freshness: Freshness | null = null,
  now = new Date(),
): string {
  const { currency } = account
  const heading = [account.key, rangeText(report, account.timezone), currency, `policy ${account.policy}`].join(' · ')
  const totals = [
    ['identified', ...toCells(report.identified, currency)],
    ...report.total.toSorted(byKind).map((line) => [kindLabel(line.kind), ...toCells(line, currency)]),
  ]
  const periods = report.periods
    .toSorted((a, b) => (a.period ?? '').localeCompare(b.period ?? '') || byKind(a, b))
    .map((line) => [periodLabel(line.period, report.by), line.kind, ...toCells(line, currency)])
  const leftOut = report.leftOut.map(({ reason, orders, totalMinor, currency: charged }) => [
    reason,
    formatCount(orders),
    formatAmount(totalMinor, charged),
  ])
  const periodColumns = [{ title: report.by }, { title: '' }, ...NUMBER_COLUMNS]
  const leftOutColumns = [
    { title: 'left out' },
    { title: 'orders', align: 'right' },
    { title: 'charged', align: 'right' },
  ] as const
  return [
    `${paint('bold', heading)}\n${paint('dim', DEFINITIONS[report.definition])}`,
    report.from !== null && report.from > now ? paint('yellow', AHEAD) : '',
    report.isStale ? paint('yellow', staleText(report)) : '',
    freshness === null ? '' : renderFreshness(freshness, account.timezone, paint),
    renderTable([{ title: '' }, ...NUMBER_COLUMNS], totals, paint),
    isAllNew(report) ? paint('dim', ALL_NEW) : '',
    periods.length === 0 ? 'No order counts in this range.' : renderTable(periodColumns, periods, paint),
    leftOut.length === 0 ? 'Nothing was left out.' : renderTable(leftOutColumns, leftOut, paint),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** Who waits may be new where they are told recurring, and the other way round: said of the periods they bought in. */
function staleText({ uncomputed, periods, by }: StoreReport): string {
  const shown = [...new Set(periods.map(({ period }) => period))].filter(
    (period) => period !== null && (uncomputed === 'all' || uncomputed.includes(period)),
  )
  if (shown.length === 0) return `${STALE}: ${STALE_ADVICE}`
  const names =
    shown.length > MOST_NAMED ? `${shown.length} periods` : shown.map((one) => periodLabel(one, by)).join(', ')
  return `${STALE}: who is new and who recurring in ${names} may change, so compare nothing with it; ${STALE_ADVICE}`
}

/** Whoever bought has their first order in the whole of the data. */
function isAllNew({ definition, from, identified }: StoreReport): boolean {
  return definition === 'period' && from === null && identified.orders > 0
}

function toCells(numbers: Numbers, currency: string): Cell[] {
  return [
    numbers.customers === 0 ? NOTHING : formatCount(numbers.customers),
    formatCount(numbers.orders),
    formatFrequency(numbers.orders, numbers.customers),
    formatAmount(numbers.revenueMinor, currency),
    formatAmount(numbers.aovMinor, currency),
    formatAmount(numbers.medianMinor, currency),
  ]
}

function rangeText({ from, to }: StoreReport, timezone: string): string {
  if (from === null && to === null) return 'all orders'
  // `to` is the instant at which the range ends: the last date is the one before it.
  const last = to === null ? null : toLocalDate(new Date(to.getTime() - 1), timezone)
  return `${from === null ? 'the first order' : toLocalDate(from, timezone)} to ${last ?? 'today'}`
}

function periodLabel(period: string | null, by: StoreReport['by']): string {
  if (period === null) return NOTHING
  if (by === 'month') return period.slice(0, 7)
  return by === 'quarter' ? `${period.slice(0, 4)}-Q${Math.ceil(Number(period.slice(5, 7)) / 3)}` : period
}

function kindLabel(kind: CustomerKind): string {
  return kind === 'anonymous' ? kind : `  ${kind}`
}

function byKind(a: StoreAggregate, b: StoreAggregate): number {
  return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)
}
