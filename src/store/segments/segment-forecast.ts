import { ABSENT } from '../../core/profiles/profile.ts'
import type { SegmentSpec } from '../../core/segments/segment.ts'
import type { SegmentForecast } from '../../core/segments/segment-state-store.ts'
import type { LedgerAccount } from '../account.ts'
import type { Database } from '../database.ts'
import { segmentSql } from './segment-condition.ts'

/** Who each segment will hold, in the order of `specs`, in one pass over the customers. */
export async function forecastSegments(
  db: Database,
  { accountId, settings }: LedgerAccount,
  specs: readonly SegmentSpec[],
  now: Date,
): Promise<SegmentForecast[]> {
  if (specs.length === 0) return []
  const names = specs.map((_, index) => `in_${index}`)
  const memberships = specs.map((spec, index) => `(${segmentSql(spec, settings, now)}) as ${names[index]}`)
  return db.transaction(async (client) => {
    // Everybody is looked at: one by one through the index takes several times as long as one hash of all.
    await client.query('set local enable_nestloop = off')
    // Customers who are in the same segments and held alike make one row, so that the sums cost the same for any number of segments.
    const { rows } = await client.query<Alike>(
      `select held, array[${names.join(', ')}] as "isIn", count(*)::integer as customers,
         sum(order_count)::integer as orders, sum(revenue_minor)::bigint as "revenueMinor"
       from (
         select a.order_count, a.revenue_minor, ${HELD_SQL} as held, ${memberships.join(', ')}
         from customer_aggregates a
         join customers c on c.account_id = a.account_id and c.customer_id = a.customer_id and c.email is not null
         left join profile_states p on p.account_id = c.account_id and p.email = c.email
         where a.account_id = $1
       ) members
       group by held, ${names.join(', ')}`,
      [accountId],
    )
    return specs.map((_, index) => addUp(rows.filter(({ isIn }) => isIn[index])))
  })
}

/** Customers who are in the same segments. */
interface Alike {
  readonly held: keyof SegmentForecast['profiles']
  readonly isIn: readonly boolean[]
  readonly customers: number
  readonly orders: number
  readonly revenueMinor: number
}

const HELD_SQL = `case
  when p.refused = p.desired and p.refused_code = '${ABSENT}' then 'absent'
  when p.refused = p.desired then 'refused'
  when p.desired = p.confirmed and p.in_flight is null then 'confirmed'
  else 'pending' end`

function addUp(members: readonly Alike[]): SegmentForecast {
  const profiles = { confirmed: 0, pending: 0, refused: 0, absent: 0 }
  const sums = { customers: 0, orders: 0, revenueMinor: 0 }
  for (const { held, customers, orders, revenueMinor } of members) {
    profiles[held] += customers
    sums.customers += customers
    sums.orders += orders
    sums.revenueMinor += revenueMinor
  }
  return { ...sums, profiles }
}
