import type { CustomerAggregate } from '../../core/customers/aggregate-store.ts'
import { throwIfAborted } from '../../core/errors.ts'
import type { LedgerAccount } from '../account.ts'
import type { Queryable } from '../database.ts'

/** An identified customer's address and aggregates. */
export interface CustomerLine extends CustomerAggregate {
  readonly email: string
}

const PAGE = 5_000

/**
 * Every identified customer with a counted order, by address, in pages; memory stays that of one page.
 * @throws AbortedError when stopped between pages: an end without one means that the list is whole.
 */
export async function* readCustomerLines(
  db: Queryable,
  { accountId }: LedgerAccount,
  signal: AbortSignal,
): AsyncGenerator<readonly CustomerLine[]> {
  let after = ''
  for (;;) {
    throwIfAborted(signal, 'reading customers')
    const { rows } = await db.query<CustomerLine>(
      `select p.email, a.order_count as "orderCount", a.revenue_minor as "revenueMinor", a.aov_minor as "aovMinor",
         a.order_count_12m as "orderCount12m", a.revenue_12m_minor as "revenue12mMinor", a.aov_12m_minor as "aov12mMinor",
         a.first_order_at as "firstOrderAt", a.last_order_at as "lastOrderAt",
         a.avg_days_between_orders_tenths as "avgDaysBetweenOrdersTenths", a.recompute_after as "recomputeAfter"
       from profile_states p
       join customers c on c.account_id = p.account_id and c.customer_id = p.customer_id and c.email = p.email
       join customer_aggregates a on a.account_id = p.account_id and a.customer_id = p.customer_id
       where p.account_id = $1 and p.email > $2 order by p.email limit $3`,
      [accountId, after, PAGE],
    )
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = last.email
  }
}
