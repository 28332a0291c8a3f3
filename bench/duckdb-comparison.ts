import type { StoreAggregate } from '../src/core/numbers/report.ts'
import type { DuckdbAggregates } from './duckdb.ts'

/**
 * Addresses on whose aggregates DuckDB and `customers --format csv` do not agree, in either direction. An order may leave
 * the twelve months while a sync runs: give DuckDB's tables for the beginning and for the end of it; a customer differs
 * who agrees with neither.
 */
export async function findDifferingCustomers(byNow: readonly DuckdbAggregates[], csvPath: string): Promise<string[]> {
  const lists: Set<string>[] = []
  for (const duckdb of byNow) {
    const rows = await duckdb.query(differingSql(csvPath))
    lists.push(new Set(rows.map(({ email }) => String(email))))
  }
  const [first, ...others] = lists
  return [...(first ?? [])].filter((email) => others.every((list) => list.has(email)))
}

/** Months and kinds of customers on which the report and DuckDB do not agree, as `2026-10-01 new`. */
export async function findDifferingMonths(
  duckdb: DuckdbAggregates,
  months: readonly StoreAggregate[],
): Promise<string[]> {
  const rows = await duckdb.query(`
    select month::varchar || ' ' || kind as line,
      customers::varchar || ' ' || orders || ' ' || revenue || ' ' || aov || ' ' || median as numbers from months`)
  const theirs = new Map(rows.map(({ line, numbers }) => [String(line), String(numbers)]))
  const ours = new Map(months.map((month) => [`${month.period} ${month.kind}`, numbersOf(month)]))
  return [...new Set([...theirs.keys(), ...ours.keys()])].filter((line) => theirs.get(line) !== ours.get(line))
}

function numbersOf({ customers, orders, revenueMinor, aovMinor, medianMinor }: StoreAggregate): string {
  return [customers, orders, revenueMinor, aovMinor, medianMinor].join(' ')
}

function differingSql(csvPath: string): string {
  return `
  with ours as (
    select email, order_count, (net_revenue * 100)::bigint as revenue, (aov * 100)::bigint as aov,
      order_count_12m, (net_revenue_12m * 100)::bigint as recent_revenue, (aov_12m * 100)::bigint as recent_aov,
      first_order_at, last_order_at, (avg_days_between_orders * 10)::bigint as tenths_of_days
    from read_csv('${csvPath.replaceAll("'", "''")}', header = true, columns = {
      account: 'VARCHAR', email: 'VARCHAR', currency: 'VARCHAR', order_count: 'BIGINT', net_revenue: 'DECIMAL(18,2)',
      aov: 'DECIMAL(18,2)', order_count_12m: 'BIGINT', net_revenue_12m: 'DECIMAL(18,2)', aov_12m: 'DECIMAL(18,2)',
      first_order_at: 'TIMESTAMP', last_order_at: 'TIMESTAMP', avg_days_between_orders: 'DECIMAL(18,1)'
    })
  )
  select coalesce(ours.email, theirs.email) as email
  from ours full join customers theirs on ours.email = theirs.email
  where (ours.order_count, ours.revenue, ours.aov, ours.order_count_12m, ours.recent_revenue, ours.recent_aov,
      ours.first_order_at, ours.last_order_at, ours.tenths_of_days)
    is distinct from (theirs.orders, theirs.revenue, theirs.aov, theirs.recent_orders, theirs.recent_revenue,
      theirs.recent_aov, theirs.first_at, theirs.last_at, theirs.tenths_of_days)`
}
