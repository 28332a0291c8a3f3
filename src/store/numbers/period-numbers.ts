import { startOfDate } from '../../core/instant.ts'
import { BIN_BORDERS } from '../../core/numbers/histogram.ts'
import type { Numbers, OverviewRequest } from '../../core/numbers/overview.ts'
import { shiftPeriod } from '../../core/numbers/period.ts'
import type { LedgerAccount } from '../account.ts'
import type { Queryable } from '../database.ts'
import { literal } from '../orders/order-value.ts'
import type { DirtyPeriod } from './dirty-periods.ts'
import { type CountedLeftOut, countLeftOut } from './left-out.ts'
import { KIND_BY_ANY, kindByPeriodSql, numbersSql, toldSql } from './store-aggregates.ts'

const DAY_MS = 86_400_000

/** The numbers of one kind of customer in one period, and the values of its orders by size. */
export interface CountedPeriod extends DirtyPeriod, Numbers {
  readonly definition: 'any' | 'period' | 'rank'
  readonly kind: 'identified' | 'new' | 'recurring' | 'anonymous'
  /** `[bin, orders, sum in minor units]`, ascending. */
  readonly histogram: readonly (readonly [number, number, number])[]
}

/** Counts these periods, which should lie together. Inside a transaction: it works on a temporary table. */
export async function countPeriods(
  client: Queryable,
  account: LedgerAccount,
  periods: readonly DirtyPeriod[],
): Promise<{ lines: CountedPeriod[]; leftOut: CountedLeftOut[] }> {
  if (periods.length === 0) return { lines: [], leftOut: [] }
  const { timezone } = account.settings
  const ranges = {
    orders: aroundSql(periods, timezone, 'o.placed_at'),
    refunds: aroundSql(periods, timezone, 'r.refunded_at'),
  }
  await createTold(client, account, ranges, LENGTHS)
  const counted: CountedPeriod[] = []
  for (const length of new Set(periods.map((one) => one.length))) {
    const starts = periods.flatMap((one) => (one.length === length ? [one.period] : []))
    const wanted = `${length} = any ($1::date[])`
    for (const definition of ['any', 'period', 'rank'] as const) {
      const { rows } = await client.query<CountedPeriod>(countSql(length, definition, wanted), [starts])
      counted.push(...rows)
    }
  }
  return { lines: counted, leftOut: await countLeftOut(client, account, ranges.orders) }
}

/** Counts all periods of one length, and those of a range of dates, both included. In a transaction of its own. */
export async function countAllPeriods(
  client: Queryable,
  account: LedgerAccount,
  { by, definition }: OverviewRequest,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Promise<{ whole: CountedPeriod[]; shown: CountedPeriod[] }> {
  await createTold(client, account, { orders: 'true', refunds: 'true' }, [by])
  const count = async (wanted: string, values: readonly unknown[]) => {
    const any = await client.query<CountedPeriod>(countSql(by, 'any', wanted), [...values])
    const kinds = await client.query<CountedPeriod>(countSql(by, definition, wanted), [...values])
    return [...any.rows, ...kinds.rows]
  }
  const whole = await count('true', [])
  if (from === undefined && to === undefined) return { whole, shown: whole }
  const inside = "day between coalesce($1::date, '-infinity') and coalesce($2::date, 'infinity')"
  return { whole, shown: await count(inside, [from ?? null, to ?? null]) }
}

/** The temporary table `told`, with days of the account's calendar, until the transaction ends. */
async function createTold(
  client: Queryable,
  { accountId, settings }: LedgerAccount,
  ranges: Parameters<typeof toldSql>[1],
  lengths: readonly DirtyPeriod['length'][],
): Promise<void> {
  const zone = literal(settings.timezone)
  const columns = lengths.flatMap((length) => {
    const [period, first] = [`date_trunc('${length}', at)::date`, `date_trunc('${length}', first_at)::date`]
    return [`${period} as ${length}`, `${codeSql(kindByPeriodSql(first, period))} as kind_by_${length}`]
  })
  await client.query(
    `create temporary table told on commit drop as
     with ${toldSql(settings, ranges)},
     local as materialized (
       select told.at at time zone ${zone} as at, told.first_at at time zone ${zone} as first_at, is_order, value_minor,
         customer_id, kind_by_rank
       from told
     )
     select is_order, value_minor, customer_id, at::date as day, ${columns.join(', ')}, ${codeSql('kind_by_rank')} as kind_by_rank,
       ${codeSql(KIND_BY_ANY)} as kind_by_any,
       case when is_order then width_bucket(value_minor, array[${BIN_BORDERS.join()}]::bigint[])::smallint end as bin
     from local`,
    [accountId],
  )
  await client.query('analyze told')
}

const LENGTHS = ['week', 'month', 'quarter'] as const
const KINDS = ['anonymous', 'identified', 'new', 'recurring'] as const satisfies readonly CountedPeriod['kind'][]

/** SQL for the number of a kind: sorting texts by a language's rules takes several times as long. */
function codeSql(kind: string): string {
  return `(case ${kind} ${KINDS.map((one, code) => `when '${one}' then ${code}`).join(' ')} end)::smallint`
}

/** `wanted`: a condition on `told`, whose parameters are the statement's. */
function countSql(length: DirtyPeriod['length'], definition: CountedPeriod['definition'], wanted: string): string {
  const kind = definition === 'period' ? `kind_by_${length}` : `kind_by_${definition}`
  const counted = `${wanted}${definition === 'any' ? '' : ' and customer_id is not null'}`
  return `
  with numbers as (${numbersSql(length, kind, counted)}),
  bins as (
    select ${length} as period, ${kind} as kind, bin, count(*) as orders, sum(value_minor) as sum
    from told where is_order and ${counted} group by 1, 2, 3
  ),
  histograms as (
    select period, kind, json_agg(json_build_array(bin, orders, sum) order by bin) as histogram from bins group by 1, 2
  )
  select '${length}' as length, period, '${definition}' as definition,
    (array[${KINDS.map(literal).join(', ')}])[kind + 1] as kind, customers, orders,
    revenue_minor as "revenueMinor", aov_minor as "aovMinor", median_minor as "medianMinor",
    coalesce(histogram, '[]') as histogram
  from numbers left join histograms using (period, kind)`
}

/** SQL for an instant around these periods. A day too wide on both sides: where clocks go back at midnight a day starts twice. */
function aroundSql(periods: readonly DirtyPeriod[], timezone: string, instant: string): string {
  const starts = periods.map(({ period }) => period).sort()
  const ends = periods.map(({ length, period }) => shiftPeriod(period, length, 1)).sort()
  const at = (date: string | undefined, days: number) =>
    literal(new Date(startOfDate(date ?? '', timezone).getTime() + days * DAY_MS).toISOString())
  return `${instant} >= ${at(starts[0], -1)}::timestamptz and ${instant} < ${at(ends.at(-1), 1)}::timestamptz`
}
