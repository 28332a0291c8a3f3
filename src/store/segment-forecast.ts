import type { SegmentForecast } from '../core/ledger.ts'
import { ABSENT } from '../core/profile.ts'
import type { SegmentSpec } from '../core/segment.ts'
import type { LedgerAccount } from './account.ts'
import type { Database } from './database.ts'
import { segmentSql } from './segment-condition.ts'

/** Who each segment will hold, in the order of `specs`, in one pass over the customers. */
export async function forecastSegments(
  db: Database,
  { accountId, settings }: LedgerAccount,
  specs: readonly SegmentSpec[],
  now: Date,
): Promise<SegmentForecast[]> {
  if (specs.length === 0) return []
  const memberships = specs.map((spec, index) => `(${segmentSql(spec, settings, now)}) as in_${index}`)
  const sums = specs.flatMap((_, index) => {
    const filter = (and = '') => `filter (where in_${index}${and})`
    return [
      `count(*) ${filter()}::integer`,
      `coalesce(sum(order_count) ${filter()}, 0)::integer`,
      `coalesce(sum(revenue_minor) ${filter()}, 0)::bigint`,
      ...HELD.map((held) => `count(*) ${filter(` and held = '${held}'`)}::integer`),
    ]
  })
  const { rows } = await db.query<{ sums: number[] }>(
    `select json_build_array(${sums.join(', ')}) as sums
     from (
       select a.order_count, a.revenue_minor, ${HELD_SQL} as held, ${memberships.join(', ')}
       from customer_aggregates a
       join customers c on c.account_id = a.account_id and c.customer_id = a.customer_id and c.email is not null
       left join profile_states p on p.account_id = c.account_id and p.email = c.email
       where a.account_id = $1
     ) members`,
    [accountId],
  )
  const all = rows[0]?.sums ?? []
  return specs.map((_, index) => toForecast(all.slice(index * WIDTH, (index + 1) * WIDTH)))
}

const HELD = ['confirmed', 'pending', 'refused', 'absent'] as const
const WIDTH = 3 + HELD.length

const HELD_SQL = `case
  when p.refused = p.desired and p.refused_code = '${ABSENT}' then 'absent'
  when p.refused = p.desired then 'refused'
  when p.desired = p.confirmed and p.in_flight is null then 'confirmed'
  else 'pending' end`

function toForecast(sums: readonly number[]): SegmentForecast {
  const [customers = 0, orders = 0, revenueMinor = 0, confirmed = 0, pending = 0, refused = 0, absent = 0] = sums
  return { customers, orders, revenueMinor, profiles: { confirmed, pending, refused, absent } }
}
