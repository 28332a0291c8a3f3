import { DuckDBInstance } from '@duckdb/node-api'

/** DuckDB with the aggregates of one file, and how long they took it. */
export interface DuckdbAggregates {
  /** From opening an empty database to the last aggregate. */
  readonly wallMs: number
  /** Runs a query over the tables `customers` and `months`; rows by column name. */
  query(sql: string): Promise<Record<string, unknown>[]>
  close(): void
}

/** DuckDB's own types, so that it parses dates and amounts while it reads. */
const COLUMNS = `{
  "order": 'VARCHAR', placedAt: 'TIMESTAMP', updatedAt: 'TIMESTAMP', email: 'VARCHAR', customer: 'VARCHAR',
  country: 'VARCHAR', total: 'DECIMAL(18,2)', subtotal: 'DECIMAL(18,2)', discount: 'DECIMAL(18,2)', tax: 'DECIMAL(18,2)',
  shipping: 'DECIMAL(18,2)', refunded: 'DECIMAL(18,2)', refundedAt: 'TIMESTAMP', state: 'VARCHAR', test: 'BOOLEAN',
  channel: 'VARCHAR'
}`

/**
 * What the ledger computes, under the policy `net` for a currency of two decimals, in two statements of DuckDB: the
 * customers' aggregates, and the store's by month and kind of customer, with medians. `now` ends the twelve months.
 */
export async function aggregateWithDuckdb(path: string, now: Date): Promise<DuckdbAggregates> {
  const startedAt = performance.now()
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(`set timezone = 'UTC'`)
  await connection.run(`create table counted as ${countedSql(path)}`)
  await connection.run(`create table customers as ${customersSql(now)}`)
  await connection.run(`create table months as ${MONTHS}`)
  const wallMs = performance.now() - startedAt
  return {
    wallMs,
    query: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS(),
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

function countedSql(path: string): string {
  return `
  select lower(email) as email, placedAt as placed_at, ((total - coalesce(refunded, 0)) * 100)::bigint as value
  from read_json('${path.replaceAll("'", "''")}', format = 'newline_delimited', columns = ${COLUMNS})
  where not test and state = 'placed' and total > 0 and total > coalesce(refunded, 0)`
}

function customersSql(now: Date): string {
  const recent = `placed_at > timestamp '${now.toISOString().replace('Z', '')}' - interval 365 days`
  return `
  with sums as (
    select email, count(*) as orders, sum(value)::bigint as revenue, count(*) filter (where ${recent}) as recent_orders,
      coalesce(sum(value) filter (where ${recent}), 0)::bigint as recent_revenue,
      min(placed_at) as first_at, max(placed_at) as last_at
    from counted where email is not null group by email
  )
  select email, orders, revenue, ${halfUp('revenue', 'orders')} as aov, recent_orders, recent_revenue,
    case when recent_orders > 0 then ${halfUp('recent_revenue', 'recent_orders')} end as recent_aov, first_at, last_at,
    case when orders > 1 then
      ${halfUp("date_diff('millisecond', first_at, last_at) * 10", '86400000 * (orders - 1)')} end as tenths_of_days
  from sums`
}

const MONTHS = `
  with told as (
    select date_trunc('month', o.placed_at)::date as month, o.email, o.value,
      case when o.email is null then 'anonymous'
        when date_trunc('month', c.first_at) = date_trunc('month', o.placed_at) then 'new' else 'recurring' end as kind
    from counted o left join customers c using (email)
  )
  select month, kind, count(distinct email) as customers, count(*) as orders, sum(value)::bigint as revenue,
    ${halfUp('sum(value)', 'count(*)')} as aov, floor(quantile_cont(value, 0.5) + 0.5)::bigint as median
  from told group by month, kind`

/** Of values that are never negative. */
function halfUp(dividend: string, divisor: string): string {
  return `((2 * (${dividend}) + (${divisor})) // (2 * (${divisor})))::bigint`
}
