import { startOfDate } from '../../core/instant.ts'
import type { NewDefinition, PeriodLength, StoreAggregate, StoreReport } from '../../core/numbers/report.ts'
import type { LedgerAccount } from '../account.ts'
import { hasDirtyCustomers } from '../customers/dirty-customers.ts'
import type { Queryable } from '../database.ts'
import { literal } from '../orders/order-value.ts'
import { loadWaiting } from './dirty-periods.ts'
import { loadLeftOut } from './left-out.ts'
import { KIND_BY_ANY, kindByPeriodSql, numbersSql, toldSql } from './store-aggregates.ts'

/** Half-open range of instants; null: without end. */
interface Range {
  readonly from: Date | null
  readonly to: Date | null
}

/** The store's numbers between two dates (`to` included), straight from the orders, in the account's time zone. */
export async function loadStoreReport(
  db: Queryable,
  account: LedgerAccount,
  request: { from?: string; to?: string; by: PeriodLength; definition: NewDefinition },
): Promise<StoreReport> {
  const { settings } = account
  const zone = literal(settings.timezone)
  const range: Range = {
    from: request.from === undefined ? null : startOfDate(request.from, settings.timezone),
    to: request.to === undefined ? null : startOfDate(dayAfter(request.to), settings.timezone),
  }
  const ask = async (period: (instant: string) => string, kind: string) => {
    const entries = { orders: within(range, 'o.placed_at'), refunds: within(range, 'r.refunded_at') }
    const { rows } = await db.query<StoreAggregate>(
      `with ${toldSql(settings, entries)}
       select period, kind, customers, orders, revenue_minor as "revenueMinor", aov_minor as "aovMinor",
         median_minor as "medianMinor"
       from (${numbersSql(period('at'), kind)}) numbers order by period, array_position(array['new', 'recurring'], kind)`,
      [account.accountId],
    )
    return rows
  }
  const inPeriod = (instant: string) => `date_trunc('${request.by}', ${instant} at time zone ${zone})::date`
  // Over the whole range a customer is new whose first order does not lie before it.
  const inRange = (instant: string) => (range.from === null ? 'true' : `(${instant} >= ${instantSql(range.from)})`)
  const kindIn = (period: (instant: string) => string) =>
    request.definition === 'period' ? kindByPeriodSql(period('first_at'), period('at')) : 'kind_by_rank'
  // First: what is told after this is no staler than it says.
  const isStale = await hasDirtyCustomers(db, account)
  const identified = await ask(inRange, KIND_BY_ANY)
  return {
    ...range,
    definition: request.definition,
    by: request.by,
    isStale,
    uncomputed: await loadWaiting(db, account, request.by),
    periods: await ask(inPeriod, kindIn(inPeriod)),
    total: (await ask(inRange, kindIn(inRange))).map((line) => ({ ...line, period: null })),
    identified: withoutKind(identified.find((line) => String(line.kind) === 'identified')),
    leftOut: await loadLeftOut(db, account, within(range, 'o.placed_at')),
  }
}

function withoutKind(line: StoreAggregate | undefined): StoreReport['identified'] {
  if (line === undefined) return { customers: 0, orders: 0, revenueMinor: 0, aovMinor: null, medianMinor: null }
  const { customers, orders, revenueMinor, aovMinor, medianMinor } = line
  return { customers, orders, revenueMinor, aovMinor, medianMinor }
}

function within({ from, to }: Range, instant: string): string {
  const conditions = [
    ...(from === null ? [] : [`${instant} >= ${instantSql(from)}`]),
    ...(to === null ? [] : [`${instant} < ${instantSql(to)}`]),
  ]
  return conditions.length === 0 ? 'true' : conditions.join(' and ')
}

const instantSql = (instant: Date) => `${literal(instant.toISOString())}::timestamptz`

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}
